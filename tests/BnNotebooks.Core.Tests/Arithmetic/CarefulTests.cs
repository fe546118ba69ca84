namespace BnNotebooks.Core.Tests.Arithmetic;

/// <summary>Statistics where a plain sum in double would lose what is asked for, and where it would make a NaN of an infinity.</summary>
public class CarefulTests
{
    const double Large = 1L << 60;      // a double's neighbours are 256 apart there

    [Theory, InlineData(Large, 3), InlineData(3, Large)]
    public void What_a_large_value_swallows_comes_back_when_another_takes_that_one_away(double first, double second) =>
        Assert.Equal(0, Measure(first, second, -Large, -3).Mean);

    [Fact]
    public void A_mean_between_two_neighbouring_doubles_leaves_the_variance_exact()
    {
        const double Value = 1L << 55;      // neighbours are 8 apart

        Assert.Equal(4 * 4, Measure(Value, Value + 8).Variance);
    }

    [Fact]
    public void A_constant_is_its_own_mean_even_if_a_third_of_three_of_it_is_not() => Assert.Equal((0.1, 0), Measure(0.1, 0.1, 0.1));

    [Theory, InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void The_mean_of_an_infinity_and_numbers_is_that_infinity(double infinity) => Assert.Equal(infinity, Measure(1, infinity, 2).Mean);

    static (double Mean, double Variance) Measure(params double[] values)
    {
        var (mean, variance) = (new double[1], new double[1]);
        new Careful<double>().Measure(values, NormShape.Batch([values.Length, 1]), new NormStatistics(mean, variance, true, true));
        return (mean[0], variance[0]);
    }
}
