using Function = System.Func<double[], int, double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks ghost batch norm of one feature in training: (the batch's values, values in a ghost batch, ε) to x̂. Hoffer, Hubara and Soudry
    /// 2017.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult GhostNormalize(Function answer) => GhostNormalizeExercise.Exercise.Check(answer);
}

static class GhostNormalizeExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "GhostNormalize",
        Title = "Ghost batches",
        Solution = GhostNormalize,
        Trials = [Trial("eight values in ghosts of 4", 1311, 8, 4, 1e-5), Trial("nine values in ghosts of 3, a large ε", 1312, 9, 3, 0.5), Trial("one ghost: batch norm", 1313, 5, 5, 1e-5)],
        Mistakes = Slips.Of<Function>(
            [Whole, Dealt, First, AsManyGhosts, WholeVariance, WholeMean, Unbiased, NoEps, OnDeviation],
            has => (x, ghost, eps) => Wrong(x, ghost, eps, has)),
        Hints =
        [
            "A ghost batch is a piece of the batch: the first `ghost` values, the next as many, and so on. Each is normalized as if it were alone.",
            "The i-th value belongs to the ghost that begins at i / ghost * ghost, in whole numbers.",
            "For each ghost: mean, variance with its own number of values, then (x − μ)/√(σ² + ε).",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int count, int ghost, double eps)
    {
        var x = Numbers.List(seed, count, mean: 2, spread: 3);
        return new(name, (f, given) => [Part.Of("x̂", f(given.Copy("x", x), ghost, eps))]) { Factors = [("the values of a ghost", ghost)] };
    }

    // solution of GhostNormalize
    static double[] GhostNormalize(double[] x, int ghost, double eps)
    {
        var y = new double[x.Length];
        for (var start = 0; start < x.Length; start += ghost)
        {
            double mean = 0, variance = 0;
            for (var i = start; i < start + ghost; i++)
                mean += x[i] / ghost;
            for (var i = start; i < start + ghost; i++)
                variance += (x[i] - mean) * (x[i] - mean) / ghost;
            for (var i = start; i < start + ghost; i++)
                y[i] = (x[i] - mean) / Math.Sqrt(variance + eps);
        }
        return y;
    }
    // end

    const string
        Whole = "You took the statistics of the whole batch; each ghost has its own.",
        Dealt = "You dealt the values out to the ghosts one by one; a ghost is a piece of neighbours.",
        First = "You normalized all by the statistics of the first ghost; each ghost has its own.",
        AsManyGhosts = "You took `ghost` for the number of ghosts; it is the number of values in one.",
        WholeVariance = "The variance is that of the whole batch; each ghost has its own.",
        WholeMean = "The mean is that of the whole batch; each ghost has its own.",
        Unbiased = "You divided the variance by n − 1; batch norm normalizes with n.",
        NoEps = "ε is missing: √(σ² + ε).",
        OnDeviation = "You added ε to the deviation; it belongs under the root.";

    static double[] Wrong(double[] x, int ghost, double eps, Func<string, bool> has)
    {
        var ghosts = has(AsManyGhosts) ? ghost : x.Length / ghost;
        var size = x.Length / Math.Max(1, ghosts);
        int Of(int i) => has(Whole) ? 0 : has(First) ? 0 : has(Dealt) ? i % ghosts : i / Math.Max(1, size);
        double[] MembersOf(int i) => has(Whole) ? x : [.. x.Where((_, j) => has(First) ? j / Math.Max(1, size) == 0 : Of(j) == Of(i))];
        return [.. x.Select((value, i) =>
        {
            var mine = MembersOf(i);
            var (forMean, forVariance) = (has(WholeMean) ? x : mine, has(WholeVariance) ? x : mine);
            var (mean, around) = (forMean.Average(), forVariance.Average());
            var variance = forVariance.Sum(v => (v - around) * (v - around)) / (forVariance.Length - (has(Unbiased) ? 1 : 0));
            return (value - mean) / (has(OnDeviation) ? Math.Sqrt(variance) + eps : Math.Sqrt(variance + (has(NoEps) ? 0 : eps)));
        })];
    }
}
