using Function = System.Func<double[,], double[], double[], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks batch norm in evaluation: (x (N, C), running mean (C), running variance (C), γ (C), β (C), ε) to y (N, C). Ioffe and
    /// Szegedy 2015, Algorithm 2.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Inference(Function answer) => InferenceExercise.Exercise.Check(answer);
}

static class InferenceExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Inference",
        Title = "Batch norm in evaluation",
        Solution = Inference,
        Trials = [Trial("5 samples", seed: 41, 5, 3, eps: 1e-5), Trial("a large ε", seed: 42, 3, 4, eps: 0.6), Trial("a single sample", seed: 43, 1, 3, eps: 1e-3)],
        Mistakes = Slips.Of<Function>(
            [Batch, BatchMean, BatchVariance, OnDeviation, NoEps, NoRoot, RootOfRoot, Corrected, NotCentred, PlusMean, NoGamma, NoBeta, BetaInside, Exchanged, FirstColumn, Swapped],
            has => (x, mean, variance, gamma, beta, eps) => Wrong(x, mean, variance, gamma, beta, eps, has), CorrectedAlways),
        Hints =
        [
            "Nothing is measured here: mean and variance are those that training has gathered, whatever the batch looks like.",
            "y = γ·(x − running mean)/√(running variance + ε) + β, with each column's own numbers.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, double eps)
    {
        var (x, mean, variance) = (Numbers.Table(seed, n, c), Numbers.List(seed + 10, c, mean: 1), Numbers.Positive(seed + 20, c));
        var (gamma, beta) = (Numbers.Positive(seed + 30, c), Numbers.List(seed + 40, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("runningMean", mean), given.Copy("runningVar", variance), given.Copy("gamma", gamma), given.Copy("beta", beta), eps))])
        {
            Factors = [("N", n), ("C", c)],
        };
    }

    // solution of Inference
    static double[,] Inference(double[,] x, double[] runningMean,
        double[] runningVar, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var y = new double[N, C];
        for (var n = 0; n < N; n++)
            for (var c = 0; c < C; c++)
                y[n, c] = gamma[c] * (x[n, c] - runningMean[c])
                    / Math.Sqrt(runningVar[c] + eps) + beta[c];
        return y;
    }
    // end

    const string
        Batch = "You took the batch's statistics in evaluation; a sample's output must not depend on its company: take the running ones.",
        BatchMean = "You took the batch's mean in evaluation; take the running mean.",
        BatchVariance = "You took the batch's variance in evaluation; take the running variance.",
        OnDeviation = "You added ε to the deviation, √σ² + ε; it belongs to the variance: √(σ² + ε).",
        NoEps = "ε is missing: √(running variance + ε), as in training.",
        NoRoot = "You divided by the running variance; it is its root.",
        RootOfRoot = "You took the running variance for a deviation and made a root of the root.",
        Corrected = "You multiplied the running variance by n/(n − 1); that correction was made when it was gathered.",
        CorrectedAlways = "You multiplied the running variance by n/(n − 1), which is infinite for a single sample; that correction was made when it was gathered.",
        NotCentred = "You did not subtract the running mean.",
        PlusMean = "You added the running mean; it is subtracted.",
        NoGamma = "γ is missing: y = γ·x̂ + β.",
        NoBeta = "β is missing: y = γ·x̂ + β.",
        BetaInside = "You multiplied β by γ, too: y = γ·x̂ + β, not γ·(x̂ + β).",
        Exchanged = "γ and β changed places: γ multiplies, β is added.",
        FirstColumn = "You used the first column's statistics for all columns.",
        Swapped = "Running mean and running variance changed places.";

    static double[,] Wrong(double[,] x, double[] mean, double[] variance, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var y = new double[rows, columns];
        for (var c = 0; c < columns; c++)
        {
            var k = has(FirstColumn) ? 0 : c;
            double[] values = [.. Enumerable.Range(0, rows).Select(n => x[n, c])];
            var (mu, sigma2) = has(Swapped) ? (variance[k], Math.Abs(mean[k])) : (mean[k], variance[k]);
            mu = has(Batch) || has(BatchMean) ? values.Average() : mu;
            sigma2 = has(Batch) || has(BatchVariance) ? values.Average(v => (v - values.Average()) * (v - values.Average())) : sigma2;
            sigma2 *= has(Corrected) && rows > 1 ? rows / (rows - 1.0) : has(CorrectedAlways) ? rows / (rows - 1.0) : 1;
            var inside = sigma2 + (has(NoEps) || has(OnDeviation) ? 0 : eps);
            var deviation = (has(NoRoot) ? inside : has(RootOfRoot) ? Math.Sqrt(Math.Sqrt(inside)) : Math.Sqrt(inside)) + (has(OnDeviation) ? eps : 0);
            var (g, b) = has(Exchanged) ? (beta[c], gamma[c]) : (gamma[c], beta[c]);
            for (var n = 0; n < rows; n++)
            {
                var xHat = (x[n, c] - (has(NotCentred) ? 0 : has(PlusMean) ? -mu : mu)) / deviation;
                y[n, c] = has(BetaInside) ? g * (xHat + b) : (has(NoGamma) ? 1 : g) * xHat + (has(NoBeta) ? 0 : b);
            }
        }
        return y;
    }
}
