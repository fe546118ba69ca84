using Function = System.Func<double[,], int[], double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the gradient of softmax and cross-entropy, averaged over the batch: (logits (N, K), labels (N)) to (N, K).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult CrossEntropyGradient(Function answer) => CrossEntropyGradientExercise.Exercise.Check(answer);
}

static class CrossEntropyGradientExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "CrossEntropyGradient",
        Title = "The gradient of softmax and cross-entropy",
        Solution = CrossEntropyGradient,
        Trials =
        [
            Trial("5 samples of 4 classes", Softmax.Batch(85, 5, 4)),
            Trial("3 samples of 6 classes", Softmax.Batch(86, 3, 6)),
            Trial("logits near 1000", Softmax.Batch(87, 4, 3, shift: 1000)),
        ],
        Mistakes =
        [
            .. Slips.Of<Function>(
            [Softmax.Overflow, NotMean, Entries, Sign, NoOneHot, OneHotOnly, Softmax.OverSamples, Softmax.OverTable, Softmax.NotShared, OfShare, Slope, SumsOnly, FirstLabel, PlusOne],
            has => (logits, labels) => Wrong(logits, labels, has)),
            Of("You divided by K, the number of classes; the mean is over the N samples.", (share, right, _, classes) => (share - right) / classes),
            Of("Only the shares are divided by N; the 1 of the right class is, too: 1/N.", (share, right, samples, _) => share / samples - right),
            Of("Only the 1 of the right class is divided by N; the shares are, too.", (share, right, samples, _) => share - right / samples),
            new("The logits went in where their shares belong: softmax comes before.", (logits, labels) =>
                Over(logits, (n, k) => (logits[n, k] - (k == labels[n] ? 1 : 0)) / labels.Length)),
        ],
        Hints =
        [
            "The loss of a sample is log Σ exp(z) − z of the right class. What is the slope of log Σ exp(z) along one z? Its share.",
            "So it is share − 1 for the right class, share for the others, and all of it over N, because the loss is a mean.",
        ],
    };

    static Mistake<Function> Of(string name, Func<double, double, int, int, double> wrong) => new(name, (logits, labels) =>
    {
        var shares = Softmax.Of(logits, _ => false);
        return Over(logits, (n, k) => wrong(shares[n, k], k == labels[n] ? 1 : 0, labels.Length, logits.GetLength(1)));
    });

    static double[,] Over(double[,] like, Func<int, int, double> value)
    {
        var table = new double[like.GetLength(0), like.GetLength(1)];
        for (var n = 0; n < table.GetLength(0); n++)
            for (var k = 0; k < table.GetLength(1); k++)
                table[n, k] = value(n, k);
        return table;
    }

    static Trial<Function> Trial(string name, (double[,] Logits, int[] Labels) batch) =>
        new(name, (f, given) => [Part.Of("gradient", f(given.Copy("logits", batch.Logits), given.Copy("labels", batch.Labels)))])
        {
            Factors = [("N", batch.Logits.GetLength(0)), ("K, the number of classes,", batch.Logits.GetLength(1))],
        };

    // solution of CrossEntropyGradient
    static double[,] CrossEntropyGradient(double[,] logits, int[] labels)
    {
        var (N, K) = (logits.GetLength(0), logits.GetLength(1));
        var gradient = new double[N, K];
        for (var n = 0; n < N; n++)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (var k = 0; k < K; k++)
                largest = Math.Max(largest, logits[n, k]);
            for (var k = 0; k < K; k++)
                sum += Math.Exp(logits[n, k] - largest);
            for (var k = 0; k < K; k++)
                gradient[n, k] = Math.Exp(logits[n, k] - largest) / sum / N;
            gradient[n, labels[n]] -= 1.0 / N;
        }
        return gradient;
    }
    // end

    const string
        NotMean = "The loss is a mean over the samples: divide by N.",
        Entries = "You divided by all entries, N·K; the mean is over the N samples.",
        Sign = "The sign is wrong: it is share − 1 for the right class, so that a step against the gradient raises its logit.",
        NoOneHot = "These are the shares; subtract 1 for the right class.",
        OneHotOnly = "The shares are missing: it is share − 1 for the right class, and share for the others.",
        OfShare = "This is the slope by the share, −1/share; the loss is derived by the logits, through softmax.",
        Slope = "You multiplied by share·(1 − share), softmax's slope, once more: share − 1 contains it already.",
        SumsOnly = "The other classes are left at 0; raising their logits lowers the right one's share, so they have a gradient, too.",
        FirstLabel = "You took the first sample's label for all of them.",
        PlusOne = "You added 1 for the right class; it is subtracted.";

    static double[,] Wrong(double[,] logits, int[] labels, Func<string, bool> has)
    {
        var shares = Softmax.Of(logits, has);
        var (rows, classes) = (shares.GetLength(0), shares.GetLength(1));
        var gradient = new double[rows, classes];
        for (var n = 0; n < rows; n++)
            for (var k = 0; k < classes; k++)
            {
                var right = k == labels[has(FirstLabel) ? 0 : n];
                var share = shares[n, k];
                var value = has(OfShare) ? right ? -1 / share : 0
                    : (has(OneHotOnly) ? 0 : share) - (right && !has(NoOneHot) ? has(PlusOne) ? -1 : 1 : 0);
                value *= has(Slope) ? share * (1 - share) : 1;
                gradient[n, k] = (has(SumsOnly) && !right ? 0 : value) / (has(NotMean) ? 1 : has(Entries) ? rows * classes : rows) * (has(Sign) ? -1 : 1);
            }
        return gradient;
    }
}
