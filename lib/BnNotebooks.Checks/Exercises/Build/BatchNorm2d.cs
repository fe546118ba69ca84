using Function = System.Func<double[,,,], double[], double[], double, double[,,,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks batch norm of images in training: (x (N, C, H, W), γ (C), β (C), ε) to y (N, C, H, W).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BatchNorm2d(Function answer) => BatchNorm2dExercise.Exercise.Check(answer);
}

static class BatchNorm2dExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BatchNorm2d",
        Title = "Batch norm of images",
        Solution = BatchNorm2d,
        Trials = [Trial("3 images of 4 channels, 2 × 3 pixels", seed: 131, 3, 4, 2, 3, eps: 1e-5), Trial("2 images of 2 channels, 3 × 2 pixels, a large ε", seed: 132, 2, 2, 3, 2, eps: 0.5)],
        Mistakes = Slips.Of<Function>([PerPosition, PerSample, LayerNorm, Whole, LastAxis, PerRow, PerImage, .. NormSlips.Formula], has => (x, gamma, beta, eps) => Wrong(x, gamma, beta, eps, has), [NormSlips.OtherCount, GammaPerImage, .. NormSlips.Rare]),
        Hints =
        [
            "A channel is a feature, and every pixel of every image is one of its values: one mean for each channel, over N, H and W.",
            "The same as Forward, but where a column had N values, a channel has N·H·W: three loops inside of the one over c.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, int h, int w, double eps)
    {
        var (x, gamma, beta) = (Numbers.Block(seed, n, c, h, w), Numbers.Positive(seed + 10, c), Numbers.List(seed + 20, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("gamma", gamma), given.Copy("beta", beta), eps))]) { Factors = [("N", n), ("H·W", h * w), ("C", c)] };
    }

    // solution of BatchNorm2d
    static double[,,,] BatchNorm2d(
        double[,,,] x, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (H, W) = (x.GetLength(2), x.GetLength(3));
        var y = new double[N, C, H, W];
        for (var c = 0; c < C; c++)
        {
            double mean = 0, variance = 0, m = N * H * W;
            for (var n = 0; n < N; n++)
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        mean += x[n, c, h, w] / m;
            for (var n = 0; n < N; n++)
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        variance += Math.Pow(x[n, c, h, w] - mean, 2) / m;
            for (var n = 0; n < N; n++)
                for (var h = 0; h < H; h++)
                    for (var w = 0; w < W; w++)
                        y[n, c, h, w] = gamma[c] * (x[n, c, h, w] - mean)
                            / Math.Sqrt(variance + eps) + beta[c];
        }
        return y;
    }
    // end

    const string
        PerPosition = "You took statistics for each pixel's place; a channel's pixels share one mean and variance, over N, H and W.",
        PerSample = "You took statistics for each image by itself (instance norm); batch norm goes over the images, too.",
        LayerNorm = "You took statistics of an image over all channels (layer norm); each channel has its own, over all images.",
        Whole = "You took one mean and variance for everything; each channel has its own.",
        LastAxis = "The axes of (N, C, H, W) are mixed up: you took the last one for the channels, as in Keras' (N, H, W, C).",
        PerRow = "The axes of (N, C, H, W) are mixed up: you took statistics for each row of pixels; they are for each channel.",
        PerImage = "The axes of (N, C, H, W) are mixed up: you took the first one for the channels.",
        GammaPerImage = "γ and β are taken by image; they belong to the channels: gamma[c], not gamma[n].";

    static double[,,,] Wrong(double[,,,] x, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var (width, channels) = (x.GetLength(3), x.GetLength(1));
        var all = x.Length;
        return NormSlips.Block(x, gamma, beta, eps, has, (n, c, h, w) => has(Whole) ? 0
            : has(PerPosition) ? (c * all + h) * all + w
            : has(PerSample) ? n * channels + c
            : has(LayerNorm) || has(PerImage) ? n
            : has(LastAxis) ? w
            : has(PerRow) ? h : c,
            has(LastAxis) ? (_, _, _, w) => w : has(PerImage) || has(GammaPerImage) ? (n, _, _, _) => n : null, count: x.GetLength(0));
    }
}
