namespace BnNotebooks.Playground.Explorables;

/// <summary>Random numbers, and what describes a row of numbers.</summary>
static class Numbers
{
    /// <summary>From the standard normal distribution, by Box and Muller.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>So many of them, around a mean, with a deviation.</summary>
    public static double[] Normals(this Random random, int count, double mean = 0, double deviation = 1)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
            value = mean + deviation * random.Normal();
        return values;
    }

    /// <summary>The mean of some values, and their deviation from it (divided by how many there are).</summary>
    public static (double Mean, double Deviation) Moments(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    /// <summary>The value below which a share of the sorted values lies, straight between its neighbours.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }
}
