using static BnNotebooks.Checks.Tests.Answers.Arrays;
using Function = System.Func<double[], double[], double[,], double, (double[] Mean, double[] Variance)>;

namespace BnNotebooks.Checks.Tests.Answers;

static class RunningStatisticsAnswers
{
    static Answer Running(string name, string[] words, Function function) => new($"RunningStatistics: {name}", words, () => Check.RunningStatistics((mean, variance, x, m) => function(mean, variance, x, m)));

    static double Sample(double[] values) => Variance(values) * values.Length / (values.Length - 1.0);

    static double[] Each(double[] old, Func<double, int, double> value) => [.. old.Select(value)];

    public static IEnumerable<Answer> Wrong =>
    [
        Running("population variance", ["n − 1"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Variance(Column(x, c))))),
        Running("n/(n − 1) of whole numbers", ["n − 1", "whole number", "integer"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Variance(Column(x, c)) * (x.GetLength(0) / (x.GetLength(0) - 1))))),
        Running("Keras's momentum", ["momentum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => m * old + (1 - m) * Column(x, c).Average()), Each(variance, (old, c) => m * old + (1 - m) * Sample(Column(x, c))))),
        Running("Keras's momentum for the variance alone", ["momentum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => m * old + (1 - m) * Sample(Column(x, c))))),
        Running("the batch's statistics alone", ["batch", "old"], (mean, variance, x, _) =>
            (Each(mean, (old, c) => Column(x, c).Average()), Each(variance, (old, c) => Sample(Column(x, c))))),
        Running("added to the old", ["1 − momentum", "old"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => old + m * Column(x, c).Average()), Each(variance, (old, c) => old + m * Sample(Column(x, c))))),
        Running("momentum forgotten on the batch's", ["momentum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + Sample(Column(x, c))))),
        Running("halves", ["momentum"], (mean, variance, x, _) =>
            (Each(mean, (old, c) => (old + Column(x, c).Average()) / 2), Each(variance, (old, c) => (old + Sample(Column(x, c))) / 2))),
        Running("momentum on both", ["momentum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => m * old + m * Column(x, c).Average()), Each(variance, (old, c) => m * old + m * Sample(Column(x, c))))),
        Running("the sign of the difference", ["sign", "momentum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => old + m * (old - Column(x, c).Average())), Each(variance, (old, c) => old + m * (old - Sample(Column(x, c)))))),
        Running("the deviation remembered", ["deviation", "root"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Math.Sqrt(Sample(Column(x, c)))))),
        Running("squares around the running mean", ["running mean", "around"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Column(x, c).Sum(v => Math.Pow(v - mean[c], 2)) / (x.GetLength(0) - 1)))),
        Running("squares around the new running mean", ["running mean", "around"], (mean, variance, x, m) =>
        {
            var next = Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average());
            return (next, Each(variance, (old, c) => (1 - m) * old + m * Column(x, c).Sum(v => Math.Pow(v - next[c], 2)) / (x.GetLength(0) - 1)));
        }),
        Running("squares around zero", ["around", "mean"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Column(x, c).Sum(v => v * v) / (x.GetLength(0) - 1)))),
        Running("the sum for the mean", ["sum"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Sum()), Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c))))),
        Running("the sum of squares for the variance", ["sum", "divide"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Variance(Column(x, c)) * x.GetLength(0)))),
        Running("the variance left as it was", ["variance", "runningVar"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), [.. variance])),
        Running("mean and variance exchanged", ["exchanged", "variance", "swapped"], (mean, variance, x, m) =>
            (Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c))), Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()))),
        Running("n − 1 in the mean, too", ["n − 1"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Sum() / (x.GetLength(0) - 1)), Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c))))),
        Running("corrected twice", ["twice"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c)) * x.GetLength(0) / (x.GetLength(0) - 1)))),
        Running("the whole table", ["whole table", "table"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => (1 - m) * old + m * Flat(x).Average()), Each(variance, (old, c) => (1 - m) * old + m * Sample(Flat(x))))),
        Running("the sum not set to zero for the next column", ["next column", "first column", "first", "zero"], (mean, variance, x, m) =>
        {
            var next = new double[mean.Length];
            double sum = 0;
            for (var c = 0; c < next.Length; c++)
            {
                for (var n = 0; n < x.GetLength(0); n++)
                    sum += x[n, c];
                next[c] = (1 - m) * mean[c] + m * sum / x.GetLength(0);
            }
            return (next, Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c))));
        }),
        Running("in place", ["in place"], (mean, variance, x, m) =>
        {
            for (var c = 0; c < mean.Length; c++)
            {
                mean[c] = (1 - m) * mean[c] + m * Column(x, c).Average();
                variance[c] = (1 - m) * variance[c] + m * Sample(Column(x, c));
            }
            return (mean, variance);
        }),
        Running("the last unit left out", ["last"], (mean, variance, x, m) =>
            (Each(mean, (old, c) => c == mean.Length - 1 ? 0 : (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) => (1 - m) * old + m * Sample(Column(x, c))))),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Running("moved towards the batch", [], (mean, variance, x, m) =>
            (Each(mean, (old, c) => old + m * (Column(x, c).Average() - old)), Each(variance, (old, c) => old + m * (Sample(Column(x, c)) - old)))),
        Running("Keras's formula with 1 − momentum", [], (mean, variance, x, momentum) =>
        {
            var keep = 1.0 - momentum;
            return (Each(mean, (old, c) => old * keep + Column(x, c).Average() * (1 - keep)), Each(variance, (old, c) => old * keep + Sample(Column(x, c)) * (1 - keep)));
        }),
        Running("one pass over the rows", [], (mean, variance, x, m) =>
        {
            double n = x.GetLength(0);
            var (sums, squares) = (new double[mean.Length], new double[mean.Length]);
            for (var i = 0; i < n; i++)
                for (var c = 0; c < mean.Length; c++)
                    (sums[c], squares[c]) = (sums[c] + x[i, c], squares[c] + x[i, c] * x[i, c]);
            return (Each(mean, (old, c) => (1 - m) * old + m * sums[c] / n), Each(variance, (old, c) => (1 - m) * old + m * (squares[c] - sums[c] * sums[c] / n) / (n - 1)));
        }),
        Running("pairs of samples", [], (mean, variance, x, m) => (Each(mean, (old, c) => (1 - m) * old + m * Column(x, c).Average()), Each(variance, (old, c) =>
        {
            var column = Column(x, c);
            return (1 - m) * old + m * column.Sum(a => column.Sum(b => (a - b) * (a - b))) / (2 * column.Length * (column.Length - 1));
        }))),
    ];
}
