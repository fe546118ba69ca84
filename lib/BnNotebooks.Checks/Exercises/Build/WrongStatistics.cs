namespace BnNotebooks.Checks;

/// <summary>A mean and a variance that were added up in a wrong way, for every exercise that needs both.</summary>
static class WrongStatistics
{
    /// <summary>The mean is wrong, and the variance because it is around it: what was done, and what comes of it for the values that share their statistics.</summary>
    public static (string Name, Func<double[], (double Mean, double Variance)> Of)[] OfMean { get; } =
    [
        ("The last value is left out of the mean: does its loop end too early?", x => Around(x.SkipLast(1).Sum() / x.Length, x)),
        ("The last value is left out of the mean, and of its count: does its loop end too early?", x => Around(x.SkipLast(1).DefaultIfEmpty().Average(), x)),
        ("The first value is left out of the mean: a loop begins at 0.", x => Around(x.Skip(1).Sum() / x.Length, x)),
        ("The mean lacks its division by N: a sum is not a mean.", x => Around(x.Sum(), x)),
        ("The mean is divided by N twice.", x => Around(x.Average() / x.Length, x)),
        ("1 / N is a division of whole numbers, and 0: mean and variance are 0. Write 1.0 / N.", _ => (0, 0)),
    ];

    /// <summary>The mean is right, the variance is not.</summary>
    public static (string Name, Func<double[], (double Mean, double Variance)> Of)[] OfVariance { get; } =
    [
        ("The last value is left out of the variance: does its loop end too early?", x => (x.Average(), Squares(x.SkipLast(1), x.Average()) / x.Length)),
        ("The first value is left out of the variance: a loop begins at 0.", x => (x.Average(), Squares(x.Skip(1), x.Average()) / x.Length)),
        ("The variance is divided by N twice.", x => (x.Average(), Around(x.Average(), x).Variance / x.Length)),
        ("You summed the squares in the loop that sums the mean: the mean has to be finished before, in a loop of its own.", InOneLoop),
        ("E[x²] − E[x]² has a square on its second term, too.", x => (x.Average(), x.Average(v => v * v) - x.Average())),
        ("You squared the sum; sum the squares: Σ(x − μ)², not (Σ(x − μ))².", x => (x.Average(), Math.Pow(x.Sum(v => v - x.Average()), 2) / x.Length)),
        ("You took the root of the deviation: a root too many.", x => (x.Average(), Math.Sqrt(Around(x.Average(), x).Variance))),
    ];

    /// <summary>Mean and variance are wrong in the same way.</summary>
    public static (string Name, Func<double[], (double Mean, double Variance)> Of)[] OfBoth { get; } =
    [
        ("The last value is left out of the mean and of the variance: do the loops end too early?", x => Both(x.SkipLast(1), x.Length)),
        ("The last value is left out of the mean, the variance and their count: do the loops end too early?", x => Both(x.SkipLast(1), Math.Max(1, x.Length - 1))),
        ("The first value is left out of the mean and of the variance: loops begin at 0.", x => Both(x.Skip(1), x.Length)),
        ("You divided the mean by n − 1, too; it is n.", x => (x.Sum() / (x.Length - 1), Squares(x, x.Sum() / (x.Length - 1)) / x.Length)),
        ("You divided both the mean and the variance by n − 1; here it is n.", x => (x.Sum() / (x.Length - 1), Squares(x, x.Sum() / (x.Length - 1)) / (x.Length - 1))),
    ];

    /// <summary>All of them.</summary>
    public static (string Name, Func<double[], (double Mean, double Variance)> Of)[] All => [.. OfMean, .. OfVariance, .. OfBoth];

    static double Squares(IEnumerable<double> x, double around) => x.Sum(v => (v - around) * (v - around));

    static (double Mean, double Variance) Around(double mean, double[] x) => (mean, Squares(x, mean) / x.Length);

    static (double Mean, double Variance) Both(IEnumerable<double> x, int count) => (x.Sum() / count, Squares(x, x.Sum() / count) / count);

    static (double Mean, double Variance) InOneLoop(double[] x)
    {
        double mean = 0, variance = 0;
        foreach (var v in x)
        {
            mean += v / x.Length;
            variance += (v - mean) * (v - mean) / x.Length;
        }
        return (mean, variance);
    }
}
