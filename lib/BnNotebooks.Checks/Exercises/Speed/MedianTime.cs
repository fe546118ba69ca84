using Function = System.Func<double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the median of times; of an even number of them, the mean of the two in the middle.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult MedianTime(Function answer) => MedianTimeExercise.Exercise.Check(answer);
}

static class MedianTimeExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "MedianTime",
        Title = "The median of times",
        Solution = MedianTime,
        Trials = [Trial("five times, one far off", [4.1, 3.9, 55, 4.0, 4.3]), Trial("six times", [7, 1, 3, 2, 9, 4]), Trial("one time", [2.5])],
        Mistakes =
        [
            new("That is the mean: one round that something disturbed moves it.", times => times.Average()),
            new("The times have to be sorted first; you took the one in the middle of the order in which they came.", times => times[times.Length / 2]),
            new("The times have to be sorted first; you took those in the middle of the order in which they came.", times => (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2),
            new("Of an even number you took the upper of the two in the middle; take their mean.", times => times.Order().ElementAt(times.Length / 2)),
            new("Of an even number you took the lower of the two in the middle; take their mean.", times => times.Order().ElementAt((times.Length - 1) / 2)),
            new("That is the shortest time.", times => times.Min()),
            new("That is the middle between the shortest and the longest: the longest moves it.", times => (times.Min() + times.Max()) / 2),
            new("The one in the middle is at (n − 1)/2, counted from 0; you are one too far.", times => times.Order().ElementAt(Math.Min(times.Length - 1, times.Length / 2 + 1))),
            new("That is the longest time.", times => times.Max()),
        ],
        Hints =
        [
            "Sort a copy, so that the caller's order stays: double[] sorted = [.. times.Order()];",
            "Of an odd number the one at n/2 is in the middle. Of an even number two are: n/2 − 1 and n/2.",
            "(sorted[(n − 1)/2] + sorted[n/2])/2 does both: with an odd n these are the same one.",
        ],
    };

    static Trial<Function> Trial(string name, double[] times) => new(name, (f, given) => [Part.Of("median", f(given.Copy("times", times)))]);

    // solution of MedianTime
    static double MedianTime(double[] times)
    {
        double[] sorted = [.. times.Order()]; // a copy: the caller's array stays as it is
        var n = sorted.Length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
    // end
}
