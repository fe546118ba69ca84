using Function = System.Func<double[], double[], (double Mean, double Variance)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the exact statistics of all samples from those of batches of one size: (the batches' means, their variances with n) to the
    /// mean and variance of all.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Recalibrated(Function answer) => RecalibratedExercise.Exercise.Check(answer);
}

static class RecalibratedExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Recalibrated",
        Title = "Recalibration: many batches, one variance",
        Solution = Recalibrated,
        Trials = [Trial(1101, 4), Trial(1102, 7), Trial(1103, 1)],
        Mistakes = Slips.Of<Function>([OnlyWithin, OnlyBetween, Unbiased, MeanDeviation, Subtracted, NotSquared, Sums, AroundZero], has => (means, variances) => Wrong(means, variances, has)),
        Hints =
        [
            "A sample strays from the mean of all for two reasons: it strays from its batch's mean, and the batch's mean strays from the mean of all.",
            "Both spreads add up: the mean of the variances (within), and the variance of the means (between).",
            "Between: the mean of (mean of the batch − mean of all)², divided by the number of batches, not by one less.",
        ],
    };

    static Trial<Function> Trial(int seed, int batches)
    {
        var (means, variances) = (Numbers.List(seed, batches, mean: 2), Numbers.Positive(seed + 50, batches));
        return new(batches == 1 ? "one batch" : $"{batches} batches", (f, given) =>
        {
            var (mean, variance) = f(given.Copy("means", means), given.Copy("variances", variances));
            return [Part.Of("mean", mean), Part.Of("variance", variance)];
        })
        { Factors = [("the number of batches", batches)] };
    }

    // solution of Recalibrated
    static (double Mean, double Variance) Recalibrated(double[] means, double[] variances)
    {
        var batches = means.Length;
        double mean = 0, within = 0, between = 0;
        for (var b = 0; b < batches; b++)
        {
            mean += means[b] / batches;
            within += variances[b] / batches;
        }
        for (var b = 0; b < batches; b++)
            between += (means[b] - mean) * (means[b] - mean) / batches;
        return (mean, within + between);
    }
    // end

    const string
        OnlyWithin = "You took the mean of the variances. The batches' means differ, too, and that spread is part of the variance of all.",
        OnlyBetween = "You took the variance of the means alone; the spread within the batches is missing.",
        Unbiased = "Between the batches you divided by one less than their number; the variance of all samples divides by all.",
        MeanDeviation = "You averaged the deviations and squared; the variances have to be averaged.",
        Subtracted = "The spread between the batches is added, not subtracted.",
        NotSquared = "The means' distances have to be squared before they are averaged.",
        Sums = "You added the batches up without dividing by their number.",
        AroundZero = "The means' spread is around the mean of all, not around zero.";

    static (double, double) Wrong(double[] means, double[] variances, Func<string, bool> has)
    {
        double count = means.Length, divisor = has(Sums) ? 1 : count;
        var mean = means.Sum() / divisor;
        var within = has(MeanDeviation) ? Math.Pow(variances.Sum(Math.Sqrt) / divisor, 2) : variances.Sum() / divisor;
        var around = has(AroundZero) ? 0 : mean;
        var between = means.Sum(m => has(NotSquared) ? Math.Abs(m - around) : (m - around) * (m - around)) / (has(Unbiased) ? count - 1 : divisor);
        return (mean, (has(OnlyBetween) ? 0 : within) + (has(OnlyWithin) ? 0 : has(Subtracted) ? -between : between));
    }
}
