using BnNotebooks.Experiments.Transformers;

namespace BnNotebooks.Tests.Experiments.Transformers;

public class CurveFitTests
{
    static readonly double[] X = [.. Enumerable.Range(-50, 101).Select(i => i / 10.0)];

    [Fact]
    public void A_tanh_is_found_again()
    {
        var fit = CurveFit.Of(X, [.. X.Select(x => 3 * Math.Tanh(0.7 * x))]);
        Assert.InRange(fit.Steepness, 0.65, 0.75); // the tried ones lie 12 % apart
        Assert.InRange(fit.Height, 2.9, 3.1);
        Assert.InRange(fit.TanhLeaves, 0, 0.001);
        Assert.InRange(fit.LineLeaves, 0.05, 0.5);
    }

    [Fact]
    public void Of_a_line_the_tanh_leaves_no_more_than_the_line()
    {
        var fit = CurveFit.Of(X, [.. X.Select(x => 2 * x)]);
        Assert.Equal(2, fit.Slope, 10);
        Assert.InRange(fit.LineLeaves, 0, 1e-12);
        Assert.InRange(fit.TanhLeaves, 0, 1e-6); // its steepness is small and not 0
    }
}
