namespace BnNotebooks.Checks;

/// <summary>What goes wrong with every normalization: the sets of values that share statistics, and the formula.</summary>
static class NormSlips
{
    public const string
        OnDeviation = "You added ε to the deviation, √σ² + ε; it belongs to the variance: √(σ² + ε).",
        NoEps = "ε is missing: √(σ² + ε).",
        Unbiased = "You divided the variance by the count less one; in the normalization it is the count itself.",
        NoRoot = "You divided by the variance; it is the deviation, its root.",
        SumOfSquares = "The variance lacks its division: a sum of squares is not a mean of squares.",
        NotCentred = "You did not subtract the mean from x: x̂ = (x − μ)/√(σ² + ε).",
        NoGamma = "γ is missing: y = γ·x̂ + β.",
        NoBeta = "β is missing: y = γ·x̂ + β.",
        BetaInside = "You multiplied β by γ, too: y = γ·x̂ + β, not γ·(x̂ + β).",
        AroundZero = "The variance is around zero; it must be around the mean: Σ(x − μ)².",
        NotDivided = "You did not divide by the deviation. (Math.Pow(…, 1 / 2) does not, either: 1 / 2 is a division of whole numbers, and 0.)",
        OtherCount = "You divided by another count than that of all values that share the statistics.";

    public static readonly string[] Formula = [OnDeviation, NoEps, Unbiased, NoRoot, SumOfSquares, NotCentred, NoGamma, NoBeta, BetaInside, AroundZero];

    /// <summary>Slips that are too rare to be paired.</summary>
    public static readonly string[] Rare = [NotDivided, .. WrongStatistics.All.Select(wrong => wrong.Name)];

    /// <summary>Normalizes a block with the slips of <see cref="Formula"/> that are made.</summary>
    /// <param name="x">The block (N, C, H, W).</param>
    /// <param name="gamma">γ.</param>
    /// <param name="beta">β.</param>
    /// <param name="eps">ε.</param>
    /// <param name="has">Which slips are made.</param>
    /// <param name="set">A number for each place (n, c, h, w); places with the same number share their statistics.</param>
    /// <param name="channel">Which γ and β belong to a place; left out, those of its c.</param>
    /// <param name="count">What <see cref="OtherCount"/> divides by.</param>
    public static double[,,,] Block(double[,,,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has,
        Func<int, int, int, int, int> set, Func<int, int, int, int, int>? channel = null, int count = 0)
    {
        var values = Places(x).GroupBy(p => set(p.N, p.C, p.H, p.W), p => x[p.N, p.C, p.H, p.W]).ToDictionary(group => group.Key, group => group.ToArray());
        var statistics = values.ToDictionary(one => one.Key, one => Statistics(one.Value, has, count));
        var y = (double[,,,])x.Clone();
        foreach (var (n, c, h, w) in Places(x))
        {
            var (mean, variance) = statistics[set(n, c, h, w)];
            var inside = has(OnDeviation) || has(NoEps) ? 0 : eps;
            var deviation = (has(NotDivided) ? 1 : has(NoRoot) ? variance + inside : Math.Sqrt(variance + inside)) + (has(OnDeviation) ? eps : 0);
            var xHat = (x[n, c, h, w] - (has(NotCentred) ? 0 : mean)) / deviation;
            var k = channel?.Invoke(n, c, h, w) ?? c;
            y[n, c, h, w] = has(BetaInside) ? gamma[k] * (xHat + beta[k]) : (has(NoGamma) ? 1 : gamma[k]) * xHat + (has(NoBeta) ? 0 : beta[k]);
        }
        return y;
    }

    /// <summary>A table as a block of one pixel, normalized, and made a table again.</summary>
    public static double[,] Table(double[,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has,
        Func<int, int, int> set, Func<int, int, int>? channel = null, int count = 0)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var (block, y) = (new double[rows, columns, 1, 1], new double[rows, columns]);
        for (var n = 0; n < rows; n++)
            for (var c = 0; c < columns; c++)
                block[n, c, 0, 0] = x[n, c];
        block = Block(block, gamma, beta, eps, has, (n, c, _, _) => set(n, c), channel is null ? null : (n, c, _, _) => channel(n, c), count);
        for (var n = 0; n < rows; n++)
            for (var c = 0; c < columns; c++)
                y[n, c] = block[n, c, 0, 0];
        return y;
    }

    static (double Mean, double Variance) Statistics(double[] values, Func<string, bool> has, int count)
    {
        if (WrongStatistics.All.FirstOrDefault(wrong => has(wrong.Name)).Of is { } wrongly)
            return wrongly(values);
        var mean = has(OtherCount) ? values.Sum() / count : values.Average();
        var around = has(AroundZero) ? 0 : mean;
        var squares = values.Sum(value => (value - around) * (value - around));
        if (has(OtherCount))
            return (mean, squares / count);
        return (mean, squares / (has(SumOfSquares) ? 1 : has(Unbiased) ? values.Length - 1 : values.Length));
    }

    static IEnumerable<(int N, int C, int H, int W)> Places(double[,,,] x) =>
        from n in Enumerable.Range(0, x.GetLength(0))
        from c in Enumerable.Range(0, x.GetLength(1))
        from h in Enumerable.Range(0, x.GetLength(2))
        from w in Enumerable.Range(0, x.GetLength(3))
        select (n, c, h, w);
}
