using Function = System.Func<double[,], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks layer norm: (x (N, C), γ (C), β (C), ε) to y (N, C). Ba, Kiros and Hinton 2016, equations 3 and 4.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult LayerNorm(Function answer) => LayerNormExercise.Exercise.Check(answer);
}

static class LayerNormExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LayerNorm",
        Title = "Layer norm",
        Solution = LayerNorm,
        Trials = [Trial("3 samples of 4 features", seed: 141, 3, 4, eps: 1e-5), Trial("5 samples of 3 features, a large ε", seed: 142, 5, 3, eps: 0.5), Trial("a single sample", seed: 143, 1, 5, eps: 1e-3)],
        Mistakes = Slips.Of<Function>([Columns, Whole, GammaPerSample, FirstGamma, .. NormSlips.Formula], has => (x, gamma, beta, eps) => Wrong(x, gamma, beta, eps, has), [NormSlips.OtherCount, .. NormSlips.Rare]),
        Hints = ["A sample is a row. Its own C numbers give the mean and the variance; no other sample has a say.", "γ and β still belong to the features: y[n, c] = gamma[c] * x̂[n, c] + beta[c]."],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, double eps)
    {
        var (x, gamma, beta) = (Numbers.Table(seed, n, c), Numbers.Positive(seed + 10, c), Numbers.List(seed + 20, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("gamma", gamma), given.Copy("beta", beta), eps))]) { Factors = [("N", n), ("C", c)] };
    }

    // solution of LayerNorm
    static double[,] LayerNorm(
        double[,] x, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var y = new double[N, C];
        for (var n = 0; n < N; n++)
        {
            double mean = 0, variance = 0;
            for (var c = 0; c < C; c++)
                mean += x[n, c] / C;
            for (var c = 0; c < C; c++)
                variance += (x[n, c] - mean) * (x[n, c] - mean) / C;
            for (var c = 0; c < C; c++)
                y[n, c] = gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps)
                    + beta[c];
        }
        return y;
    }
    // end

    const string
        Columns = "You took statistics down the columns (batch norm); layer norm goes along a row, the sample's own features.",
        Whole = "You took one mean and variance for the whole table; each sample has its own.",
        GammaPerSample = "γ and β are taken by sample; they belong to the features: gamma[c], not gamma[n].",
        FirstGamma = "You used one γ and β, the first, for all features: each has its own.";

    static double[,] Wrong(double[,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has) =>
        NormSlips.Table(x, gamma, beta, eps, has, (n, c) => has(Whole) ? 0 : has(Columns) ? c : n, (n, c) => has(FirstGamma) ? 0 : has(GammaPerSample) ? n : c, count: x.GetLength(0));
}
