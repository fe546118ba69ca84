using Function = System.Func<double[], double, bool>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the suite's rule: (our times, the median of the best rival) to whether at least nineteen in twenty of ours are below that
    /// median.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult IsWon(Function answer) => IsWonExercise.Exercise.Check(answer);
}

static class IsWonExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "IsWon",
        Title = "When a case is won",
        Solution = IsWon,
        Trials =
        [
            Trial("all below", 20, 0), Trial("one of twenty above", 20, 1), Trial("two of twenty above", 20, 2), Trial("nine of twenty above", 20, 9), Trial("eighteen of twenty above", 20, 18),
            Trial("one of forty above", 40, 1), Trial("two of forty above", 40, 2), Trial("three of forty above", 40, 3), Trial("one of ten above", 10, 1),
            new("all equal", (f, given) => [Part.Of("won", f(given.Copy<double[]>("ours", [4, 4, 4]), 4))]),
            new("one far off", (f, given) => [Part.Of("won", f(given.Copy<double[]>("ours", [.. Enumerable.Repeat(3.0, 19), 900]), 4))]),
        ],
        Mistakes =
        [
            new("To be ahead by the median is not enough: nineteen in twenty of our times have to be below.", (ours, rival) => ours.Order().ElementAt(ours.Length / 2) < rival),
            new("The mean does not decide: one disturbed round moves it. Count the times below.", (ours, rival) => ours.Average() < rival),
            new("All have to be below in your rule; nineteen in twenty are enough.", (ours, rival) => ours.All(time => time < rival)),
            new("One time below is not enough; nineteen in twenty have to be.", (ours, rival) => ours.Any(time => time < rival)),
            new("Exactly nineteen in twenty are enough: ≥, not >.", (ours, rival) => ours.Count(time => time < rival) > 0.95 * ours.Length),
            new("A time that equals the median is not below it.", (ours, rival) => ours.Count(time => time <= rival) >= 0.95 * ours.Length),
            new("You count the times above; a shorter time is the better one.", (ours, rival) => ours.Count(time => time > rival) >= 0.95 * ours.Length),
            new("You count nine in ten; the rule asks for nineteen in twenty.", (ours, rival) => ours.Count(time => time < rival) >= 0.9 * ours.Length),
            new("You count to 19 whatever the number of times; it is a share, nineteen in twenty.", (ours, rival) => ours.Count(time => time < rival) >= 19),
        ],
        Hints = ["Count how many of our times are below the rival's median.", "Compare that number with 0.95 of all, or, in whole numbers, 20·below with 19·all."],
    };

    static Trial<Function> Trial(string name, int count, int above) =>
        new(name, (f, given) => [Part.Of("won", f(given.Copy<double[]>("ours", [.. Enumerable.Range(0, count).Select(i => i < count - above ? 3 + i * 0.01 : 4.5)]), 4))]);

    // solution of IsWon
    static bool IsWon(double[] ours, double rivalMedian)
    {
        var below = 0;
        foreach (var time in ours)
            if (time < rivalMedian)
                below++;
        return 20 * below >= 19 * ours.Length; // whole numbers: exactly 19 in 20 counts
    }
    // end
}
