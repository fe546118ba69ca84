using Function = System.Func<double, double, double, double, double, double, (double R, double D)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the corrections of batch renorm: (the batch's mean and deviation, the running mean and deviation, the largest r, the largest d)
    /// to r and d. Ioffe 2017, Algorithm 1.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RenormCorrections(Function answer) => RenormCorrectionsExercise.Exercise.Check(answer);
}

static class RenormCorrectionsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RenormCorrections",
        Title = "Batch renorm's r and d",
        Solution = RenormCorrections,
        Trials =
        [
            Trial("far from the limits", 1.5, 2, 1.2, 1.6), Trial("a large deviation and mean", 40, 30, 1, 2), Trial("a small deviation and mean", -30, 0.1, 2, 1.5),
        ],
        Mistakes = Slips.Of<Function>(
            [Inverted, DByBatch, SignOfD, NoLimits, OnlyAbove, Exchanged, DNotDivided, Squared],
            has => (mean, deviation, runningMean, runningDeviation, rMax, dMax) => Wrong(mean, deviation, runningMean, runningDeviation, rMax, dMax, has)),
        Hints =
        [
            "What would evaluation make of x? (x − μ_running)/σ_running. Write it as r·(x − μ_batch)/σ_batch + d.",
            "r = σ_batch/σ_running, and d = (μ_batch − μ_running)/σ_running.",
            "r is kept between 1/rMax and rMax, d between −dMax and dMax: Math.Clamp(value, lowest, highest).",
        ],
    };

    static Trial<Function> Trial(string name, double mean, double deviation, double runningMean, double runningDeviation) => new(name, (f, _) =>
    {
        var (r, d) = f(mean, deviation, runningMean, runningDeviation, 3, 5);
        return [Part.Of("r", r), Part.Of("d", d)];
    });

    // solution of RenormCorrections
    static (double R, double D) RenormCorrections(
        double mean, double deviation,
        double runningMean, double runningDeviation, double rMax, double dMax)
    {
        var r = Math.Clamp(deviation / runningDeviation, 1 / rMax, rMax);
        var d = Math.Clamp((mean - runningMean) / runningDeviation, -dMax, dMax);
        return (r, d);
    }
    // end

    const string
        Inverted = "r is upside down: it is the batch's deviation over the running one.",
        DByBatch = "d is measured in running deviations; you divided by the batch's.",
        SignOfD = "The sign of d is wrong: it is the batch's mean minus the running mean.",
        NoLimits = "The limits are missing: r stays between 1/rMax and rMax, d between −dMax and dMax.",
        OnlyAbove = "You limited above only; r stays above 1/rMax, and d above −dMax.",
        Exchanged = "The limits changed places: rMax is for r, dMax for d.",
        DNotDivided = "d has to be divided by the running deviation.",
        Squared = "You took the ratio of the variances; r is that of the deviations.";

    static (double, double) Wrong(double mean, double deviation, double runningMean, double runningDeviation, double rMax, double dMax, Func<string, bool> has)
    {
        var r = has(Inverted) ? runningDeviation / deviation : deviation / runningDeviation;
        r = has(Squared) ? r * r : r;
        var d = (has(SignOfD) ? runningMean - mean : mean - runningMean) / (has(DNotDivided) ? 1 : has(DByBatch) ? deviation : runningDeviation);
        if (has(Exchanged))
            (rMax, dMax) = (dMax, rMax);
        return has(NoLimits) ? (r, d)
            : has(OnlyAbove) ? (Math.Min(r, rMax), Math.Min(d, dMax))
            : (Math.Clamp(r, 1 / rMax, rMax), Math.Clamp(d, -dMax, dMax));
    }
}
