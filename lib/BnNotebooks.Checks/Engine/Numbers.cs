namespace BnNotebooks.Checks;

/// <summary>Random inputs for trials, the same in each run.</summary>
static class Numbers
{
    /// <summary>A table (n, c) whose columns have means and spreads of their own, as measurements have.</summary>
    public static double[,] Table(int seed, int n, int c)
    {
        var random = new Random(seed);
        var table = new double[n, c];
        for (var j = 0; j < c; j++)
        {
            var (mean, spread) = (4 * random.NextDouble() - 1, 0.3 + 3 * random.NextDouble());
            for (var i = 0; i < n; i++)
                table[i, j] = mean + spread * Normal(random);
        }
        return table;
    }

    /// <summary>A block (n, c, h, w) whose channels have means and spreads of their own.</summary>
    public static double[,,,] Block(int seed, int n, int c, int h, int w)
    {
        var table = Table(seed, n * h * w, c);
        var block = new double[n, c, h, w];
        for (var i = 0; i < n * h * w; i++)
            for (var j = 0; j < c; j++)
                block[i / (h * w), j, i / w % h, i % w] = table[i, j] + i / (h * w); // samples differ, too
        return block;
    }

    /// <summary>Numbers from a normal distribution.</summary>
    public static double[] List(int seed, int n, double mean = 0, double spread = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => mean + spread * Normal(random))];
    }

    /// <summary>Positive numbers, none of them near 0 or 1: variances, scales.</summary>
    public static double[] Positive(int seed, int n) => [.. List(seed, n).Select(value => 1.3 + value * value)];

    // Box and Muller 1958.
    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
