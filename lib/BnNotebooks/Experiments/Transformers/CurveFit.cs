namespace BnNotebooks.Experiments.Transformers;

/// <summary>How well y = c·x and y = a·tanh(bx) describe a cloud of points, by least squares.</summary>
/// <param name="Slope">c of the line.</param>
/// <param name="Height">a.</param>
/// <param name="Steepness">b.</param>
/// <param name="LineLeaves">The share of the variance of y around 0 that the line leaves unexplained.</param>
/// <param name="TanhLeaves">The same of the tanh; never more, since a small b makes a line of it.</param>
public sealed record CurveFit(double Slope, double Height, double Steepness, double LineLeaves, double TanhLeaves)
{
    const int Tried = 80;

    /// <summary>Fits both.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, as many.</param>
    public static CurveFit Of(double[] x, double[] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var total = y.Sum(value => value * value);
        (double Factor, double Leaves) Fit(Func<double, double> shape)
        {
            double xy = 0, xx = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var s = shape(x[i]);
                xy += s * y[i];
                xx += s * s;
            }
            return (xy / xx, 1 - xy * xy / xx / total);
        }

        var (slope, line) = Fit(value => value);
        var largest = x.Max(Math.Abs);
        // Steepness from a tanh that is a line to one that is nearly a step, evenly in its logarithm.
        var best = Enumerable.Range(0, Tried).Select(i => 0.01 * Math.Pow(1e4, (double)i / (Tried - 1)) / largest)
            .Select(b => (Steepness: b, Fit: Fit(value => Math.Tanh(b * value)))).MinBy(entry => entry.Fit.Leaves);
        return new CurveFit(slope, best.Fit.Factor, best.Steepness, line, best.Fit.Leaves);
    }
}
