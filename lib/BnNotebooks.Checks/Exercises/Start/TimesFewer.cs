using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks 'so many times fewer': (steps of one side, steps of the other, both by seed) to the geometric mean of the ratios, the first
    /// over the second.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult TimesFewer(Function answer) => TimesFewerExercise.Exercise.Check(answer);
}

static class TimesFewerExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "TimesFewer",
        Title = "How many times fewer",
        Solution = TimesFewer,
        Trials = [Trial("three seeds", [120, 90, 400], [30, 45, 40]), Trial("five seeds", [80, 300, 55, 110, 70], [60, 20, 50, 30, 90])],
        Mistakes =
        [
            new("You took the ratio of the means: the slowest seeds decide it. Take each seed's ratio first.", (slow, fast) => slow.Average() / fast.Average()),
            new("You took the arithmetic mean of the ratios: 2 times and ½ times would not cancel. Average their logarithms.", (slow, fast) => Ratios(slow, fast).Average()),
            new("Upside down: the first side's steps belong above, so that 'times fewer' is more than 1 where the second is faster.", (slow, fast) => TimesFewer(fast, slow)),
            new("That is the mean of the logarithms; it has to be taken back by Math.Exp.", (slow, fast) => Ratios(slow, fast).Average(Math.Log)),
            new("The root is missing: the product of n ratios is the geometric mean to the power of n.", (slow, fast) => Ratios(slow, fast).Aggregate((a, b) => a * b)),
            new("You took the square root whatever the number of seeds; it is the n-th root.", (slow, fast) => Math.Sqrt(Ratios(slow, fast).Aggregate((a, b) => a * b))),
            new("Math.Exp does not undo Math.Log10: take Math.Log, or 10 to the power.", (slow, fast) => Math.Exp(Ratios(slow, fast).Average(Math.Log10))),
            new("That is the middle ratio, the median; asked is the geometric mean.", (slow, fast) => Ratios(slow, fast).Order().ElementAt(slow.Length / 2)),
            new("That is how many steps fewer, a difference; asked is how many times.", (slow, fast) => slow.Average() - fast.Average()),
            new("That is the harmonic mean of the ratios; average their logarithms.", (slow, fast) => 1 / Ratios(fast, slow).Average()),
        ],
        Hints =
        [
            "A seed gives both networks the same batches, so compare within a seed first: one ratio for each.",
            "Twice as fast and half as fast should cancel. So average the logarithms of the ratios, and take the average back.",
            "exp of the mean of log(slow[i]/fast[i]).",
        ],
    };

    static Trial<Function> Trial(string name, double[] slow, double[] fast) =>
        new(name, (f, given) => [Part.Of("times", f(given.Copy("slow", slow), given.Copy("fast", fast)))]);

    // solution of TimesFewer
    static double TimesFewer(double[] slow, double[] fast)
    {
        double logarithms = 0;
        for (var seed = 0; seed < slow.Length; seed++)
            logarithms += Math.Log(slow[seed] / fast[seed]);
        return Math.Exp(logarithms / slow.Length);
    }
    // end

    static double[] Ratios(double[] above, double[] below) => [.. above.Zip(below, (a, b) => a / b)];
}
