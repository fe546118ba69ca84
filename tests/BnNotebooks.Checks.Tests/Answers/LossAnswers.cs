using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

static class LossAnswers
{
    static Answer Loss(string name, string[] words, Func<double[,], int[], double> function) => new($"CrossEntropy: {name}", words, () => Check.CrossEntropy((z, labels) => function(z, labels)));

    static Answer Gradient(string name, string[] words, Func<double[,], int[], double[,]> function) => new($"CrossEntropyGradient: {name}", words, () => Check.CrossEntropyGradient((z, labels) => function(z, labels)));

    static double[] Softmax(double[] z)
    {
        var largest = z.Max();
        double[] e = [.. z.Select(v => Math.Exp(v - largest))];
        return [.. e.Select(v => v / e.Sum())];
    }

    static double[,] Softmax(double[,] z) => Make(z, (n, k) => Softmax(Row(z, n))[k]);

    static double LogLoss(double[,] z, int n, int label) => Row(z, n).Max() + Math.Log(Row(z, n).Sum(v => Math.Exp(v - Row(z, n).Max()))) - z[n, label];

    static IEnumerable<double> Losses(double[,] z, int[] labels) => labels.Select((label, n) => LogLoss(z, n, label));

    public static IEnumerable<Answer> Wrong =>
    [
        Loss("the sum over the batch", ["sum", "N"], (z, labels) => Losses(z, labels).Sum()),
        Loss("the sign forgotten", ["sign", "minus"], (z, labels) => -Losses(z, labels).Average()),
        Loss("exp of the plain logits", ["largest", "overflow", "infinit", "NaN"], (z, labels) => labels.Select((label, n) => -Math.Log(Math.Exp(z[n, label]) / Row(z, n).Sum(Math.Exp))).Average()),
        Loss("the largest of the batch taken off", ["largest", "row", "sample", "underflow", "infinit", "NaN"], (z, labels) =>
        {
            var largest = Flat(z).Max();
            return labels.Select((label, n) => Math.Log(Row(z, n).Sum(v => Math.Exp(v - largest))) - (z[n, label] - largest)).Average();
        }),
        Loss("the largest not taken off the label's", ["largest", "label"], (z, labels) => labels.Select((label, n) => Math.Log(Row(z, n).Sum(v => Math.Exp(v - Row(z, n).Max()))) - z[n, label]).Average()),
        Loss("base 10", ["10", "natural", "Log"], (z, labels) => Losses(z, labels).Average() / Math.Log(10)),
        Loss("base 2", ["log2", "natural", "base", "bit", "1.443"], (z, labels) => Losses(z, labels).Average() / Math.Log(2)),
        Loss("no logarithm", ["logarithm", "log"], (z, labels) => labels.Select((label, n) => -Softmax(Row(z, n))[label]).Average()),
        Loss("1 − p", ["logarithm", "log"], (z, labels) => labels.Select((label, n) => 1 - Softmax(Row(z, n))[label]).Average()),
        Loss("the label's logit alone", ["softmax", "logit"], (z, labels) => labels.Select((label, n) => -z[n, label]).Average()),
        Loss("log of the logits' share, no exp", ["exp", "softmax", "NaN"], (z, labels) => labels.Select((label, n) => -Math.Log(z[n, label] / Row(z, n).Sum())).Average()),
        Loss("softmax over the batch", ["column", "batch", "row", "axis", "softmax"], (z, labels) => labels.Select((label, n) => -Math.Log(Softmax(Column(z, label))[n])).Average()),
        Loss("softmax over the table", ["whole table", "table", "all"], (z, labels) => labels.Select((label, n) => -Math.Log(Softmax(Flat(z))[n * z.GetLength(1) + label])).Average()),
        Loss("softmax twice", ["twice", "softmax"], (z, labels) => labels.Select((label, n) => -Math.Log(Softmax(Softmax(Row(z, n)))[label])).Average()),
        Loss("the mean over the classes, too", ["K", "class"], (z, labels) => Losses(z, labels).Average() / z.GetLength(1)),
        Loss("the sum not set to zero", ["next", "zero", "first"], (z, labels) =>
        {
            double loss = 0, sum = 0;
            for (var n = 0; n < labels.Length; n++)
            {
                for (var k = 0; k < z.GetLength(1); k++)
                    sum += Math.Exp(z[n, k]);
                loss += Math.Log(sum) - z[n, labels[n]];
            }
            return loss / labels.Length;
        }),
        Loss("squared differences", ["square", "logarithm", "log"], (z, labels) => labels.Select((label, n) => Softmax(Row(z, n)).Select((p, k) => Math.Pow(p - (k == label ? 1 : 0), 2)).Sum()).Average()),
        Loss("the entropy", ["label", "entropy"], (z, labels) => labels.Select((_, n) => -Softmax(Row(z, n)).Sum(p => p * Math.Log(p + 1e-300))).Average()),
        Loss("the last sample left out", ["last"], (z, labels) => Losses(z, labels).SkipLast(1).Sum() / labels.Length),
        Loss("returned after the first sample", ["first sample", "first"], (z, labels) => Losses(z, labels).First() / labels.Length),
        Loss("labels from 1", ["index", "label"], (z, labels) => labels.Select((label, n) => LogLoss(z, n, label - 1)).Average()),
        Loss("a small number within the logarithm", ["ε", "1e-", "small", "logarithm", "underflow"], (z, labels) => labels.Select((label, n) => -Math.Log(Softmax(Row(z, n))[label] + 1e-5)).Average()),

        Gradient("not over N", ["N"], (z, labels) => Make(z, (n, k) => Softmax(z)[n, k] - (k == labels[n] ? 1 : 0))),
        Gradient("one over N for the shares alone", ["N", "1 "], (z, labels) => Make(z, (n, k) => Softmax(z)[n, k] / labels.Length - (k == labels[n] ? 1 : 0))),
        Gradient("one over N for the label alone", ["N"], (z, labels) => Make(z, (n, k) => Softmax(z)[n, k] - (k == labels[n] ? 1.0 / labels.Length : 0))),
        Gradient("the label's place not lowered", ["label", "1"], (z, labels) => Make(z, (n, k) => Softmax(z)[n, k] / labels.Length)),
        Gradient("the sign", ["sign"], (z, labels) => Make(z, (n, k) => ((k == labels[n] ? 1 : 0) - Softmax(z)[n, k]) / labels.Length)),
        Gradient("plus one", ["sign", "plus", "subtract"], (z, labels) => Make(z, (n, k) => (Softmax(z)[n, k] + (k == labels[n] ? 1 : 0)) / labels.Length)),
        Gradient("the label's place alone", ["label", "other"], (z, labels) => Make(z, (n, k) => k == labels[n] ? (Softmax(z)[n, k] - 1) / labels.Length : 0)),
        Gradient("−1/p, as if the shares were the inputs", ["softmax", "shares", "logits"], (z, labels) => Make(z, (n, k) => k == labels[n] ? -1 / Softmax(z)[n, k] / labels.Length : 0)),
        Gradient("logits, no softmax", ["softmax"], (z, labels) => Make(z, (n, k) => (z[n, k] - (k == labels[n] ? 1 : 0)) / labels.Length)),
        Gradient("softmax over the batch", ["column", "batch", "row", "softmax"], (z, labels) => Make(z, (n, k) => (Softmax(Column(z, k))[n] - (k == labels[n] ? 1 : 0)) / labels.Length)),
        Gradient("plain exponentials", ["largest", "overflow", "infinit", "NaN"], (z, labels) => Make(z, (n, k) => (Math.Exp(z[n, k]) / Row(z, n).Sum(Math.Exp) - (k == labels[n] ? 1 : 0)) / labels.Length)),
        Gradient("1 / N of whole numbers", ["N", "label", "whole number", "subtract 1"], (z, labels) => Make(z, (n, k) => Softmax(z)[n, k] / labels.Length - (k == labels[n] ? 1 / labels.Length : 0))),
        Gradient("over the classes", ["K", "class"], (z, labels) => Make(z, (n, k) => (Softmax(z)[n, k] - (k == labels[n] ? 1 : 0)) / z.GetLength(1))),
        Gradient("over both", ["K", "class"], (z, labels) => Make(z, (n, k) => (Softmax(z)[n, k] - (k == labels[n] ? 1 : 0)) / z.Length)),
        Gradient("softmax's derivative p(1 − p) on top", ["derivative", "p(1 − p)", "softmax"], (z, labels) => Make(z, (n, k) => (Softmax(z)[n, k] - (k == labels[n] ? 1 : 0)) * Softmax(z)[n, k] * (1 - Softmax(z)[n, k]) / labels.Length)),
        Gradient("in place of the logits", ["in place"], (z, labels) =>
        {
            for (var n = 0; n < labels.Length; n++)
            {
                var p = Softmax(Row(z, n));
                for (var k = 0; k < p.Length; k++)
                    z[n, k] = (p[k] - (k == labels[n] ? 1 : 0)) / labels.Length;
            }
            return z;
        }),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Loss("log-sum-exp", [], (z, labels) => Losses(z, labels).Sum() / labels.Length),
        Loss("from shares", [], (z, labels) => labels.Select((label, n) => -Math.Log(Softmax(Row(z, n))[label])).Average()),
        Loss("differences to the label's logit, as 1 + Σ", [], (z, labels) => labels.Select((label, n) =>
        {
            var others = Row(z, n).Where((_, k) => k != label).Select(v => v - z[n, label]).ToArray();
            var top = Math.Max(0, others.Max());
            return top + Math.Log(Math.Exp(-top) + others.Sum(v => Math.Exp(v - top)));
        }).Average()),
        Gradient("one-hot", [], (z, labels) => Make(z, (n, k) => (Softmax(z)[n, k] - (k == labels[n] ? 1 : 0)) / labels.Length)),
        Gradient("exp(log p)", [], (z, labels) => Make(z, (n, k) => (Math.Exp(-LogLoss(z, n, k)) - Convert.ToDouble(labels[n] == k)) / labels.Length)),
    ];
}
