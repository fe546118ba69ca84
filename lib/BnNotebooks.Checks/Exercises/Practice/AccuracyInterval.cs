using Function = System.Func<int, int, (double Low, double High)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the 95 % interval of a share, with z = 1.96: (right, of) to its ends. Wilson 1927.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult AccuracyInterval(Function answer) => AccuracyIntervalExercise.Exercise.Check(answer);
}

static class AccuracyIntervalExercise
{
    const double Z = 1.96;

    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "AccuracyInterval",
        Title = "How sure a share is",
        Solution = AccuracyInterval,
        Trials = [Trial(41, 42), Trial(90, 100), Trial(7, 7), Trial(300, 1000)],
        Mistakes = Slips.Of<Function>([Normal, NoCentre, NoLast, NotShrunk, NoRoot, OneSigma, NinetyPercent, HalfWidth], has => (right, of) => Wrong(right, of, has)),
        Hints =
        [
            "With p = right/of, n = of and z = 1.96: the middle is (p + z²/2n) / (1 + z²/n).",
            "To each side: z/(1 + z²/n) · √(p(1 − p)/n + z²/4n²).",
            "z²/2n is z·z/(2·n), and z²/4n² is z·z/(4·n·n). Whole numbers divided by whole numbers drop the rest: make n a double.",
        ],
    };

    static Trial<Function> Trial(int right, int of) => new($"{right} of {of}", (f, _) =>
    {
        var (low, high) = f(right, of);
        return [Part.Of("interval", new[] { low, high })];
    });

    // solution of AccuracyInterval
    static (double Low, double High) AccuracyInterval(int right, int of)
    {
        const double z = 1.96;
        double n = of, p = right / n;
        var middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        var half = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return (middle - half, middle + half);
    }
    // end

    const string
        Normal = "That is p ± z·√(p(1 − p)/n): near 0 and 1 it is too narrow and can pass the end. Wilson's interval has z²/n in three places.",
        NoCentre = "The middle is moved towards a half: p + z²/2n, before the division.",
        NoLast = "z²/4n² is missing under the root: without it the interval of 7 right of 7 is a point.",
        NotShrunk = "The division by 1 + z²/n is missing.",
        NoRoot = "The root is missing: √(p(1 − p)/n + z²/4n²).",
        OneSigma = "You took one standard deviation to each side; 95 % need 1.96 of them.",
        NinetyPercent = "1.645 is for 90 %; 95 % need 1.96.",
        HalfWidth = "You took half the distance to each side: z times the root, not z/2.";

    static (double, double) Wrong(int right, int of, Func<string, bool> has)
    {
        double z = has(OneSigma) ? 1 : has(NinetyPercent) ? 1.645 : Z, n = of, p = right / n;
        var shrink = has(NotShrunk) || has(Normal) ? 1 : 1 + z * z / n;
        var middle = (p + (has(NoCentre) || has(Normal) ? 0 : z * z / (2 * n))) / shrink;
        var squared = p * (1 - p) / n + (has(NoLast) || has(Normal) ? 0 : z * z / (4 * n * n));
        var half = z / shrink * (has(NoRoot) ? squared : Math.Sqrt(squared)) / (has(HalfWidth) ? 2 : 1);
        return (middle - half, middle + half);
    }
}
