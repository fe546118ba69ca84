using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public sealed class SayTests
{
    static Estimate Factor(double value, double low, double high) => new(value, low, high, 1, low > 1 || high < 1 ? 0.001 : 0.5, 30);

    static Estimate Difference(double value, double low, double high) => new(value, low, high, 0, low > 0 || high < 0 ? 0.001 : 0.5, 30);

    [Theory]
    [InlineData(2.8, 2.5, 3.1, "2.80 times fewer steps (2.50 to 3.10)")]
    [InlineData(0.5, 0.4, 0.625, "2.00 times as many steps (1.60 to 2.50)")]
    [InlineData(1.05, 0.9, 1.2, "no clear difference (0.90 to 1.20 times)")]
    public void A_factor_becomes_a_direction_only_where_its_interval_has_one(double value, double low, double high, string expected) =>
        Assert.Equal(expected, Say.Times(Factor(value, low, high), "times fewer steps", "times as many steps"));

    [Theory]
    [InlineData(0.032, 0.021, 0.043, "3.2 points ahead (2.1 to 4.3)")]
    [InlineData(-0.032, -0.043, -0.021, "3.2 points behind (2.1 to 4.3)")]
    [InlineData(0.002, -0.004, 0.009, "no clear difference (0.40 points behind to 0.90 ahead)")]
    public void A_difference_becomes_a_direction_only_where_its_interval_has_one(double value, double low, double high, string expected) =>
        Assert.Equal(expected, Say.Points(Difference(value, low, high)));

    [Fact]
    public void What_Holm_takes_away_is_no_direction_any_more()
    {
        var once = Difference(0.032, 0.001, 0.063) with { P = 0.04 };
        Assert.Contains("ahead", Say.Points(once));
        Assert.Equal("no clear difference (0.1 to 6.3 points ahead)", Say.Points(Estimate.Holm(once, once)[0]));
    }

    [Fact]
    public void A_factor_of_many_digits_is_written_short() => Assert.Equal("4.3e11 times as much (3.7e11 to 5.0e11)",
        Say.Times(new Estimate(4.29e11, 3.67e11, 5.02e11, 1, 0.001, 30), "times as much", "times less"));

    [Fact]
    public void A_number_that_is_the_same_for_every_seed_has_no_false_digits() => Assert.Equal("3 ± 0", Say.Number(Estimate.Mean([3, 3, 3])));
}
