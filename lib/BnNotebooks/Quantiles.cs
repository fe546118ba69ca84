using MathNet.Numerics.Statistics;

namespace BnNotebooks;

/// <summary>The quantiles of charts, timings and tables: all of one kind.</summary>
static class Quantiles
{
    /// <summary>What a share <paramref name="q"/> of the values stays below, linear between neighbours.</summary>
    public static double Of(IEnumerable<double> values, double q) => values.QuantileCustom(q, QuantileDefinition.R7);

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
