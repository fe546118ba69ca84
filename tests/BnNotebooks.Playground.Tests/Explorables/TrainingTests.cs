using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

/// <summary>The small networks that the pages train.</summary>
public class TrainingTests
{
    const double Goal = 0.3;

    // Steps to the goal, as the page counts them, at most 300.
    static double Steps(Recipe recipe)
    {
        var network = new SmallNetwork(recipe);
        for (var point = 1; point <= 60; point++)
            if (Enumerable.Range(0, WithAndWithout.StepsPerPoint).Average(_ => network.Step()) <= Goal)
                return point * WithAndWithout.StepsPerPoint;
        return 300;
    }

    // On the seeds that the constants name as those they were chosen on.
    static double Mean(Func<int, Recipe> recipe) => Enumerable.Range(101, 10).Average(seed => Steps(recipe(seed)));

    [Fact]
    public void The_fair_rival_has_the_start_and_the_rate_that_suit_the_plain_network_best()
    {
        var tried = from start in Starts.Names
                    from rate in new[] { 0.05, 0.1, 0.2, 0.3, 0.5, 1 }
                    select (start, rate, Steps: Mean(seed => new(5, "relu", "none", start, 1, rate, seed)));

        var (bestStart, bestRate, _) = tried.MinBy(side => side.Steps);
        Assert.Equal((WithAndWithout.BestStart, WithAndWithout.BestRate), (bestStart, bestRate));
    }

    [Fact]
    public void What_the_page_shows_first_is_no_exception()
    {
        double[] steps = [.. Enumerable.Range(0, 3).Select(side => Mean(seed => WithAndWithout.Recipes("default", 0.1, seed)[side]))];

        Assert.True(steps[1] < steps[2] && steps[2] < steps[0] / 3, string.Join(", ", steps));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    public void A_training_that_runs_away_goes_on_and_says_so_by_its_loss(string normalization)
    {
        var network = new SmallNetwork(new(5, "relu", normalization, "he", 100, 1e6, 1));
        var losses = Enumerable.Range(0, 50).Select(_ => network.Step()).ToArray();

        Assert.DoesNotContain(losses, loss => loss < 0);
        Assert.True(double.IsNaN(losses[^1]) || losses[^1] > 1, $"The loss is {losses[^1]}.");
    }

    [Fact]
    public void The_same_choice_trains_the_same_way_again()
    {
        double[] Run()
        {
            WithAndWithout.Begin("he", 0.2, seed: 1);
            return WithAndWithout.Continue(3);
        }
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void A_unit_with_batch_norm_keeps_its_input_around_the_middle()
    {
        WanderingInput.Begin("default", 1, rate: 1, seed: 1);
        var found = WanderingInput.Continue(20);

        Assert.Equal(20 * 2 * 3 * SmallNetwork.Width, found.Length);
        var ordered = found.Chunk(3).All(quantiles => quantiles[0] <= quantiles[1] && quantiles[1] <= quantiles[2]);
        Assert.True(ordered, "The 15th percentile is above the median, or that above the 85th.");
    }
}
