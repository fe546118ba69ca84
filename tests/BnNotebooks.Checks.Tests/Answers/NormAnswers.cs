using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

static class NormAnswers
{
    static Answer Layer(string name, string[] words, Func<double[,], double[], double[], double, double[,]> function) => new($"LayerNorm: {name}", words, () => Check.LayerNorm((x, gamma, beta, eps) => function(x, gamma, beta, eps)));

    static Answer Rms(string name, string[] words, Func<double[,], double[], double, double[,]> function) => new($"RmsNorm: {name}", words, () => Check.RmsNorm((x, gamma, eps) => function(x, gamma, eps)));

    /// <summary>A normalization of a block, by which values share the statistics of a place (n, c).</summary>
    static double[,,,] By(double[,,,] x, double[] gamma, double[] beta, double eps, Func<int, int, double[]> set) => Make(x, (n, c, h, w) =>
    {
        var values = set(n, c);
        return gamma[c] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[c];
    });

    static Answer Images(string name, string[] words, Func<double[,,,], double[], double[], double, double[,,,]> function) => new($"BatchNorm2d: {name}", words, () => Check.BatchNorm2d((x, gamma, beta, eps) => function(x, gamma, beta, eps)));

    static Answer Instance(string name, string[] words, Func<double[,,,], double[], double[], double, double[,,,]> function) => new($"InstanceNorm: {name}", words, () => Check.InstanceNorm((x, gamma, beta, eps) => function(x, gamma, beta, eps)));

    static Answer Group(string name, string[] words, Func<double[,,,], int, double[], double[], double, double[,,,]> function) => new($"GroupNorm: {name}", words, () => Check.GroupNorm((x, groups, gamma, beta, eps) => function(x, groups, gamma, beta, eps)));

    public static IEnumerable<Answer> Wrong =>
    [
        Layer("batch norm's columns", ["batch norm", "column"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Layer("γ of the sample", ["γ", "index"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[n] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + eps) + beta[n])),
        Layer("n − 1, as torch.std would", ["− 1", "less one"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) * x.GetLength(1) / (x.GetLength(1) - 1) + eps) + beta[c])),
        Layer("n − 1 and ε to the deviation, as the Annotated Transformer does", ["− 1", "less one"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / (Math.Sqrt(Variance(Row(x, n)) * x.GetLength(1) / (x.GetLength(1) - 1)) + eps) + beta[c])),
        Layer("ε to the deviation", ["ε"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / (Math.Sqrt(Variance(Row(x, n))) + eps) + beta[c])),
        Layer("the mean by N", ["N", "samples", "another count"], (x, gamma, beta, eps) => Make(x, (n, c) =>
        {
            var mean = Row(x, n).Sum() / x.GetLength(0);
            return gamma[c] * (x[n, c] - mean) / Math.Sqrt(Row(x, n).Sum(v => (v - mean) * (v - mean)) / x.GetLength(0) + eps) + beta[c];
        })),
        Layer("the whole table", ["table"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Flat(x).Average()) / Math.Sqrt(Variance(Flat(x)) + eps) + beta[c])),
        Layer("no mean", ["mean", "RMS"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(Row(x, n).Average(v => v * v) + eps) + beta[c])),
        Layer("no γ, no β", ["γ"], (x, gamma, beta, eps) => Make(x, (n, c) => (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + eps))),
        Layer("the sums of the row before", ["next row", "next sample", "first row", "first sample", "zero"], (x, gamma, beta, eps) =>
        {
            var y = new double[x.GetLength(0), x.GetLength(1)];
            double mean = 0, variance = 0;
            for (var n = 0; n < x.GetLength(0); n++)
            {
                for (var c = 0; c < x.GetLength(1); c++)
                    mean += x[n, c] / x.GetLength(1);
                for (var c = 0; c < x.GetLength(1); c++)
                    variance += (x[n, c] - mean) * (x[n, c] - mean) / x.GetLength(1);
                for (var c = 0; c < x.GetLength(1); c++)
                    y[n, c] = gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c];
            }
            return y;
        }),
        Layer("the last feature left out of the mean", ["last"], (x, gamma, beta, eps) => Make(x, (n, c) =>
        {
            var mean = Row(x, n).SkipLast(1).Sum() / x.GetLength(1);
            return gamma[c] * (x[n, c] - mean) / Math.Sqrt(Row(x, n).Average(v => (v - mean) * (v - mean)) + eps) + beta[c];
        })),

        Rms("the mean subtracted", ["mean"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + eps))),
        Rms("the mean subtracted below", ["mean"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(Variance(Row(x, n)) + eps))),
        Rms("sum of squares", ["sum", "length", "mean"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(Row(x, n).Sum(v => v * v) + eps))),
        Rms("ε outside", ["ε"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / (Math.Sqrt(Row(x, n).Average(v => v * v)) + eps))),
        Rms("no ε", ["ε"], (x, gamma, _) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(Row(x, n).Average(v => v * v)))),
        Rms("columns", ["column", "batch"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(Column(x, c).Average(v => v * v) + eps))),
        Rms("no root", ["root"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / (Row(x, n).Average(v => v * v) + eps))),
        Rms("mean of absolutes", ["absolute", "square"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / (Row(x, n).Average(Math.Abs) + eps))),
        Rms("γ forgotten", ["γ"], (x, _, eps) => Make(x, (n, c) => x[n, c] / Math.Sqrt(Row(x, n).Average(v => v * v) + eps))),
        Rms("1 + γ, as Gemma's", ["γ"], (x, gamma, eps) => Make(x, (n, c) => (1 + gamma[c]) * x[n, c] / Math.Sqrt(Row(x, n).Average(v => v * v) + eps))),
        Rms("multiplied by the root", ["divide", "multipl"], (x, gamma, eps) => Make(x, (n, c) => gamma[c] * x[n, c] * Math.Sqrt(Row(x, n).Average(v => v * v) + eps))),
        Rms("squares not set to zero", ["next row", "next sample", "first row", "first sample", "zero"], (x, gamma, eps) =>
        {
            var y = new double[x.GetLength(0), x.GetLength(1)];
            var ms = 0.0;
            for (var i = 0; i < y.GetLength(0); i++)
            {
                ms += Row(x, i).Sum(v => v * v) / y.GetLength(1);
                for (var j = 0; j < y.GetLength(1); j++)
                    y[i, j] = gamma[j] * x[i, j] / Math.Sqrt(ms + eps);
            }
            return y;
        }),

        Images("each image by itself", ["instance", "image", "sample"], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b == c))),
        Images("all channels of an image", ["layer norm", "image", "sample", "channel"], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (n, _) => Where(x, (a, _) => a == n))),
        Images("everything", ["whole", "channel", "everything", "all"], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (_, _) => Where(x, (_, _) => true))),
        Images("each pixel by itself", ["pixel"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            double[] values = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, c, h, w])];
            return gamma[c] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[c];
        })),
        Images("by N alone", ["N", "H·W", "pixel", "another count"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var values = Where(x, (_, b) => b == c);
            var mean = values.Sum() / x.GetLength(0);
            return gamma[c] * (x[n, c, h, w] - mean) / Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / x.GetLength(0) + eps) + beta[c];
        })),
        Images("γ by the image", ["γ", "index"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) => gamma[n] * (x[n, c, h, w] - Where(x, (_, b) => b == c).Average()) / Math.Sqrt(Variance(Where(x, (_, b) => b == c)) + eps) + beta[n])),
        Images("γ by the column of pixels", ["γ", "index"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) => gamma[w % gamma.Length] * (x[n, c, h, w] - Where(x, (_, b) => b == c).Average()) / Math.Sqrt(Variance(Where(x, (_, b) => b == c)) + eps) + beta[w % beta.Length])),
        Images("NHWC: the last axis as the channel", ["axis", "axes", "W", "Keras"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var values = Enumerable.Range(0, x.GetLength(0)).SelectMany(a => Enumerable.Range(0, x.GetLength(1)).SelectMany(b => Enumerable.Range(0, x.GetLength(2)).Select(d => x[a, b, d, w]))).ToArray();
            return gamma[c] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[c];
        })),
        Images("n − 1", ["n − 1", "less one"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var values = Where(x, (_, b) => b == c);
            return gamma[c] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) * values.Length / (values.Length - 1) + eps) + beta[c];
        })),
        Images("the mean of the images' variances", ["image", "variance", "sample", "own mean"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var variance = Enumerable.Range(0, x.GetLength(0)).Average(i => Variance(Where(x, (a, b) => a == i && b == c)));
            return gamma[c] * (x[n, c, h, w] - Where(x, (_, b) => b == c).Average()) / Math.Sqrt(variance + eps) + beta[c];
        })),
        Images("the last row of pixels not written", ["last"], (x, gamma, beta, eps) =>
        {
            var y = By(x, gamma, beta, eps, (_, c) => Where(x, (_, b) => b == c));
            return Make(y, (n, c, h, w) => h == y.GetLength(2) - 1 ? 0 : y[n, c, h, w]);
        }),

        Instance("batch norm", ["batch"], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (_, c) => Where(x, (_, b) => b == c))),
        Instance("layer norm", ["layer norm", "channel"], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (n, _) => Where(x, (a, _) => a == n))),
        Instance("no γ, no β", ["γ"], (x, _, _, eps) => Make(x, (n, c, h, w) => (x[n, c, h, w] - Where(x, (a, b) => a == n && b == c).Average()) / Math.Sqrt(Variance(Where(x, (a, b) => a == n && b == c)) + eps))),
        Instance("n − 1", ["n − 1", "less one"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var values = Where(x, (a, b) => a == n && b == c);
            return gamma[c] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) * values.Length / (values.Length - 1) + eps) + beta[c];
        })),
        Instance("ε to the deviation", ["ε"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) => gamma[c] * (x[n, c, h, w] - Where(x, (a, b) => a == n && b == c).Average()) / (Math.Sqrt(Variance(Where(x, (a, b) => a == n && b == c))) + eps) + beta[c])),
        Instance("1 / (H · W) of whole numbers", ["mean", "integer", "whole number", "variance", "statistics"], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var share = 1 / (x.GetLength(2) * x.GetLength(3));
            double mean = 0, variance = 0;
            foreach (var v in Where(x, (a, b) => a == n && b == c))
                mean += v * share;
            foreach (var v in Where(x, (a, b) => a == n && b == c))
                variance += (v - mean) * (v - mean) * share;
            return gamma[c] * (x[n, c, h, w] - mean) / Math.Sqrt(variance + eps) + beta[c];
        })),

        Group("every third channel a group", ["%", "neighbour", "next to each other", "interleaved"], (x, groups, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b % groups == c % groups))),
        Group("the number of groups as their size", ["size", "number"], (x, groups, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b / groups == c / groups))),
        Group("over the batch, too", ["batch", "sample", "images"], (x, groups, gamma, beta, eps) => By(x, gamma, beta, eps, (_, c) => Where(x, (_, b) => b / (x.GetLength(1) / groups) == c / (x.GetLength(1) / groups)))),
        Group("layer norm", ["layer norm", "one group", "all channels"], (x, _, gamma, beta, eps) => By(x, gamma, beta, eps, (n, _) => Where(x, (a, _) => a == n))),
        Group("instance norm", ["instance norm", "each channel"], (x, _, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b == c))),
        Group("a γ for each group", ["γ"], (x, groups, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            int size = x.GetLength(1) / groups, g = c / size;
            var values = Where(x, (a, b) => a == n && b / size == g);
            return gamma[g] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[g];
        })),
        Group("a γ by the place within the group", ["γ"], (x, groups, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            int size = x.GetLength(1) / groups, g = c / size;
            var values = Where(x, (a, b) => a == n && b / size == g);
            return gamma[c % size] * (x[n, c, h, w] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[c % size];
        })),
        Group("by H·W alone", ["channels", "size", "H·W", "another count"], (x, groups, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var size = x.GetLength(1) / groups;
            var values = Where(x, (a, b) => a == n && b / size == c / size);
            double m = x.GetLength(2) * x.GetLength(3), mean = values.Sum() / m;
            return gamma[c] * (x[n, c, h, w] - mean) / Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / m + eps) + beta[c];
        })),
        Group("ε forgotten", ["ε"], (x, groups, gamma, beta, _) => By(x, gamma, beta, 0, (n, c) => Where(x, (a, b) => a == n && b / (x.GetLength(1) / groups) == c / (x.GetLength(1) / groups)))),
        Group("the last group left out", ["last", "zero"], (x, groups, gamma, beta, eps) =>
        {
            var size = x.GetLength(1) / groups;
            var y = By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b / size == c / size));
            return Make(y, (n, c, h, w) => c / size == groups - 1 ? 0 : y[n, c, h, w]);
        }),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Layer("rows as arrays", [], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + eps) + beta[c])),
        Layer("E[x²] − E[x]²", [], (x, gamma, beta, eps) => Make(x, (n, c) => beta[c] + gamma[c] * (x[n, c] - Row(x, n).Average()) * Math.Pow(Row(x, n).Average(v => v * v) - Math.Pow(Row(x, n).Average(), 2) + eps, -0.5))),
        Rms("√C times the unit vector", [], (x, gamma, eps) => Make(x, (n, c) => x[n, c] * gamma[c] * Math.Sqrt(x.GetLength(1)) / Math.Sqrt(Row(x, n).Sum(v => v * v) + eps * x.GetLength(1)))),
        Rms("reciprocal root", [], (x, gamma, eps) => Make(x, (n, c) => x[n, c] * Math.Pow(Row(x, n).Select(v => v * v).Average() + eps, -0.5) * gamma[c])),
        Images("a channel as a list", [], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (_, c) => Where(x, (_, b) => b == c))),
        Images("the means of the images, then of them", [], (x, gamma, beta, eps) => Make(x, (n, c, h, w) =>
        {
            var images = Enumerable.Range(0, x.GetLength(0)).Select(i => Where(x, (a, b) => a == i && b == c)).ToArray();
            var mean = images.Average(image => image.Average());
            return gamma[c] * (x[n, c, h, w] - mean) / Math.Sqrt(images.Average(image => image.Average(v => (v - mean) * (v - mean))) + eps) + beta[c];
        })),
        Instance("as lists", [], (x, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b == c))),
        Group("by the group's number", [], (x, groups, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) => Where(x, (a, b) => a == n && b * groups / x.GetLength(1) == c * groups / x.GetLength(1)))),
        Group("by first and last channel", [], (x, groups, gamma, beta, eps) => By(x, gamma, beta, eps, (n, c) =>
        {
            var size = x.GetLength(1) / groups;
            var first = c - c % size;
            return Where(x, (a, b) => a == n && b >= first && b < first + size);
        })),
    ];
}
