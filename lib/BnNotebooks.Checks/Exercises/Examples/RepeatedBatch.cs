using Function = System.Func<double, int, double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks where PyTorch's running variance, which starts at 1, is after the same batch has come many times: (the variance σ² that
    /// normalizes the batch, its values m, momentum, times) to the running variance.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RepeatedBatch(Function answer) => RepeatedBatchExercise.Exercise.Check(answer);
}

static class RepeatedBatchExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RepeatedBatch",
        Title = "The same batch again and again",
        Solution = RepeatedBatch,
        Trials =
        [
            Trial(4, 22, 0.1, 1), Trial(4, 22, 0.1, 3), Trial(0.3, 5, 0.3, 7), Trial(2.5, 22, 0.1, 100),
        ],
        Mistakes = Slips.Of<Function>(
            [Biased, Keras, StartZero, StartForgotten, Linear, OneBatch, OneLess, Deviation],
            has => (variance, m, momentum, times) => Wrong(variance, m, momentum, times, has)),
        Hints =
        [
            "After one batch: (1 − momentum)·1 + momentum·(the batch's unbiased variance). What is left of the 1 after two batches?",
            "The start has a share of (1 − momentum)^times; the batch has the rest.",
            "σ² divides by m; what enters the average divides by m − 1: it is σ²·m/(m − 1).",
        ],
    };

    static Trial<Function> Trial(double variance, int m, double momentum, int times) =>
        new(FormattableString.Invariant($"σ² = {variance}, {m} values, momentum {momentum}, {times} times"), (f, _) => [Part.Of("running variance", f(variance, m, momentum, times))]);

    // solution of RepeatedBatch
    static double RepeatedBatch(double variance, int m, double momentum, int times)
    {
        var unbiased = variance * m / (m - 1);
        var left = Math.Pow(1 - momentum, times); // of the start, which is 1
        return left * 1 + (1 - left) * unbiased;
    }
    // end

    const string
        Biased = "You took the variance that normalizes the batch; the unbiased one enters the average, m/(m − 1) times as large.",
        Keras = "You have momentum the other way round, as Keras: in PyTorch it is the share of the new.",
        StartZero = "The running mean starts at 0, the running variance at 1: a share of that is left.",
        StartForgotten = "A running average never quite arrives: (1 − momentum)^times of the start is left.",
        Linear = "The share of the start shrinks by a factor with each batch, (1 − momentum)^times; it is not 1 − momentum·times.",
        OneBatch = "That is the running variance after one batch; the batch comes many times.",
        OneLess = "You are one batch behind: the start is multiplied by 1 − momentum with the first batch, too.",
        Deviation = "You averaged the deviation; PyTorch averages the variance.";

    static double Wrong(double variance, int m, double momentum, int times, Func<string, bool> has)
    {
        var batch = has(Biased) ? variance : variance * m / (m - 1);
        batch = has(Deviation) ? Math.Sqrt(batch) : batch;
        var kept = has(Keras) ? momentum : 1 - momentum;
        var count = has(OneBatch) ? 1 : has(OneLess) ? times - 1 : times;
        var left = has(StartForgotten) ? 0 : has(Linear) ? 1 - (1 - kept) * count : Math.Pow(kept, count);
        return (has(StartZero) ? 0 : left) + (1 - left) * batch;
    }
}
