using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

public class NumbersTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.15, 1.45)]
    [InlineData(1, 4)]
    public void A_quantile_lies_straight_between_its_neighbours(double share, double expected) =>
        Assert.Equal(expected, Numbers.Quantile([1, 2, 3, 4], share), 1e-12); // roundings

    [Fact]
    public void Normal_numbers_have_the_mean_and_the_deviation_asked_for()
    {
        var (mean, deviation) = Numbers.Moments(new Random(1).Normals(10_000, mean: 5, deviation: 2));

        Assert.Equal(5, mean, 0.08); // four deviations of a mean of 10,000
        Assert.Equal(2, deviation, 0.06);
    }
}
