namespace BnNotebooks.Checks;

using Function = Func<double[,], int[], double>;

public static partial class Check
{
    /// <summary>Checks softmax and cross-entropy, averaged over the batch: (logits (N, K), labels (N)) to the loss.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult CrossEntropy(Function answer) => CrossEntropyExercise.Exercise.Check(answer);
}

static class CrossEntropyExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "CrossEntropy",
        Title = "Softmax and cross-entropy",
        Solution = CrossEntropy,
        Trials =
        [
            Trial("5 samples of 4 classes", Softmax.Batch(81, 5, 4)),
            Trial("3 samples of 6 classes", Softmax.Batch(82, 3, 6)),
            Trial("logits near 1000", Softmax.Batch(83, 4, 3, scale: 3, shift: 1000)),
            Trial("logits near −1000", Softmax.Batch(84, 4, 3, scale: 3, shift: -1000)),
        ],
        Mistakes = Slips.Of<Function>(
            [Softmax.Overflow, Sum, Entries, Sign, NoLog, Base2, Base10, Softmax.OverSamples, Softmax.OverTable, Softmax.NotShared, Others, LastOnly, Squared, LogOfMean, FirstLabel, Unlabelled, TwiceSoftmax],
            has => (logits, labels) => Wrong(logits, labels, has)),
        Hints =
        [
            "For each sample: the share of the right class is exp(its logit) / Σ exp(logit). The loss is −log of that share, averaged over the samples.",
            "exp(1000) is ∞ in double. Subtract the largest logit of the row from all of them: no share changes.",
            "−log of the share is log Σ exp(z − largest) − (z of the right class − largest): so nothing is divided, and no log of 0 is taken.",
        ],
    };

    static Trial<Function> Trial(string name, (double[,] Logits, int[] Labels) batch) =>
        new(name, (f, given) => [Part.Of("loss", f(given.Copy("logits", batch.Logits), given.Copy("labels", batch.Labels)))])
        {
            Factors = [("N", batch.Logits.GetLength(0)), ("K, the number of classes,", batch.Logits.GetLength(1))],
        };

    // solution of CrossEntropy
    static double CrossEntropy(double[,] logits, int[] labels)
    {
        var (N, K) = (logits.GetLength(0), logits.GetLength(1));
        var loss = 0.0;
        for (var n = 0; n < N; n++)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (var k = 0; k < K; k++)
                largest = Math.Max(largest, logits[n, k]);
            for (var k = 0; k < K; k++)
                sum += Math.Exp(logits[n, k] - largest);
            loss += Math.Log(sum) - (logits[n, labels[n]] - largest);
        }
        return loss / N;
    }
    // end

    const string
        Sum = "This is the sum over the samples; the loss is their mean.",
        Entries = "You divided by all entries, N·K; the mean is over the N samples.",
        Sign = "The minus is missing: the log of a share is negative, the loss is not.",
        NoLog = "You averaged 1 − share, without the logarithm: cross-entropy is −log(share).",
        Base2 = "You took the logarithm to base 2; the loss is in the natural one, Math.Log.",
        Base10 = "You took the logarithm to base 10; the loss is in the natural one, Math.Log.",
        Others = "You added −log(1 − share) of the other classes: that is for classes that do not exclude each other (binary cross-entropy).",
        LastOnly = "Only the last sample is in it: add to the loss (+=), do not replace it.",
        Squared = "You took squares of share − 1 for the right class and share for the others (Brier's score); cross-entropy is −log(share).",
        LogOfMean = "You took the logarithm of the mean share; it is the mean of the logarithms.",
        FirstLabel = "You took the first sample's label for all of them.",
        Unlabelled = "You averaged over all classes; only the right class's share counts.",
        TwiceSoftmax = "You took softmax twice: shares went into softmax again.";

    static double Wrong(double[,] logits, int[] labels, Func<string, bool> has)
    {
        var shares = Softmax.Of(logits, has);
        shares = has(TwiceSoftmax) ? Softmax.Of(shares, has) : shares;
        var (rows, classes) = (shares.GetLength(0), shares.GetLength(1));
        double Log(double value) => has(Base2) ? Math.Log2(value) : has(Base10) ? Math.Log10(value) : Math.Log(value);
        double Loss(int n)
        {
            var label = labels[has(FirstLabel) ? 0 : n];
            double Share(int k) => shares[n, k];
            var all = Enumerable.Range(0, classes);
            return has(Squared) ? all.Sum(k => Math.Pow(Share(k) - (k == label ? 1 : 0), 2))
                : has(NoLog) ? 1 - Share(label)
                : has(Unlabelled) ? -all.Average(k => Log(Share(k)))
                : -Log(Share(label)) - (has(Others) ? all.Where(k => k != label).Sum(k => Log(1 - Share(k))) : 0);
        }
        var samples = Enumerable.Range(0, rows);
        var total = has(LogOfMean) ? -rows * Log(samples.Average(n => shares[n, labels[n]])) : samples.Skip(has(LastOnly) ? rows - 1 : 0).Sum(Loss);
        return total / (has(Sum) ? 1 : has(Entries) ? rows * classes : rows) * (has(Sign) ? -1 : 1);
    }
}
