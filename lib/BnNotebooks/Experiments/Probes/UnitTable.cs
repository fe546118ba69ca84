using MathNet.Numerics.LinearAlgebra;

namespace BnNotebooks.Experiments;

/// <summary>
/// What a layer gave for a batch, as a table: a row for each sample, a column for each unit (in a CNN for each channel at each
/// place).
/// </summary>
public sealed class UnitTable
{
    readonly double[][] columns;

    /// <summary>Takes the values row by row.</summary>
    /// <param name="values">All values of the first sample, then of the second, ….</param>
    /// <param name="units">How many values a sample has.</param>
    /// <exception cref="ArgumentException">The values fill no whole number of rows.</exception>
    public UnitTable(IReadOnlyList<float> values, int units)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        if (values.Count == 0 || values.Count % units != 0)
            throw new ArgumentException($"Expected whole rows of {units} values, but there are {values.Count} values.", nameof(values));
        columns = [.. Enumerable.Range(0, units).Select(unit =>
            Enumerable.Range(0, values.Count / units).Select(row => (double)values[row * units + unit]).ToArray())];
    }

    /// <summary>The table of samples' inputs.</summary>
    /// <param name="samples">The samples, for example <see cref="HiddenLayer.Outputs"/>.</param>
    public static UnitTable Of(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new UnitTable(samples.Values.ToArray(), samples.Values.Length / samples.Count);
    }

    /// <summary>Each unit's values, one of each sample.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Columns => columns;

    /// <summary>How many units there are.</summary>
    public int Units => columns.Length;

    /// <summary>Each unit's mean over the samples.</summary>
    public IReadOnlyList<double> Means => [.. columns.Select(unit => unit.Average())];

    /// <summary>Each unit's (biased) standard deviation over the samples.</summary>
    public IReadOnlyList<double> Deviations => [.. columns.Select(Deviation)];

    /// <summary>What differs between the samples: the root mean square of <see cref="Deviations"/>.</summary>
    public double Signal => Math.Sqrt(Deviations.Average(deviation => deviation * deviation));

    /// <summary>
    /// How unevenly wide the columns are: the 90th percentile of their standard deviations as a multiple of the 10th, among those
    /// that vary.
    /// </summary>
    public double Spread
    {
        get
        {
            double[] widths = [.. Deviations.Where(width => width > 0)];
            return Quantiles.Of(widths, 0.9) / Quantiles.Of(widths, 0.1);
        }
    }

    /// <summary>The share of units that are 0 for every sample.</summary>
    public double DeadShare => columns.Count(unit => unit.All(value => value == 0)) / (double)Units;

    /// <summary>Every value less its unit's mean.</summary>
    public IEnumerable<double> Centred => columns.SelectMany(unit =>
    {
        var mean = unit.Average();
        return unit.Select(value => value - mean);
    });

    /// <summary>
    /// The stable rank ‖H‖²_F / ‖H‖²₂ of the table H (Rudelson and Vershynin 2007): 1 where all samples point the same way, and
    /// as many as there are rows or columns where they go in all directions alike. Unlike the rank it does not jump when a small
    /// number becomes zero. Daneshmand and others (2020) use it to say whether samples stay apart. NaN for a table of zeros.
    /// </summary>
    public double StableRank
    {
        get
        {
            var singular = Matrix<double>.Build.DenseOfColumnArrays(columns).Svd(computeVectors: false).S;
            return singular.Sum(value => value * value) / (singular[0] * singular[0]);
        }
    }

    static double Deviation(double[] unit)
    {
        var mean = unit.Average();
        return Math.Sqrt(unit.Average(value => (value - mean) * (value - mean)));
    }
}
