using Function = System.Func<double[,,,], int, double[], double[], double, double[,,,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks group norm: (x (N, C, H, W), number of groups, γ (C), β (C), ε) to y (N, C, H, W). Wu and He 2018.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult GroupNorm(Function answer) => GroupNormExercise.Exercise.Check(answer);
}

static class GroupNormExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "GroupNorm",
        Title = "Group norm",
        Solution = GroupNorm,
        Trials = [Trial("6 channels in 2 groups", seed: 151, 2, 6, 2, 3, groups: 2, eps: 1e-5), Trial("6 channels in 3 groups, a large ε", seed: 152, 3, 6, 2, 2, groups: 3, eps: 0.5)],
        Mistakes = Slips.Of<Function>([Interleaved, GroupSize, OverBatch, Instance, Layer, PerPosition, GammaPerGroup, .. NormSlips.Formula], has => (x, groups, gamma, beta, eps) => Wrong(x, groups, gamma, beta, eps, has), [NormSlips.OtherCount, GammaWithinGroup, .. NormSlips.Rare]),
        Hints =
        [
            "A group is C/G neighbouring channels of one image: for each image and group one mean and variance, over these channels and all their pixels.",
            "Channel c belongs to group c / (C / G). γ and β stay with the channels.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, int h, int w, int groups, double eps)
    {
        var (x, gamma, beta) = (Numbers.Block(seed, n, c, h, w), Numbers.Positive(seed + 10, c), Numbers.List(seed + 20, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), groups, given.Copy("gamma", gamma), given.Copy("beta", beta), eps))]) { Factors = [("G", groups), ("C", c)] };
    }

    // solution of GroupNorm
    static double[,,,] GroupNorm(
        double[,,,] x, int groups, double[] gamma, double[] beta, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (H, W) = (x.GetLength(2), x.GetLength(3));
        var size = C / groups;
        var y = new double[N, C, H, W];
        for (var n = 0; n < N; n++)
            for (var g = 0; g < groups; g++)
            {
                double mean = 0, variance = 0, m = size * H * W;
                for (var c = g * size; c < (g + 1) * size; c++)
                    for (var h = 0; h < H; h++)
                        for (var w = 0; w < W; w++)
                            mean += x[n, c, h, w] / m;
                for (var c = g * size; c < (g + 1) * size; c++)
                    for (var h = 0; h < H; h++)
                        for (var w = 0; w < W; w++)
                            variance += Math.Pow(x[n, c, h, w] - mean, 2) / m;
                for (var c = g * size; c < (g + 1) * size; c++)
                    for (var h = 0; h < H; h++)
                        for (var w = 0; w < W; w++)
                            y[n, c, h, w] = gamma[c] * (x[n, c, h, w] - mean)
                                / Math.Sqrt(variance + eps) + beta[c];
            }
        return y;
    }
    // end

    const string
        Interleaved = "You dealt the channels out, c % G; a group is neighbouring channels: c / (C / G).",
        GroupSize = "You took the number of groups for the number of channels in one: a group has C/G channels.",
        OverBatch = "You took statistics over the images as well; each image has its own.",
        Instance = "You took statistics for each channel (instance norm); the channels of a group share theirs.",
        Layer = "You took statistics over all channels (layer norm); each group has its own.",
        PerPosition = "You took statistics for each pixel's place; a group's pixels share theirs.",
        GammaPerGroup = "γ and β are taken by group; they belong to the channels.",
        GammaWithinGroup = "γ and β are taken by the place within the group; they belong to the channels: gamma[c], c from 0 to C − 1.";

    static double[,,,] Wrong(double[,,,] x, int groups, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var (channels, all) = (x.GetLength(1), x.Length);
        int Group(int c) => has(Interleaved) ? c % groups : has(GroupSize) ? c / groups : c / (channels / groups);
        return NormSlips.Block(x, gamma, beta, eps, has, (n, c, h, w) => has(Layer) ? n : has(Instance) ? n * all + c
            : ((has(OverBatch) ? 0 : n) * all + Group(c)) * all + (has(PerPosition) ? h * all + w : 0),
            has(GammaPerGroup) ? (_, c, _, _) => Group(c) : has(GammaWithinGroup) ? (_, c, _, _) => c % (channels / groups) : null,
            count: x.GetLength(2) * x.GetLength(3));
    }
}
