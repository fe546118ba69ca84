using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public sealed class ProseTests
{
    [Fact]
    public void A_sentence_is_written_between_its_comments_whatever_stood_there()
    {
        var expected = Prose.Sentence("faster-training", "gain");
        Assert.Equal($"It takes <!--evidence faster-training/gain-->{expected}<!--/-->, we saw.",
            Prose.Fill("It takes <!--evidence faster-training/gain-->99 times fewer steps<!--/-->, we saw."));
    }

    [Fact]
    public void A_sentence_that_does_not_end_is_refused() =>
        Assert.Contains("does not end", Assert.Throws<InvalidDataException>(() => Prose.Fill("<!--evidence faster-training/gain--> and on")).Message);

    [Fact]
    public void An_unknown_sentence_is_refused_with_the_names_of_the_known_ones() =>
        Assert.Contains("gain", Assert.Throws<ArgumentException>(() => Prose.Fill("<!--evidence faster-training/loss--><!--/-->")).Message);
}
