using MathNet.Numerics.Distributions;

namespace BnNotebooks.Experiments;

/// <summary>
/// Bends every input feature into a distribution of another shape and keeps the order of its values: for the question whether a
/// network needs its inputs to be normally distributed.
/// </summary>
public static class BentInputs
{
    /// <summary>
    /// The shapes by their quantile functions, normal first. All but the last have mean 0 and variance near 1; the last has
    /// tails so heavy that it has neither.
    /// </summary>
    public static IReadOnlyList<(string Name, Func<double, double> Quantile)> Shapes { get; } =
    [
        ("normal", Bell),
        ("flat", u => Math.Sqrt(12) * (u - 0.5)),
        ("skewed", u => -Math.Log(1 - u) - 1), // exponential
        ("two humps", u => u < 0.5 ? -1 + 0.2 * Bell(2 * u) : 1 + 0.2 * Bell(2 * u - 1)),
        ("heavy tails", u => Math.Tan(Math.PI * (u - 0.5))), // Cauchy
    ];

    /// <summary>The same samples with every feature bent; a value becomes the quantile of its rank among the training values.</summary>
    /// <param name="data">What to bend.</param>
    /// <param name="quantile">The quantile function of the shape.</param>
    public static DataSet Bend(DataSet data, Func<double, double> quantile)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(quantile);
        var features = data.Train.Values.Length / data.Train.Count;
        double[][] sorted = [.. Enumerable.Range(0, features).Select(_ => new double[data.Train.Count])];
        for (var i = 0; i < data.Train.Values.Length; i++)
            sorted[i % features][i / features] = data.Train.Values[i];
        foreach (var column in sorted)
            Array.Sort(column);

        // The share of the training values below, between 0 and 1: evenly spread, whatever the feature.
        double Rank(double value, int feature)
        {
            var at = Array.BinarySearch(sorted[feature], value);
            return ((at < 0 ? ~at : at) + 0.5) / (data.Train.Count + 1);
        }
        Samples Bent(Samples samples) => samples.Change((value, feature) => (float)quantile(Rank(value, feature)));
        return data with { Train = Bent(data.Train), Test = Bent(data.Test) };
    }

    static double Bell(double u) => Normal.InvCDF(0, 1, Math.Clamp(u, 0.001, 0.999));
}
