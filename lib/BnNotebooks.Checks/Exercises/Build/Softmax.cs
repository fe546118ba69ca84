namespace BnNotebooks.Checks;

/// <summary>Softmax with what goes wrong with it, for the exercises that need it.</summary>
static class Softmax
{
    public const string
        Overflow = "exp overflows with large logits, and ∞/∞ is no number: subtract the row's largest logit first, which changes no share.",
        OverSamples = "You took the shares over the samples (a column); the classes of one sample (a row) share 1.",
        OverTable = "You took the shares over the whole table; the classes of each sample share 1.",
        NotShared = "You did not divide by the row's sum: the shares of a sample add up to 1.";

    /// <summary>The shares (N, K) of logits (N, K).</summary>
    public static double[,] Of(double[,] logits, Func<string, bool> has)
    {
        var (rows, classes) = (logits.GetLength(0), logits.GetLength(1));
        var shares = new double[rows, classes];
        for (var n = 0; n < rows; n++)
            for (var k = 0; k < classes; k++)
            {
                double[] values = has(OverTable) ? [.. logits.Cast<double>()]
                    : has(OverSamples) ? [.. Enumerable.Range(0, rows).Select(i => logits[i, k])]
                    : [.. Enumerable.Range(0, classes).Select(j => logits[n, j])];
                var largest = has(Overflow) ? 0 : values.Max();
                shares[n, k] = Math.Exp(logits[n, k] - largest) / (has(NotShared) ? 1 : values.Sum(value => Math.Exp(value - largest)));
            }
        return shares;
    }

    /// <summary>Logits whose classes do not have the same spread, and their labels.</summary>
    public static (double[,] Logits, int[] Labels) Batch(int seed, int n, int classes, double scale = 1, double shift = 0)
    {
        var logits = Numbers.Table(seed, n, classes);
        for (var i = 0; i < n; i++)
            for (var k = 0; k < classes; k++)
                logits[i, k] = scale * logits[i, k] + shift;
        return (logits, [.. Enumerable.Range(0, n).Select(i => (2 * i + 1) % classes)]);
    }
}
