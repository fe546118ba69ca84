using BnNotebooks.Evidence;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Evidence;

public sealed class TunedSideTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("evidence").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(100)]
    public void The_best_rate_is_found_beyond_those_that_it_begins_with_and_does_not_lie_at_the_edge(double first)
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = Side(first).Choose(journal, workers: 2);

        Assert.Equal(0.5, choice.Rate);
        Assert.InRange(choice.Rate, choice.Tried.Min(trial => trial.Rate) * 1.01, choice.Tried.Max(trial => trial.Rate) / 1.01);
    }

    [Fact]
    public void Where_no_rate_is_better_than_another_the_search_ends()
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = (Side(0.1) with { Measure = (_, _) => [0.5] }).Choose(journal, workers: 2);

        Assert.Equal(2, choice.Tried.Count);
    }

    [Fact]
    public void A_choice_uses_none_of_the_seeds_of_the_comparison_and_a_run_the_chosen_rate()
    {
        List<(double Rate, int Seed)> seen = [];
        var side = Side(0.2) with { Measure = (rate, seed) => { lock (seen) seen.Add((rate, seed)); return [-rate]; } };
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = side.Choose(journal, workers: 2);

        Assert.All(seen, run => Assert.True(TunedSide.Chooses(run.Seed)));
        Assert.False(TunedSide.Chooses(1));
        Assert.Equal([-choice.Rate], side.Run(choice, 1).Values);
        Assert.Equal((choice.Rate, 1), seen[^1]);
    }

    static TunedSide Side(double first) => new("tuned", "a peak at 0.5", WeightInit.He, (rate, seed) => [-Math.Abs(Math.Log(rate / 0.5)) + seed % 2])
    {
        Rates = [first, 2 * first],
        TuningSeeds = 2,
    };
}
