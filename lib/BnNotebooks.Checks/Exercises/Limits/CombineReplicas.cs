using Function = System.Func<int[], double[], double[], (double Mean, double Variance)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the statistics of a whole batch from those of its uneven parts, as synchronized batch norm needs them: (values in each part,
    /// their means, their variances with n) to mean and variance. Chan, Golub and LeVeque 1983.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult CombineReplicas(Function answer) => CombineReplicasExercise.Exercise.Check(answer);
}

static class CombineReplicasExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "CombineReplicas",
        Title = "One batch on several devices",
        Solution = CombineReplicas,
        Trials = [Trial("two devices of 8 and 3", [8, 3]), Trial("three devices of 5, 1 and 20", [5, 1, 20])],
        Mistakes = Slips.Of<Function>([PlainMean, PlainWithin, PlainBetween, OnlyWithin, OnlyBetween, Unbiased, NotDivided, FromZero], has => (counts, means, variances) => Wrong(counts, means, variances, has)),
        Hints =
        [
            "What does each part know? The sum of its values is its count times its mean. Add the sums, then divide by all values.",
            "The values of a part stray from the whole mean by two things: their own variance, and the distance of the part's mean from the whole mean, squared.",
            "σ² = Σ countᵢ·(varianceᵢ + (meanᵢ − mean)²) / Σ countᵢ.",
        ],
    };

    static Trial<Function> Trial(string name, int[] counts)
    {
        var (means, variances) = (Numbers.List(1211, counts.Length, mean: 3, spread: 2), Numbers.Positive(1212, counts.Length));
        return new(name, (f, given) =>
        {
            var (mean, variance) = f(given.Copy("counts", counts), given.Copy("means", means), given.Copy("variances", variances));
            return [Part.Of("mean", mean), Part.Of("variance", variance)];
        })
        { Factors = [("the number of values", counts.Sum()), ("the number of devices", counts.Length)] };
    }

    // solution of CombineReplicas
    static (double Mean, double Variance) CombineReplicas(
        int[] counts, double[] means, double[] variances)
    {
        double all = 0, mean = 0, variance = 0;
        foreach (var count in counts)
            all += count;
        for (var i = 0; i < counts.Length; i++)
            mean += counts[i] * means[i] / all;
        for (var i = 0; i < counts.Length; i++)
        {
            var off = means[i] - mean;
            variance += counts[i] * (variances[i] + off * off) / all;
        }
        return (mean, variance);
    }
    // end

    const string
        PlainMean = "You gave every device the same say in the mean; a device counts as many times as it has values.",
        PlainWithin = "You gave every device's variance the same say; it counts as many times as the device has values.",
        PlainBetween = "The distances of the means have to be weighted by the number of values, too.",
        OnlyWithin = "You averaged the variances; the devices' means differ as well, and that spread belongs to the whole batch's variance.",
        OnlyBetween = "The spread within the devices is missing.",
        Unbiased = "You divided by one less than the number of values; batch norm normalizes by the variance with n.",
        NotDivided = "That is a sum of squares; divide it by the number of all values.",
        FromZero = "The means' distances are from the mean of the whole batch, not from zero.";

    static (double, double) Wrong(int[] counts, double[] means, double[] variances, Func<string, bool> has)
    {
        double all = counts.Sum();
        double[] shares = [.. counts.Select(count => count / all)], even = [.. counts.Select(_ => 1.0 / counts.Length)];
        double Weighted(double[] weights, Func<int, double> of) => weights.Select((weight, i) => weight * of(i)).Sum();
        var mean = Weighted(has(PlainMean) ? even : shares, i => means[i]);
        var around = has(FromZero) ? 0 : mean;
        var within = has(OnlyBetween) ? 0 : Weighted(has(PlainWithin) ? even : shares, i => variances[i]);
        var between = has(OnlyWithin) ? 0 : Weighted(has(PlainBetween) ? even : shares, i => (means[i] - around) * (means[i] - around));
        return (mean, (within + between) * (has(NotDivided) ? all : has(Unbiased) ? all / (all - 1) : 1));
    }
}
