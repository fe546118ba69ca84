using BnNotebooks.Evidence;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Evidence;

public sealed class RatedSideTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("evidence").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0.001)]
    [InlineData(100)]
    public void The_grid_grows_until_the_best_rate_is_inside(double first)
    {
        List<int> seeds = [];
        var side = new RatedSide("side", "a parabola around 0.1", (rate, seed) => { lock (seeds) seeds.Add(seed); return -Math.Abs(Math.Log10(rate) + 1); }, (rate, seed) => [rate, seed]) { Rates = [first] };
        side = side with { Rates = [first, RateSeries.After(first)] };
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = side.Choose(journal, workers: 2);

        Assert.Equal(0.1, choice.Rate);
        Assert.Equal("1/fan_in", choice.Start);
        Assert.All(seeds, seed => Assert.True(seed >= TrainedSide.FirstTuningSeed));
        Assert.Equal([0.1, 3], side.Run(choice, 3).Values);
    }

    [Fact]
    public void A_rate_that_fails_for_one_seed_is_not_chosen()
    {
        var side = new RatedSide("side", "fails above 0.2", (rate, seed) => rate > 0.2 && seed % 2 == 0 ? double.NaN : rate, (_, _) => []) { Rates = [0.1, 0.2, 0.5] };
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = side.Choose(journal, workers: 1);

        Assert.Equal(0.2, choice.Rate);
        Assert.Null(choice.Tried.Single(trial => trial.Rate == 0.5).Score);
    }

    [Fact]
    public void Where_no_rate_is_better_than_another_the_search_ends()
    {
        using var journal = new Journal(Path.Combine(folder, "journal"));

        var choice = RatedSide.ByFirstMetric("side", "always a half", WeightInit.He, (_, _) => [0.5]).Choose(journal, workers: 2);

        Assert.Equal(3, choice.Tried.Count);
        Assert.Equal("He", choice.Start);
    }
}
