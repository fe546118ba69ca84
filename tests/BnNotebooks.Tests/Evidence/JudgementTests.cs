using BnNotebooks.Claims;
using BnNotebooks.Evidence;

namespace BnNotebooks.Tests.Evidence;

public class JudgementTests
{
    [Theory]
    [InlineData(Verdict.Holds, 3, 2, 5)]
    [InlineData(Verdict.HoldsIf, 0, 2, 5)] // a zero stands for a gain that is not clear
    [InlineData(Verdict.Contested, 0, 0, 0)]
    [InlineData(Verdict.Contested, 3, -2, 5)]
    [InlineData(Verdict.Wrong, 0, -2, 0)]
    public void A_gain_in_each_case_can_come_out_any_way(Verdict expected, params int[] gains) =>
        Assert.Equal(expected, Judgement.InEach([.. gains.Select(Gain)]));

    // Alone its P is 0.04; beside others that show nothing it is no finding.
    [Fact]
    public void A_gain_that_is_clear_only_alone_does_not_count()
    {
        var faint = new Estimate(1, 0.02, 1.98, 0, 0.04, Seeds: 12);
        Assert.Equal(Verdict.Holds, Judgement.InEach(faint));
        Assert.Equal(Verdict.Contested, Judgement.InEach(faint, Gain(0), Gain(0)));
    }

    static Estimate Gain(int value) => new(value, value - 1, value + 1, 0, value == 0 ? 0.9 : 1e-6, Seeds: 12);
}
