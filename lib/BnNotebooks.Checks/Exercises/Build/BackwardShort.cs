using Function = System.Func<double[,], double[,], double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks batch norm's gradient ∂ℓ/∂x in one line: (∂ℓ/∂y (N, C), x (N, C), γ (C), ε) to (N, C).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BackwardShort(Function answer) => BackwardShortExercise.Exercise.Check(answer);
}

static class BackwardShortExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BackwardShort",
        Title = "Batch norm, backward in one line",
        Solution = BackwardShort,
        Trials = [Trial("a 4 × 3 table", seed: 51, 4, 3, eps: 1e-5), Trial("a 6 × 2 table and a large ε", seed: 52, 6, 2, eps: 0.7)],
        Mistakes =
        [
            .. Slips.Of<Function>([Constants, MeanForgotten, VarForgotten, NoGamma, GammaSquared, DividedByVariance, NotDivided, MeanNotShared, VarNotShared, NotNormalized, NoXHat, PlusMean, PlusVar, NoEps, Unbiased],
            has => (dy, x, gamma, eps) => Wrong(dy, x, gamma, eps, has)),
            Of("It is x̂ in the last term, both in its sum and before it; you took x.", (dy, x, _, g, s) => (n => g / s * (dy[n] - dy.Average() - x[n] * Mean(dy, x)))),
            Of("It is x̂ in the last term, both in its sum and before it; you took x − μ.", (dy, x, hat, g, s) => (n => g / s * (dy[n] - dy.Average() - hat[n] * s * Mean(dy, hat) * s))),
            Of("The last row is left out of the sums: do the loops end too early?", (dy, x, hat, g, s) => (n => g / s * (dy[n] - dy.SkipLast(1).Sum() / dy.Length - hat[n] * Mean([.. dy.SkipLast(1), 0], hat)))),
            Of("Parentheses are missing: γ/√(σ² + ε) multiplies all three terms.", (dy, x, hat, g, s) => (n => g / s * dy[n] - dy.Average() - hat[n] * Mean(dy, hat))),
        ],
        Hints =
        [
            "Put dσ² and dμ of the stages into the formula for dx. The sums that appear are dβ and dγ.",
            "Two sums for each column first: Σ dy, which is dβ, and Σ dy·x̂, which is dγ. Then a second walk down the column.",
            "dx = γ/√(σ² + ε) · (dy − dβ/N − x̂·dγ/N).",
        ],
    };

    // From a column's dy, x, x̂, γ and √(σ² + ε) to its dx.
    static Mistake<Function> Of(string name, Func<double[], double[], double[], double, double, Func<int, double>> column) => new(name, (dy, x, gamma, eps) =>
    {
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        for (var c = 0; c < gamma.Length; c++)
        {
            double[] gradients = [.. Enumerable.Range(0, dx.GetLength(0)).Select(n => dy[n, c])];
            double[] values = [.. Enumerable.Range(0, dx.GetLength(0)).Select(n => x[n, c])];
            var sigma = Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2)) + eps);
            var of = column(gradients, values, [.. values.Select(v => (v - values.Average()) / sigma)], gamma[c], sigma);
            for (var n = 0; n < values.Length; n++)
                dx[n, c] = of(n);
        }
        return dx;
    });

    static double Mean(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Average();

    static Trial<Function> Trial(string name, int seed, int n, int c, double eps)
    {
        var (x, dy, gamma) = (Numbers.Table(seed, n, c), Numbers.Table(seed + 100, n, c), Numbers.Positive(seed + 200, c));
        return new(name, (f, given) => [Part.Of("dx", f(given.Copy("dy", dy), given.Copy("x", x), given.Copy("gamma", gamma), eps))]) { Factors = [("N", n), ("C", c)] };
    }

    // solution of BackwardShort
    static double[,] BackwardShort(
        double[,] dy, double[,] x, double[] gamma, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var dx = new double[N, C];
        for (var c = 0; c < C; c++)
        {
            double mean = 0, variance = 0, dBeta = 0, dGamma = 0;
            for (var n = 0; n < N; n++)
                mean += x[n, c] / N;
            for (var n = 0; n < N; n++)
                variance += (x[n, c] - mean) * (x[n, c] - mean) / N;
            var sigma = Math.Sqrt(variance + eps);
            for (var n = 0; n < N; n++)
            {
                dBeta += dy[n, c];
                dGamma += dy[n, c] * (x[n, c] - mean) / sigma;
            }
            for (var n = 0; n < N; n++)
                dx[n, c] = gamma[c] / sigma * (dy[n, c] - dBeta / N
                    - (x[n, c] - mean) / sigma * dGamma / N);
        }
        return dx;
    }
    // end

    const string
        Constants = "You took μ and σ² for constants: γ·dy/√(σ² + ε) is the evaluation mode's gradient. In training they move with x.",
        MeanForgotten = "The mean's gradient is forgotten: dβ/N is subtracted.",
        VarForgotten = "The variance's gradient is forgotten: x̂·dγ/N is subtracted.",
        NoGamma = "γ is forgotten in dx.",
        GammaSquared = "γ is in it twice: with γ before the bracket, the bracket is of dy, not of dx̂ = γ·dy.",
        DividedByVariance = "You divided by σ² + ε; it is the deviation, its root.",
        NotDivided = "The division by the deviation is missing: γ/√(σ² + ε).",
        MeanNotShared = "dβ is shared by N values: subtract dβ/N.",
        VarNotShared = "dγ is shared by N values: subtract x̂·dγ/N.",
        NotNormalized = "The last term takes x̂, not x − μ.",
        NoXHat = "The last term has an x̂ beside dγ: the larger a value's distance from the mean, the more it moves σ².",
        PlusMean = "The sign of dβ/N is wrong: μ is subtracted.",
        PlusVar = "The sign of x̂·dγ/N is wrong: a larger σ² makes x̂ smaller.",
        NoEps = "ε is missing in the deviation of the backward pass: it must be the forward's √(σ² + ε).",
        Unbiased = "You took n − 1 for the variance; the forward pass divides by n.";

    static double[,] Wrong(double[,] dy, double[,] x, double[] gamma, double eps, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var dx = new double[rows, columns];
        for (var c = 0; c < columns; c++)
        {
            var all = Enumerable.Range(0, rows);
            var mean = all.Average(n => x[n, c]);
            var variance = all.Sum(n => (x[n, c] - mean) * (x[n, c] - mean)) / (has(Unbiased) ? rows - 1 : rows);
            var sigma = Math.Sqrt(variance + (has(NoEps) ? 0 : eps));
            double[] xHat = [.. all.Select(n => (x[n, c] - mean) / sigma)];
            var twice = has(GammaSquared) ? gamma[c] : 1;
            var (dBeta, dGamma) = (all.Sum(n => dy[n, c]) * twice, all.Sum(n => dy[n, c] * xHat[n]) * twice);
            var scale = (has(NoGamma) ? 1 : gamma[c]) / (has(NotDivided) ? 1 : has(DividedByVariance) ? sigma * sigma : sigma);
            foreach (var n in all)
            {
                var throughMean = has(Constants) || has(MeanForgotten) ? 0 : dBeta / (has(MeanNotShared) ? 1 : rows) * (has(PlusMean) ? -1 : 1);
                var direction = has(NoXHat) ? 1 : has(NotNormalized) ? x[n, c] - mean : xHat[n];
                var throughVar = has(Constants) || has(VarForgotten) ? 0 : direction * dGamma / (has(VarNotShared) ? 1 : rows) * (has(PlusVar) ? -1 : 1);
                dx[n, c] = scale * (dy[n, c] * (has(GammaSquared) ? gamma[c] : 1) - throughMean - throughVar);
            }
        }
        return dx;
    }
}
