using System.Globalization;
using BnNotebooks.Slides;

namespace BnNotebooks.Views;

/// <summary>Shows a comparison: both results in one table, the differences and times below.</summary>
public static class ComparisonView
{
    /// <summary>The comparison as a table.</summary>
    public static Table Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string[] Moments(string name, ChannelMoments moments) =>
            [name, Range(moments.Mean), Range(moments.StandardDeviation)];
        return new Table(
            ["", "channel means", "channel standard deviations"],
            [
                Moments("before", comparison.Before),
                Moments("by hand", comparison.AfterByHand),
                Moments("by libtorch", comparison.AfterByTorch),
                ["largest difference", Number(comparison.LargestDifference), ""],
                ["mean difference", Number(comparison.MeanDifference), ""],
                ["time by hand", $"{comparison.HandMilliseconds.ToString("G3", CultureInfo.InvariantCulture)} ms", ""],
                ["time by libtorch", $"{comparison.TorchMilliseconds.ToString("G3", CultureInfo.InvariantCulture)} ms", ""],
            ])
        { Caption = $"{comparison.Name}, {string.Join(" × ", comparison.Input.Lengths.ToArray())}" };
    }

    static string Range(double[] values) => $"{Number(values.Min())} … {Number(values.Max())}";

    static string Number(double value) => Math.Abs(value) is 0 or >= 1e-3
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
