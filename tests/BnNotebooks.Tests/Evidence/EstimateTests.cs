using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public sealed class EstimateTests
{
    [Fact]
    public void A_mean_has_the_interval_of_Students_t_distribution()
    {
        var estimate = Estimate.Mean([1, 2, 3, 4, 5]);
        // s = √2.5, t with 4 degrees of freedom = 2.776445: half = 2.776445 · √(2.5/5). Four decimals are those of the tables.
        Assert.Equal(3, estimate.Value, 12);
        Assert.Equal(3 - 1.9632, estimate.Low, 4);
        Assert.Equal(3 + 1.9632, estimate.High, 4);
        Assert.True(estimate.Above);
    }

    [Fact]
    public void Factors_and_their_inverses_are_told_apart_from_1_alike()
    {
        double[] factors = [2, 3, 2.5, 2.2];
        var (more, less) = (Estimate.GeometricMean(factors), Estimate.GeometricMean([.. factors.Select(factor => 1 / factor)]));
        Assert.True(more.Above && less.Below);
        Assert.Equal(more.Value, 1 / less.Value, 12);
        Assert.Equal(more.Low, 1 / less.High, 12);
    }

    [Theory]
    [InlineData(new[] { 1.0, -1, 1.1, -0.9 }, false)]
    [InlineData(new[] { 1.0, 1.1, 0.9, 1 }, true)]
    public void Above_says_the_same_as_the_interval(double[] values, bool above)
    {
        var estimate = Estimate.Mean(values);
        Assert.Equal(above, estimate.Above);
        Assert.Equal(above, estimate.Low > 0);
    }

    [Fact]
    public void Of_several_comparisons_Holm_keeps_the_order_and_multiplies_the_smallest_by_their_number()
    {
        static Estimate With(double p) => new(1, 0.1, 2, 0, p, 30);
        var corrected = Estimate.Holm(With(0.04), With(0.01), With(0.03));
        Assert.Equal(0.03, corrected[1].P, 12); // 3 · 0.01
        Assert.Equal(0.06, corrected[2].P, 12); // 2 · 0.03
        Assert.Equal(0.06, corrected[0].P, 12); // 1 · 0.04, but not smaller than the one before
        Assert.True(corrected[1].Above);
        Assert.False(corrected[0].Above);
    }

    [Fact]
    public void The_mean_of_a_few_further_seeds_is_expected_in_a_wider_range_than_the_mean_itself()
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => (double)(i % 5))];
        var (mean, few) = (Estimate.Mean(values), Estimate.Prediction(values, 4));
        Assert.True(few.Low < mean.Low && few.High > mean.High);
    }

    [Fact]
    public void One_seed_gives_no_interval() =>
        Assert.Contains("at least 2 seeds", Assert.Throws<ArgumentException>(() => Estimate.Mean([1])).Message);

    [Fact]
    public void Accuracies_that_differ_in_chance_alone_are_not_told_apart_and_others_are()
    {
        var random = new Random(3);
        bool[][] Runs(double accuracy) => [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 300).Select(_ => random.NextDouble() < accuracy).ToArray())];
        var (one, alike, better) = (Runs(0.9), Runs(0.9), Runs(0.94));
        var same = Bootstrap.Difference(one, alike);
        Assert.False(same.Above || same.Below);
        var more = Bootstrap.Difference(better, one);
        Assert.True(more.Above);
        Assert.Equal(better.Average(run => run.Average(right => right ? 1.0 : 0)) - one.Average(run => run.Average(right => right ? 1.0 : 0)), more.Value, 12);
    }

    [Fact]
    public void An_interval_over_test_samples_too_is_wider_than_one_over_seeds()
    {
        // Each sample is easy on one side alone, for every seed: the seeds agree completely, the samples do not.
        bool[][] One(int easy) => [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 50).Select(i => i % 10 < easy).ToArray())];
        var difference = Bootstrap.Difference(One(9), One(8));
        Assert.Equal(0.1, difference.Value, 12);
        Assert.True(difference.High - difference.Low > 0.1); // a share of 5 of 50 samples is uncertain by ± √(0.1·0.9/50)·2
    }
}
