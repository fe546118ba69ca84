using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public sealed class ComputationTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("evidence").FullName;
    int measured;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Shards_give_the_same_file_as_one_process_to_the_last_byte()
    {
        var whole = Compute(Path.Combine(folder, "whole"), 1, 1);
        foreach (var shard in (int[])[2, 3, 1])
            Compute(Path.Combine(folder, "parts"), shard, 3);
        Assert.Single(whole);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "whole", "toy.csv")), File.ReadAllBytes(Path.Combine(folder, "parts", "toy.csv")));
    }

    [Fact]
    public void A_study_is_put_together_only_when_the_last_shard_is_there()
    {
        Assert.Empty(Compute(folder, 1, 2));
        Assert.False(File.Exists(Path.Combine(folder, "toy.csv")));
        Assert.Single(Compute(folder, 2, 2));
        Assert.Equal([1, 2, 3, 4], EvidenceFile.ReadFrom(folder, "toy").Seeds);
    }

    [Fact]
    public void What_is_finished_is_not_computed_again()
    {
        Compute(folder, 1, 1);
        var once = measured;
        Compute(folder, 1, 1);
        Assert.Equal(12, once); // 3 sides of 4 seeds
        Assert.Equal(once, measured);
    }

    [Fact]
    public void A_killed_computation_goes_on_where_it_was_and_repeats_the_run_whose_line_was_cut_off()
    {
        Compute(folder, 1, 1);
        var journal = Directory.GetFiles(Path.Combine(folder, "runs", "toy")).First(file => !file.EndsWith("seeds", StringComparison.Ordinal));
        var text = File.ReadAllText(journal);
        File.WriteAllText(journal, text[..^3]); // in the middle of the last line
        File.Delete($"{journal}.4-seeds");
        measured = 0;
        var expected = File.ReadAllBytes(Path.Combine(folder, "toy.csv"));
        File.Delete(Path.Combine(folder, "toy.csv"));
        Compute(folder, 1, 1);
        Assert.Equal(1, measured);
        Assert.Equal(expected, File.ReadAllBytes(Path.Combine(folder, "toy.csv")));
    }

    [Fact]
    public void Other_settings_are_another_computation()
    {
        Compute(folder, 1, 1);
        measured = 0;
        Compute(folder, 1, 1, "other settings");
        Assert.Equal(12, measured);
        Assert.Contains("other settings", File.ReadAllText(Path.Combine(folder, "toy.json")));
    }

    IReadOnlyList<Study> Compute(string into, int shard, int shards, string settings = "settings")
    {
        IReadOnlyList<double> Measure(string side, int seed)
        {
            Interlocked.Increment(ref measured);
            return [seed * side.Length / 3.0];
        }
        var study = new Study
        {
            Name = "toy",
            Question = "?",
            Metrics = ["value"],
            Seeds = 4,
            Sides = [.. new[] { "a", "bb", "ccc" }.Select(side => new MeasuredSide(side, settings, seed => Measure(side, seed)))],
        };
        return new Computation(into, null, 2, _ => { }).Run([study], shard, shards);
    }
}
