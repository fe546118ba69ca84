using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how far a unit moved: (its outputs before a step, its outputs after) to the change of the mean in standard deviations of
    /// before.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ShiftInDeviations(Function answer) => ShiftInDeviationsExercise.Exercise.Check(answer);
}

static class ShiftInDeviationsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ShiftInDeviations",
        Title = "A shift in the unit's own deviations",
        Solution = ShiftInDeviations,
        Trials =
        [
            Trial("a unit that moved up", Numbers.List(311, 7, mean: 1, spread: 2), Numbers.List(312, 7, mean: 4, spread: 3)),
            Trial("a unit that moved down", Numbers.List(313, 5, mean: 2, spread: 0.7), Numbers.List(314, 9, mean: -1, spread: 0.4)),
        ],
        Mistakes =
        [
            new("The sign is turned: after less before, so that a unit that moves up has a positive shift.", (before, after) => -ShiftInDeviations(before, after)),
            new("You lost the sign: a unit that moves down has a negative shift.", (before, after) => Math.Abs(ShiftInDeviations(before, after))),
            new("You divided by the deviation after the step; the measure is the unit's deviation before.", (before, after) => Difference(before, after) / Math.Sqrt(Variance(after))),
            new("You divided by the variance; it is the deviation, its root.", (before, after) => Difference(before, after) / Variance(before)),
            new("You did not divide: the shift is in the unit's own scale still, and cannot be compared with another unit's.", Difference),
            new("You divided by n − 1 in the variance; take n, as batch norm does.", (before, after) => Difference(before, after) / Math.Sqrt(Variance(before) * before.Length / (before.Length - 1))),
            new("You took one deviation for before and after together; that contains the shift itself.", (before, after) => Difference(before, after) / Math.Sqrt(Variance([.. before, .. after]))),
            new("You divided each mean by its own deviation first; that compares two different rulers.", (before, after) => after.Average() / Math.Sqrt(Variance(after)) - before.Average() / Math.Sqrt(Variance(before))),
            new("The deviation is around zero; it must be around the mean of before.", (before, after) => Difference(before, after) / Math.Sqrt(before.Average(v => v * v))),
        ],
        Hints =
        [
            "Two means and one standard deviation are all that you need. Whose deviation is the ruler?",
            "Take (mean after − mean before), and divide by the standard deviation of before.",
            "The deviation is √(Σ(v − mean)²/n) over the values of before.",
        ],
    };

    static Trial<Function> Trial(string name, double[] before, double[] after) =>
        new(name, (f, given) => [Part.Of("shift", f(given.Copy("before", before), given.Copy("after", after)))]) { Factors = [("n", before.Length)] };

    // solution of ShiftInDeviations
    static double ShiftInDeviations(double[] before, double[] after)
    {
        var mean = before.Average();
        var variance = before.Average(v => (v - mean) * (v - mean));
        return (after.Average() - mean) / Math.Sqrt(variance);
    }
    // end

    static double Difference(double[] before, double[] after) => after.Average() - before.Average();

    static double Variance(double[] x) => x.Average(v => Math.Pow(v - x.Average(), 2));
}
