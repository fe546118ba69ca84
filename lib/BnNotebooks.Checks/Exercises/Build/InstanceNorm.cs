using Function = System.Func<double[,,,], double[], double[], double, double[,,,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks instance norm: (x (N, C, H, W), γ (C), β (C), ε) to y (N, C, H, W). Ulyanov, Vedaldi and Lempitsky 2016.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult InstanceNorm(Function answer) => InstanceNormExercise.Exercise.Check(answer);
}

static class InstanceNormExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "InstanceNorm",
        Title = "Instance norm",
        Solution = InstanceNorm,
        Trials = [Trial("3 images of 4 channels, 2 × 3 pixels", seed: 161, 3, 4, 2, 3, eps: 1e-5), Trial("2 images of 3 channels, 3 × 2 pixels, a large ε", seed: 162, 2, 3, 3, 2, eps: 0.5)],
        Mistakes = Slips.Of<Function>([OverBatch, OverChannels, Whole, PerRow, PerColumn, .. NormSlips.Formula], has => (x, gamma, beta, eps) => Wrong(x, gamma, beta, eps, has), [NormSlips.OtherCount, .. NormSlips.Rare]),
        Hints = ["One channel of one image is a set of its own: H·W pixels, one mean, one variance.", "Two outer loops, over n and c; inside, the sums over h and w, and then x̂ and y."],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, int h, int w, double eps)
    {
        var (x, gamma, beta) = (Numbers.Block(seed, n, c, h, w), Numbers.Positive(seed + 10, c), Numbers.List(seed + 20, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("gamma", gamma), given.Copy("beta", beta), eps))]) { Factors = [("H·W", h * w), ("N", n), ("C", c)] };
    }

    // solution of InstanceNorm
    static double[,,,] InstanceNorm(
        double[,,,] x, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (H, W) = (x.GetLength(2), x.GetLength(3));
        var y = new double[N, C, H, W];
        for (var n = 0; n < N; n++)
            for (var c = 0; c < C; c++)
            {
                double mean = 0, variance = 0;
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        mean += x[n, c, h, w] / (H * W);
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        variance += Math.Pow(x[n, c, h, w] - mean, 2) / (H * W);
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        y[n, c, h, w] = gamma[c] * (x[n, c, h, w] - mean)
                            / Math.Sqrt(variance + eps) + beta[c];
            }
        return y;
    }
    // end

    const string
        OverBatch = "You took statistics over the images as well (batch norm); each image has its own.",
        OverChannels = "You took statistics over the channels as well (layer norm); each channel has its own.",
        Whole = "You took one mean and variance for everything.",
        PerRow = "You took statistics for each row of pixels; they are over H and W.",
        PerColumn = "You took statistics for each column of pixels; they are over H and W.";

    static double[,,,] Wrong(double[,,,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var all = x.Length;
        return NormSlips.Block(x, gamma, beta, eps, has, (n, c, h, w) => has(Whole) ? 0 : has(OverBatch) ? c : has(OverChannels) ? n
            : (n * all + c) * all + (has(PerRow) ? h : has(PerColumn) ? w : 0), count: x.GetLength(0) * x.GetLength(2) * x.GetLength(3));
    }
}
