using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BnNotebooks.Evidence;

/// <summary>A number measured over seeds, with its 95 % interval and how surprising it were if there were no effect at all.</summary>
/// <param name="Value">The number: a mean, a difference, or a factor.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Null">The value that means no effect: 0 for a difference, 1 for a factor.</param>
/// <param name="P">The probability of such a number or a more extreme one where there is no effect.</param>
/// <param name="Seeds">How many runs a side.</param>
public readonly record struct Estimate(double Value, double Low, double High, double Null, double P, int Seeds)
{
    const double Confidence = 0.95;

    /// <summary>Whether it is larger than no effect, and not by chance: always the same as <see cref="Low"/> above it, unless <see cref="Holm"/> changed P.</summary>
    public bool Above => P < 1 - Confidence && Value > Null;

    /// <summary>Whether it is smaller, and not by chance.</summary>
    public bool Below => P < 1 - Confidence && Value < Null;

    /// <summary>The mean with its interval by Student's t distribution.</summary>
    /// <param name="values">One of each seed, at least two.</param>
    public static Estimate Mean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2)
            throw new ArgumentException($"An interval needs at least 2 seeds; there are {values.Count}.", nameof(values));
        var (mean, s) = values.MeanStandardDeviation(); // divided by n − 1
        return Of(mean, s / Math.Sqrt(values.Count), values.Count, values.Count - 1);
    }

    /// <summary>The geometric mean of factors: the mean of their logarithms, and back.</summary>
    /// <param name="factors">One of each seed, all positive.</param>
    public static Estimate GeometricMean(IReadOnlyList<double> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        var log = Mean([.. factors.Select(factor => Math.Log(factor))]);
        return log with { Value = Math.Exp(log.Value), Low = Math.Exp(log.Low), High = Math.Exp(log.High), Null = 1 };
    }

    /// <summary>A difference with a standard error.</summary>
    internal static Estimate Of(double value, double error, int seeds, double freedom)
    {
        if (error == 0)
            return new Estimate(value, value, value, 0, value == 0 ? 1 : 0, seeds);
        var half = StudentT.InvCDF(0, 1, freedom, (1 + Confidence) / 2) * error;
        var p = 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(value / error));
        return new Estimate(value, value - half, value + half, 0, p, seeds);
    }

    /// <summary>The same in another unit, for example times 100 for percentage points.</summary>
    public Estimate Times(double factor) => this with { Value = factor * Value, Low = factor * Low, High = factor * High, Null = factor * Null };

    /// <summary>
    /// Corrects the P of several comparisons that are looked at together (Holm 1979): the smallest is multiplied by their number,
    /// the next by one less, and none becomes smaller than the one before. The intervals stay those of single comparisons.
    /// </summary>
    public static IReadOnlyList<Estimate> Holm(params IReadOnlyList<Estimate> together)
    {
        ArgumentNullException.ThrowIfNull(together);
        var corrected = together.ToArray();
        var largest = 0.0;
        foreach (var (rank, i) in Enumerable.Range(0, corrected.Length).OrderBy(i => together[i].P).Index())
        {
            largest = Math.Max(largest, Math.Min(1, (corrected.Length - rank) * together[i].P));
            corrected[i] = together[i] with { P = largest };
        }
        return corrected;
    }

    /// <summary>Where the mean of some further seeds falls in 19 of 20 cases, if these are seeds like the others.</summary>
    /// <param name="values">What the evidence measured, one of each seed.</param>
    /// <param name="further">How many other seeds.</param>
    public static (double Low, double High) Prediction(IReadOnlyList<double> values, int further)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (mean, s) = values.MeanStandardDeviation();
        var half = StudentT.InvCDF(0, 1, values.Count - 1, (1 + Confidence) / 2) * s * Math.Sqrt(1.0 / values.Count + 1.0 / further);
        return (mean - half, mean + half);
    }

    /// <summary>The number and its interval, as exact as the interval is wide: <c>2.8 (2.5 to 3.1)</c>.</summary>
    public override string ToString() => $"{Digits(Value)} ({Digits(Low)} to {Digits(High)})";

    internal string Digits(double value)
    {
        if (Math.Abs(value) >= 1e6)
            return value.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
        var width = High - Low;
        if (width <= 1e-9 * Math.Abs(Value)) // the same for every seed but for rounding
            return value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
        var digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(width / 2)), 0, 6);
        var rounded = Math.Round(value, digits) + 0.0; // what rounds to zero has no sign
        return rounded.ToString("F" + digits, System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
