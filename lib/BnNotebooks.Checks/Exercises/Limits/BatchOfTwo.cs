using Function = System.Func<double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks what batch norm makes of the first of two values: (a, its companion b, ε) to â.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BatchOfTwo(Function answer) => BatchOfTwoExercise.Exercise.Check(answer);
}

static class BatchOfTwoExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BatchOfTwo",
        Title = "A batch of two",
        Solution = BatchOfTwo,
        Trials = [Trial(5, 1, 1e-5), Trial(-2, 700, 1e-5), Trial(0.3, 0.1, 0.5), Trial(4, 4, 1e-5)],
        Mistakes =
        [
            new(NoEps, (a, b, _) => Math.Sign(a - b)),
            .. Slips.Of<Function>([NoEps, OnDeviation, NoHalf, Unbiased, NoRoot, Other, NotCentred], has => (a, b, eps) => Wrong(a, b, eps, has)),
        ],
        Hints =
        [
            "With μ in the middle between the two, how far is a from μ? And b?",
            "With d = (a − b)/2 the first strays by d and the second by −d. So the variance is (d² + d²)/2 = d².",
            "â = d/√(d² + ε). Where ε is small, that is +1 or −1: only the order of the two is left.",
        ],
    };

    static Trial<Function> Trial(double a, double b, double eps) => new(FormattableString.Invariant($"a = {a}, b = {b}, ε = {eps}"), (f, _) => [Part.Of("â", f(a, b, eps))]);

    // solution of BatchOfTwo
    static double BatchOfTwo(double a, double b, double eps)
    {
        var d = (a - b) / 2; // a's distance from μ; b's is −d, so σ² = d²
        return d / Math.Sqrt(d * d + eps);
    }
    // end

    const string
        NoEps = "Without ε it is the sign, +1 or −1, and 0/0 where both are the same: divide by √(d² + ε).",
        OnDeviation = "You added ε to the deviation; it belongs under the root: √(d² + ε).",
        NoHalf = "μ is in the middle: a is half the distance away from it.",
        Unbiased = "You divided the variance by n − 1 = 1; batch norm normalizes by n = 2.",
        NoRoot = "You divided by the variance; it is the deviation, its root.",
        Other = "That is what becomes of b; asked is a.",
        NotCentred = "You did not subtract the mean from a.";

    static double Wrong(double a, double b, double eps, Func<string, bool> has)
    {
        var d = (has(Other) ? b - a : a - b) / (has(NoHalf) ? 1 : 2);
        var variance = d * d * (has(Unbiased) ? 2 : 1);
        var deviation = has(NoRoot) ? variance + (has(NoEps) ? 0 : eps) : has(OnDeviation) ? Math.Sqrt(variance) + eps : Math.Sqrt(variance + (has(NoEps) ? 0 : eps));
        return (has(NotCentred) ? a : d) / deviation;
    }
}
