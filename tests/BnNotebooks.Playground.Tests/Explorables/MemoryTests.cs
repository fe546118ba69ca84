using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

/// <summary>The running averages, and what folding makes of them.</summary>
public class MemoryTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(0.01)]
    public void The_running_mean_is_the_moving_average_of_the_batches_means(double momentum)
    {
        var rows = RunningAverage.Watch(momentum, size: 20, "jump", seed: 3).Chunk(5);

        var average = 0.0;
        foreach (var row in rows)
        {
            average = (1 - momentum) * average + momentum * row[0];
            Assert.Equal(average, row[1], 1e-12); // roundings
        }
    }

    [Fact]
    public void With_all_of_each_batch_and_none_of_the_past_evaluation_is_training_but_for_the_unbiased_variance()
    {
        var rows = RunningAverage.Watch(momentum: 1, size: 16, "drift", seed: 1).Chunk(5);

        Assert.All(rows, row => Assert.Equal(0, row[3], 1e-12)); // roundings
        Assert.All(rows, row => Assert.Equal(Math.Sqrt(15 / 16.0), row[4], 1e-4)); // and ε
    }

    [Theory]
    [InlineData("stay", 5)]
    [InlineData("jump", 9)]
    [InlineData("drift", 9)]
    [InlineData("spread", 5)]
    public void The_data_end_where_they_should(string move, double mean) =>
        Assert.Equal(mean, RunningAverage.Watch(0.1, 256, move, seed: 1).Chunk(5).Last()[0], 0.75); // three deviations of a mean of 256

    [Theory]
    [InlineData(0.8, 1, 0.5, 0.6, 1, -0.5)]
    [InlineData(-2, 0, 1, 3, -1.5, 2)]
    public void The_folded_unit_does_what_both_layers_do(double w, double b, double mean, double deviation, double gamma, double beta)
    {
        var found = Folding.Fold(w, b, mean, deviation, gamma, beta, batch: 1);

        var s = gamma / Math.Sqrt(deviation * deviation + 1e-5);
        Assert.Equal(s * w, found[0], 1e-12); // roundings
        Assert.Equal(s * (b - mean) + beta, found[1], 1e-12);
        Assert.InRange(found[2], 0, 1e-12);
    }

    [Fact]
    public void In_training_mode_the_line_changes_with_the_batch_and_does_not_know_the_running_averages()
    {
        var (one, other) = (Folding.Fold(0.8, 1, 0.5, 0.6, 1, 0, batch: 1), Folding.Fold(0.8, 1, -2, 3, 1, 0, batch: 1));
        Assert.Equal(one[3..], other[3..]);
        Assert.NotEqual(one[3..], Folding.Fold(0.8, 1, 0.5, 0.6, 1, 0, batch: 2)[3..]);
    }
}
