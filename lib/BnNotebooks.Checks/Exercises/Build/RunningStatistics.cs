using Function = System.Func<double[], double[], double[,], double, (double[] Mean, double[] Variance)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how a batch changes the running statistics, with PyTorch's momentum: (running mean (C), running variance (C), x (N, C),
    /// momentum) to the new mean and variance.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RunningStatistics(Function answer) => RunningStatisticsExercise.Exercise.Check(answer);
}

static class RunningStatisticsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RunningStatistics",
        Title = "The running statistics",
        Solution = RunningStatistics,
        Trials =
        [
            Trial("a batch of 4, momentum 0.1", Numbers.Table(11, 4, 3), momentum: 0.1),
            Trial("a batch of 9, momentum 0.3", Numbers.Table(12, 9, 2), momentum: 0.3),
            Trial("momentum 1", Numbers.Table(13, 5, 2), momentum: 1),
        ],
        Mistakes =
        [
            .. Slips.Of<Function>(Typical, has => (mean, variance, x, momentum) => Wrong(mean, variance, x, momentum, has)),
            Mixed("You took the batch's share whole; it is momentum·batch.", (old, batch, momentum) => (1 - momentum) * old + batch),
            Mixed("You took half of each; the shares are 1 − momentum and momentum.", (old, batch, _) => (old + batch) / 2),
            Mixed("You took momentum as the share of both; the old average has 1 − momentum.", (old, batch, momentum) => momentum * old + momentum * batch),
            Mixed("The sign of the step is wrong: old + momentum·(batch − old).", (old, batch, momentum) => old + momentum * (old - batch)),
            Mixed("You subtracted the batch's share; it is added.", (old, batch, momentum) => (1 - momentum) * old - momentum * batch),
            new("Mean and variance changed places.", (mean, variance, x, momentum) => (Moved(variance, x, momentum, Sample), Moved(mean, x, momentum, values => values.Average()))),
            new("You took the variance around the new running mean; it is that of the batch, around the batch's own mean.", AroundTheNewMean),
            Batch("The variance is multiplied by n/(n − 1) twice.", values => (values.Average(), Sample(values) * values.Length / (values.Length - 1))),
            Batch("The variance lacks its division: a sum of squares is not a mean of squares.", values => (values.Average(), Sample(values) * (values.Length - 1))),
            Batch("You divided the mean by n − 1, too; that is for the variance alone.", values => (values.Sum() / (values.Length - 1), Sample(values))),
            .. WrongStatistics.OfMean.Concat(WrongStatistics.OfVariance).Select(wrong => Batch(wrong.Name, values => (wrong.Of(values).Mean, wrong.Of(values).Variance * values.Length / (values.Length - 1)))),
        ],
        Hints =
        [
            "The new average is a mixture of the old one and the batch's: the two shares add up to 1.",
            "In PyTorch, momentum is the share of the new: running = (1 − momentum)·running + momentum·batch.",
            "The variance that goes into the average is the unbiased one, Σ(x − μ)²/(n − 1): one estimates the variance of all data from n of them.",
        ],
    };

    static Trial<Function> Trial(string name, double[,] x, double momentum)
    {
        var (mean, variance) = (Numbers.List(14, x.GetLength(1), mean: 1), Numbers.Positive(15, x.GetLength(1)));
        return new(name, (f, given) =>
        {
            var (newMean, newVariance) = f(given.Copy("runningMean", mean), given.Copy("runningVar", variance), given.Copy("x", x), momentum);
            return [Part.Of("running mean", newMean), Part.Of("running variance", newVariance)];
        })
        { Factors = [("N", x.GetLength(0))] };
    }

    // solution of RunningStatistics
    static (double[] Mean, double[] Variance) RunningStatistics(
        double[] runningMean, double[] runningVar, double[,] x, double momentum)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (mean, variance) = (new double[C], new double[C]);
        for (var c = 0; c < C; c++)
        {
            double batchMean = 0, squares = 0;
            for (var n = 0; n < N; n++)
                batchMean += x[n, c] / N;
            for (var n = 0; n < N; n++)
                squares += (x[n, c] - batchMean) * (x[n, c] - batchMean);
            mean[c] = (1 - momentum) * runningMean[c] + momentum * batchMean;
            variance[c] = (1 - momentum) * runningVar[c] + momentum * squares / (N - 1);
        }
        return (mean, variance);
    }
    // end

    const string
        Keras = "You have momentum the other way round, as Keras: there it is the share of the old average, in PyTorch that of the new.",
        Biased = "You took n in the running variance; PyTorch takes the unbiased variance there, with n − 1.",
        Replaced = "The batch's statistics replace the averages: the old ones have a share of 1 − momentum.",
        Unchanged = "The averages stay as they were.",
        Added = "You added momentum·batch to the old average without taking (1 − momentum) of it: it grows without end.",
        OldForgotten = "You multiplied the batch's share only; the old average is missing: (1 − momentum)·old + momentum·batch.",
        Deviation = "You averaged the deviation; PyTorch averages the variance.",
        AroundRunning = "You took the variance around the running mean; it is that of the batch, around the batch's own mean.",
        WholeTable = "You took the statistics over the whole table; each feature has its own.",
        AroundZero = "The variance is around zero; it must be around the batch's mean.";

    static string[] Typical => [Keras, Biased, Replaced, Unchanged, Added, OldForgotten, Deviation, AroundRunning, WholeTable, AroundZero];

    static (double[] Mean, double[] Variance) AroundTheNewMean(double[] mean, double[] variance, double[,] x, double momentum)
    {
        var (rows, moved) = (x.GetLength(0), Moved(mean, x, momentum, values => values.Average()));
        return (moved, [.. variance.Select((old, c) => (1 - momentum) * old + momentum * Enumerable.Range(0, rows).Sum(n => Math.Pow(x[n, c] - moved[c], 2)) / (rows - 1))]);
    }

    // Right statistics of the batch, mixed in a wrong way.
    static Mistake<Function> Mixed(string name, Func<double, double, double, double> mix) => new(name, (mean, variance, x, momentum) =>
        (Mix(mean, x, (old, values) => mix(old, values.Average(), momentum)), Mix(variance, x, (old, values) => mix(old, Sample(values), momentum))));

    // Wrong statistics of the batch, mixed in the right way.
    static Mistake<Function> Batch(string name, Func<double[], (double Mean, double Variance)> batch) => new(name, (mean, variance, x, momentum) =>
        (Moved(mean, x, momentum, values => batch(values).Mean), Moved(variance, x, momentum, values => batch(values).Variance)));

    static double[] Moved(double[] old, double[,] x, double momentum, Func<double[], double> batch) => Mix(old, x, (before, values) => (1 - momentum) * before + momentum * batch(values));

    static double[] Mix(double[] old, double[,] x, Func<double, double[], double> mix) =>
        [.. old.Select((before, c) => mix(before, [.. Enumerable.Range(0, x.GetLength(0)).Select(n => x[n, c])]))];

    static double Sample(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);

    static (double[] Mean, double[] Variance) Wrong(double[] oldMean, double[] oldVariance, double[,] x, double momentum, Func<string, bool> has)
    {
        var columns = x.GetLength(1);
        var (mean, variance) = (new double[columns], new double[columns]);
        var (share, kept) = has(Keras) ? (1 - momentum, momentum) : (momentum, 1 - momentum);
        (share, kept) = has(Replaced) ? (1, 0) : has(Unchanged) ? (0, 1) : (share, has(Added) ? 1 : has(OldForgotten) ? 0 : kept);
        for (var c = 0; c < columns; c++)
        {
            double[] values = has(WholeTable) ? [.. x.Cast<double>()] : [.. Enumerable.Range(0, x.GetLength(0)).Select(n => x[n, c])];
            var batch = values.Average();
            var around = has(AroundZero) ? 0 : has(AroundRunning) ? oldMean[c] : batch;
            var spread = values.Sum(value => (value - around) * (value - around)) / (has(Biased) ? values.Length : values.Length - 1);
            (mean[c], variance[c]) = (kept * oldMean[c] + share * batch, kept * oldVariance[c] + share * (has(Deviation) ? Math.Sqrt(spread) : spread));
        }
        return (mean, variance);
    }
}
