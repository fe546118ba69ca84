using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BnNotebooks.Experiments;

/// <summary>A mean over runs and its 95 % confidence interval, by Student's t distribution.</summary>
/// <param name="Mean">The mean; NaN if a value is.</param>
/// <param name="HalfWidth">Half the interval's width; NaN where there is one value, of which nothing is known about its spread.</param>
/// <param name="Count">How many values there are.</param>
public readonly record struct Interval(double Mean, double HalfWidth, int Count)
{
    const double Confidence = 0.95;

    /// <summary>The lower end.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>The upper end.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>The interval of some values: mean ± t·s/√n, with n − 1 degrees of freedom.</summary>
    /// <param name="values">One value of each run.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Interval Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] all = [.. values];
        if (all.Length == 0)
            throw new ArgumentException("There is no value to take a mean of.", nameof(values));
        var (mean, s) = all.MeanStandardDeviation(); // divided by n − 1; of one value NaN
        if (all.Length == 1)
            return new Interval(mean, double.NaN, 1);
        var t = StudentT.InvCDF(0, 1, all.Length - 1, (1 + Confidence) / 2);
        return new Interval(mean, t * s / Math.Sqrt(all.Length), all.Length);
    }

    /// <summary>The mean and half the interval with as many digits as the latter is worth: <c>0.953 ± 0.012</c>.</summary>
    public override string ToString() => ToString(1);

    /// <summary>The same in a unit: with a factor of 100 in percent.</summary>
    /// <param name="factor">What to multiply by first.</param>
    public string ToString(double factor)
    {
        double mean = Mean * factor, half = HalfWidth * factor;
        if (double.IsNaN(mean))
            return "n/a";
        if (double.IsNaN(half))
            return $"{mean.ToString("G3", CultureInfo.InvariantCulture)} (one run)";
        if (half == 0)
            return $"{mean.ToString("G6", CultureInfo.InvariantCulture)} ± 0";
        var digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(half)), 0, 6);
        var format = "F" + digits;
        var rounded = Math.Round(mean, digits) + 0.0; // what rounds to zero has no sign
        return $"{rounded.ToString(format, CultureInfo.InvariantCulture)} ± {half.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
