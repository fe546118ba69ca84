using Function = System.Func<double, double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how many times as fast training is in time, not in steps: (steps without, steps with, ms a step without, ms a step with) to
    /// the time without over the time with.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult TimesAsFast(Function answer) => TimesAsFastExercise.Exercise.Check(answer);
}

static class TimesAsFastExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "TimesAsFast",
        Title = "Times as fast, in time",
        Solution = TimesAsFast,
        Trials = [Trial(100, 20, 0.4, 0.7), Trial(90, 60, 1, 1.9), Trial(500, 40, 2, 5)],
        Mistakes =
        [
            new("That is the factor in steps; a step with batch norm takes longer.", (without, with, _, _) => without / with),
            new("You multiplied by what a step costs more; it has to be divided: each of the fewer steps takes longer.", (without, with, a, b) => without / with * (b / a)),
            new("That is the time with over the time without: the other way round.", (without, with, a, b) => with * b / (without * a)),
            new("That is a difference of times; how many times as fast is a ratio.", (without, with, a, b) => without * a - with * b),
            new("That is what a step costs more; how many fewer steps are there?", (_, _, a, b) => b / a),
            new("That is the share of time that is saved; how many times as fast is the ratio of the two times.", (without, with, a, b) => 1 - with * b / (without * a)),
            new("You took one off: that is how many times *faster*. Twice as fast is 2, not 1.", (without, with, a, b) => without * a / (with * b) - 1),
            new("You took the ratio of the sums; steps and milliseconds have to be multiplied.", (without, with, a, b) => (without + a) / (with + b)),
            new("Parentheses are missing: a / b * c multiplies by c. Both steps and milliseconds with batch norm divide.", (without, with, a, b) => without * a / with * b),
        ],
        Hints = ["How long does the whole training take without, and how long with?", "The time is steps · ms a step. Divide that of the one without by that of the one with."],
    };

    static Trial<Function> Trial(double without, double with, double msWithout, double msWith) =>
        new(FormattableString.Invariant($"{without} steps of {msWithout} ms, {with} of {msWith} ms"), (f, _) => [Part.Of("times as fast", f(without, with, msWithout, msWith))]);

    // solution of TimesAsFast
    static double TimesAsFast(double stepsWithout, double stepsWith, double msWithout, double msWith)
    {
        return stepsWithout * msWithout / (stepsWith * msWith);
    }
    // end
}
