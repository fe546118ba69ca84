using Function = System.Func<double, int, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how far a running mean trembles around the true mean after many batches: (the values' standard deviation σ, values in a
    /// batch, momentum) to its standard deviation.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult NoiseOfRunningMean(Function answer) => NoiseOfRunningMeanExercise.Exercise.Check(answer);
}

static class NoiseOfRunningMeanExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "NoiseOfRunningMean",
        Title = "How far a running mean trembles",
        Solution = NoiseOfRunningMean,
        Trials = [Trial(2, 20, 0.1), Trial(2, 20, 0.9), Trial(3, 5, 0.01), Trial(1.5, 8, 1)],
        Mistakes = Slips.Of<Function>([OneBatch, NotSquaredShares, NoRoot, Keras, UpsideDown, Plus, NoFirst, ByBatch, NoBatch, TimesRoot], has => (sigma, batch, momentum) => Wrong(sigma, batch, momentum, has)),
        Hints =
        [
            "How far does the mean of one batch stray? It is a mean of so many values, each with a deviation of σ.",
            "The running mean is m of the latest batch's mean, m(1 − m) of the one before, m(1 − m)² of the next, and so on. Variances add up, with the squares of these shares.",
            "The squares are a geometric series: m²·(1 + q + q² + …) = m²/(1 − q) with q = (1 − m)². Simplify 1 − (1 − m)².",
            "That is m/(2 − m), for the variance. So the deviation is σ/√N times its root.",
        ],
    };

    static Trial<Function> Trial(double sigma, int batch, double momentum) => new(
        FormattableString.Invariant($"σ = {sigma}, batches of {batch}, momentum {momentum}"), (f, _) => [Part.Of("deviation", f(sigma, batch, momentum))]);

    // solution of NoiseOfRunningMean
    static double NoiseOfRunningMean(double sigma, int batch, double momentum)
    {
        var ofBatchMean = sigma / Math.Sqrt(batch);
        return ofBatchMean * Math.Sqrt(momentum / (2 - momentum));
    }
    // end

    const string
        OneBatch = "That is how far the mean of one batch strays, σ/√N; the running mean averages over many of them.",
        NotSquaredShares = "√m: the variances of the batches add up with the squares of their shares, m²(1 − m)²ᵏ, and not with (1 − m)ᵏ.",
        NoRoot = "m/(2 − m) is the share of the variance; of the deviation it is the root.",
        Keras = "You have momentum the other way round: here it is the share of the new batch.",
        UpsideDown = "The fraction is upside down: a small momentum trembles less.",
        Plus = "1 − (1 − m)² = m(2 − m), with a minus.",
        NoFirst = "The share of the latest batch, m, is missing: every term has its square as a factor.",
        ByBatch = "The mean of N values strays by σ/√N, not by σ/N.",
        NoBatch = "The size of the batches is missing: the mean of N values strays by σ/√N.",
        TimesRoot = "The more values in a batch, the less its mean strays: divide by √N.";

    static double Wrong(double sigma, int batch, double momentum, Func<string, bool> has)
    {
        var ofBatchMean = sigma * (has(ByBatch) ? 1.0 / batch : has(NoBatch) ? 1 : Math.Pow(batch, has(TimesRoot) ? 0.5 : -0.5));
        var m = has(Keras) ? 1 - momentum : momentum;
        var share = has(OneBatch) ? 1 : has(NotSquaredShares) ? m : has(Plus) ? m / (2 + m) : has(NoFirst) ? 1 / (m * (2 - m)) : m / (2 - m);
        share = has(UpsideDown) ? 1 / share : share;
        return ofBatchMean * (has(NoRoot) ? share : Math.Sqrt(share));
    }
}
