using Function = System.Func<double[,], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks batch norm's forward pass in training: (x (N, C), γ (C), β (C), ε) to y (N, C). Ioffe and Szegedy 2015, Algorithm 1.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Forward(Function answer) => ForwardExercise.Exercise.Check(answer);
}

static class ForwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Forward",
        Title = "Batch norm, forward",
        Solution = Forward,
        Trials =
        [
            Trial("a 4 × 3 table", Numbers.Table(1, 4, 3), eps: 1e-5),
            Trial("a 7 × 2 table and a large ε", Numbers.Table(2, 7, 2), eps: 0.5),
            Trial("a constant column", new double[,] { { 3, 1 }, { 3, 2 }, { 3, 6 } }, eps: 0.1),
        ],
        Mistakes = [.. Slips.Of<Function>(Typical, has => (x, gamma, beta, eps) => Wrong(x, gamma, beta, eps, has)), .. ForwardStatistics.Mistakes],
        Hints =
        [
            "A feature is a column. For each column you need two numbers, its mean and its variance, both over the N rows; then a second walk down the column uses them.",
            "μ = Σx / N, and then σ² = Σ(x − μ)² / N: the mean has to be finished before the variance begins.",
            "x̂ = (x − μ) / √(σ² + ε), and y = γ·x̂ + β with the column's own γ and β.",
        ],
    };

    static Trial<Function> Trial(string name, double[,] x, double eps)
    {
        var (gamma, beta) = (Numbers.Positive(3, x.GetLength(1)), Numbers.List(4, x.GetLength(1)));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("gamma", gamma), given.Copy("beta", beta), eps))])
        {
            Factors = [("N", x.GetLength(0)), ("C", x.GetLength(1))],
        };
    }

    // solution of Forward
    static double[,] Forward(double[,] x, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var y = new double[N, C];
        for (var c = 0; c < C; c++)
        {
            double mean = 0, variance = 0;
            for (var n = 0; n < N; n++)
                mean += x[n, c] / N;
            for (var n = 0; n < N; n++)
                variance += (x[n, c] - mean) * (x[n, c] - mean) / N;
            for (var n = 0; n < N; n++)
                y[n, c] = gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c];
        }
        return y;
    }
    // end

    const string
        OnDeviation = "You added ε to the deviation, √σ² + ε; the paper adds it to the variance: √(σ² + ε).",
        NoEps = "ε is missing: √(σ² + ε). A constant column divides by zero without it.",
        Unbiased = "You divided the variance by n − 1 in the normalization; the paper divides by n here (n − 1 belongs to the running variance only).",
        NoRoot = "You divided by the variance; it is the deviation, its root.",
        SumOfSquares = "The variance lacks its division by n: a sum of squares is not a mean of squares.",
        WholeTable = "You took the mean and variance over the whole table instead of a column: each feature has its own.",
        Rows = "You took the mean and variance along rows: that normalizes a sample (layer norm), not a feature.",
        AbsoluteDeviation = "You took the mean absolute deviation |x − μ| in place of the root of the mean square.",
        AroundZero = "The variance is around zero, Σx²/n; it must be around the mean: Σ(x − μ)²/n.",
        NotCentred = "You did not subtract the mean from x: x̂ = (x − μ)/√(σ² + ε).",
        NoGamma = "γ is missing: y = γ·x̂ + β.",
        NoBeta = "β is missing: y = γ·x̂ + β.",
        BetaInside = "You multiplied β by γ, too: y = γ·x̂ + β, not γ·(x̂ + β).",
        Exchanged = "γ and β changed places: γ multiplies, β is added.",
        FirstGamma = "You used one γ and β, the first, for all columns: each feature has its own.",
        PlusMean = "You added the mean to x; it is subtracted.";

    static string[] Typical =>
    [
        OnDeviation, NoEps, Unbiased, NoRoot, SumOfSquares, WholeTable, Rows, AbsoluteDeviation, AroundZero, NotCentred, NoGamma, NoBeta, BetaInside, Exchanged, FirstGamma,
        PlusMean,
    ];

    static double[,] Wrong(double[,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var y = new double[rows, columns];
        for (var n = 0; n < rows; n++)
            for (var c = 0; c < columns; c++)
            {
                double[] values = has(WholeTable) ? [.. x.Cast<double>()]
                    : has(Rows) ? [.. Enumerable.Range(0, columns).Select(j => x[n, j])]
                    : [.. Enumerable.Range(0, rows).Select(i => x[i, c])];
                var mean = values.Average();
                var around = has(AroundZero) ? 0 : mean;
                var squares = values.Sum(value => (value - around) * (value - around));
                var variance = has(AbsoluteDeviation) ? Math.Pow(values.Average(value => Math.Abs(value - around)), 2)
                    : squares / (has(SumOfSquares) ? 1 : has(Unbiased) ? values.Length - 1 : values.Length);
                var inside = has(OnDeviation) || has(NoEps) ? 0 : eps;
                var deviation = has(NoRoot) ? variance + inside : Math.Sqrt(variance + inside);
                var xhat = (x[n, c] - (has(NotCentred) ? 0 : has(PlusMean) ? -mean : mean)) / (deviation + (has(OnDeviation) ? eps : 0));
                var column = has(FirstGamma) ? 0 : c;
                var (g, b) = has(Exchanged) ? (beta[column], gamma[column]) : (gamma[column], beta[column]);
                y[n, c] = has(BetaInside) ? g * (xhat + b) : (has(NoGamma) ? 1 : g) * xhat + (has(NoBeta) ? 0 : b);
            }
        return y;
    }
}
