using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public class AustenTests
{
    [Fact]
    public void The_novel_is_whole_and_its_parts_follow_each_other()
    {
        var text = Austen.Load();

        Assert.Equal((466_854, 75), (text.Indices.Length, text.Alphabet.Length));
        Assert.StartsWith("Persuasion\n", text.TextOf(text.Indices));
        Assert.EndsWith("Finis\n", text.TextOf(text.Indices));
        Assert.True(text.Indices.SequenceEqual([.. text.Train, .. text.Validation, .. text.Test]));
        Assert.Equal((373_483, 46_685), (text.Train.Length, text.Validation.Length)); // 80 % and 10 %, rounded down
    }

    [Fact]
    public void Characters_become_numbers_and_come_back()
    {
        var text = new CharacterText("abracadabra");

        Assert.Equal("abcdr", text.Alphabet);
        Assert.Equal([0, 1, 4], text.IndicesOf("abr"));
        Assert.Equal("abr", text.TextOf([0, 1, 4]));
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => text.IndicesOf("ax")).Message);
    }

    [Fact]
    public void A_text_too_short_for_three_parts_is_refused() =>
        Assert.Contains("it has 9", Assert.Throws<ArgumentException>(() => new CharacterText("abcdefghi")).Message);

    [Fact]
    public void The_entropy_of_frequencies_is_that_of_the_training_part_alone() =>
        Assert.Equal(Math.Log(2), new CharacterText("ababababcc").FrequencyEntropy(), 12); // of eight characters, half are a
}
