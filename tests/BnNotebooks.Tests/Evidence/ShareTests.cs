using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public class ShareTests
{
    // Of 100 samples the first 20, 60 and 100 are right, for each of 10 seeds a few more or fewer.
    private static bool[][] Right(int count) =>
        [.. Enumerable.Range(0, 10).Select(seed => Enumerable.Range(0, 100).Select(sample => sample < count + seed % 3 - 1).ToArray())];

    [Theory]
    [InlineData(20, 0)]
    [InlineData(60, 0.5)]
    [InlineData(100, 1)]
    public void A_share_is_how_far_a_side_has_come(int here, double expected)
    {
        var share = Share.Of(Right(20), Right(100), Right(here));

        Assert.InRange(share.Value, expected - 0.01, expected + 0.01);
        Assert.InRange(share.Value, share.Low, share.High);
        Assert.Equal(expected > 0, share.Above);
    }

    [Fact]
    public void What_is_lost_on_the_way_down_is_a_share_too() =>
        Assert.InRange(Share.Of(Right(100), Right(20), Right(80)).Value, 0.24, 0.26);

    [Fact]
    public void A_side_that_goes_the_other_way_has_less_than_nothing() => Assert.True(Share.Of(Right(40), Right(80), Right(10)).Below);

    [Fact]
    public void Of_no_gain_nothing_has_a_share()
    {
        var share = Share.Of(Right(50), Right(50), Right(80));

        Assert.True(double.IsNaN(share.Value));
        Assert.Equal("there is no gain to explain", Say.Share(share));
    }

    [Theory]
    [InlineData(0.8, 0.6, 0.9, 0.001, "most of it, 80 % (60 to 90)")]
    [InlineData(0.3, 0.2, 0.4, 0.001, "the smaller part, 30 % (20 to 40)")]
    [InlineData(0.5, 0.3, 0.7, 0.001, "a part, 50 % (30 to 70)")]
    [InlineData(-0.5, -0.7, -0.3, 0.001, "less than nothing, −50 % (−70 to −30)")]
    [InlineData(0.1, -0.1, 0.3, 0.4, "nothing that shows (−10 to 30 %)")]
    public void The_words_follow_the_interval(double value, double low, double high, double p, string expected) =>
        Assert.Equal(expected, Say.Share(new Estimate(value, low, high, 0, p, 30)));
}
