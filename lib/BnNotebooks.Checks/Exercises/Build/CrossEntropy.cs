using Function = System.Func<double[,], int[], double>;

namespace BnNotebooks.Checks;

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
            Trial("logits near 1000 in one row, near −1000 in another", Apart(Softmax.Batch(88, 4, 3, scale: 3))),
        ],
        Mistakes =
        [
            .. Slips.Of<Function>(
            [Softmax.Overflow, Sum, Entries, Sign, NoLog, Base2, Base10, Softmax.OverSamples, Softmax.OverTable, Softmax.NotShared, Others, LastOnly, Squared, LogOfMean, FirstLabel, Unlabelled, TwiceSoftmax],
            has => (logits, labels) => Wrong(logits, labels, has)),
            Of("You took the largest logit of the whole batch off: in the other rows, all exponentials are 0. Each row has its own largest.", (logits, labels) =>
                Enumerable.Range(0, labels.Length).Average(n => Math.Log(Row(logits, n).Sum(v => Math.Exp(v - logits.Cast<double>().Max()))) - (logits[n, labels[n]] - logits.Cast<double>().Max()))),
            Of("You took the largest off in the sum, but not from the right class's logit.", (logits, labels) =>
                Enumerable.Range(0, labels.Length).Average(n => Loss(logits, labels, n) - Row(logits, n).Max())),
            Of("The last sample is left out: does the loop end one too early?", (logits, labels) => Enumerable.Range(0, labels.Length - 1).Sum(n => Loss(logits, labels, n)) / labels.Length),
            Of("Only the first sample is in it: does the function return within the loop?", (logits, labels) => Loss(logits, labels, 0) / labels.Length),
            Of("Only the first sample is in it: does the function return within the loop?", (logits, labels) => Loss(logits, labels, 0)),
            Of("You averaged −share, without the logarithm: cross-entropy is −log(share).", (logits, labels) => -Enumerable.Range(0, labels.Length).Average(n => Math.Exp(-Loss(logits, labels, n)))),
            Of("You took the logits for logarithms of shares: softmax comes before.", (logits, labels) => -Enumerable.Range(0, labels.Length).Average(n => logits[n, labels[n]])),
            Of("This is the shares' entropy; it does not know the labels.", (logits, labels) => Enumerable.Range(0, labels.Length).Average(n => Row(logits, n).Select((_, k) => Entropy(LogShare(logits, n, k))).Sum())),
            .. from small in new[] { 1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12 }
               select Of("You added a small number within the logarithm; with the row's largest logit taken off none is needed.", (logits, labels) =>
                   -Enumerable.Range(0, labels.Length).Average(n => Math.Log(Math.Exp(-Loss(logits, labels, n)) + small))),
            Of("The sum of exponentials is not set back to 0 for the next sample.", SumGoesOn),
        ],
        Hints =
        [
            "For each sample: the share of the right class is exp(its logit) / Σ exp(logit). The loss is −log of that share, averaged over the samples.",
            "exp(1000) is ∞ in double. Subtract the largest logit of the row from all of them: no share changes.",
            "−log of the share is log Σ exp(z − largest) − (z of the right class − largest): so nothing is divided, and no log of 0 is taken.",
        ],
    };

    static Mistake<Function> Of(string name, Function wrong) => new(name, wrong);

    static (double[,] Logits, int[] Labels) Apart((double[,] Logits, int[] Labels) batch)
    {
        for (var k = 0; k < batch.Logits.GetLength(1); k++)
            (batch.Logits[0, k], batch.Logits[1, k]) = (batch.Logits[0, k] + 1000, batch.Logits[1, k] - 1000);
        return batch;
    }

    static double[] Row(double[,] logits, int n) => [.. Enumerable.Range(0, logits.GetLength(1)).Select(k => logits[n, k])];

    static double LogShare(double[,] logits, int n, int k)
    {
        var row = Row(logits, n);
        return row[k] - row.Max() - Math.Log(row.Sum(v => Math.Exp(v - row.Max())));
    }

    static double Loss(double[,] logits, int[] labels, int n) => -LogShare(logits, n, labels[n]);

    static double Entropy(double log) => -Math.Exp(log) * log;

    static double SumGoesOn(double[,] logits, int[] labels)
    {
        double loss = 0, sum = 0;
        for (var n = 0; n < labels.Length; n++)
        {
            sum += Row(logits, n).Sum(Math.Exp);
            loss += Math.Log(sum) - logits[n, labels[n]];
        }
        return loss / labels.Length;
    }

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
