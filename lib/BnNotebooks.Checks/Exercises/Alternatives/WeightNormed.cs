using Function = System.Func<double[], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks weight norm: (v, g) to w = g·v/‖v‖. Salimans and Kingma 2016, equation 2.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult WeightNormed(Function answer) => WeightNormedExercise.Exercise.Check(answer);
}

static class WeightNormedExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "WeightNormed",
        Title = "Weight norm",
        Solution = WeightNormed,
        Trials = [Trial(1301, 4, 2.5), Trial(1302, 9, 0.3), Trial(1303, 1, -1.5)],
        Mistakes = Slips.Of<Function>([NoG, NoLength, NoRoot, AbsoluteSum, Mean, Largest, Centred, DividedByG, Eps], has => (v, g) => Wrong(v, g, has)),
        Hints = ["‖v‖ is the length of v: the root of the sum of its squares.", "Every entry is divided by ‖v‖ and multiplied by g: then w has the length g, whatever that of v was."],
    };

    static Trial<Function> Trial(int seed, int count, double g)
    {
        var v = Numbers.List(seed, count, mean: 1, spread: 2);
        return new(FormattableString.Invariant($"{count} weights, g = {g}"), (f, given) => [Part.Of("w", f(given.Copy("v", v), g))]) { Factors = [("the number of weights", count)] };
    }

    // solution of WeightNormed
    static double[] WeightNormed(double[] v, double g)
    {
        var squares = 0.0;
        foreach (var value in v)
            squares += value * value;
        var w = new double[v.Length];
        for (var i = 0; i < v.Length; i++)
            w[i] = g * v[i] / Math.Sqrt(squares);
        return w;
    }
    // end

    const string
        NoG = "g is missing: that vector has the length 1, and w has the length g.",
        NoLength = "The division by ‖v‖ is missing: v's own length must not count.",
        NoRoot = "You divided by ‖v‖²; the length is the root of the sum of the squares.",
        AbsoluteSum = "You divided by the sum of |v|; the length is the root of the sum of the squares.",
        Mean = "You divided by the root mean square; the length is the root of the sum.",
        Largest = "You divided by the largest entry; the length is the root of the sum of the squares.",
        Centred = "You subtracted the mean, as norms of activations do; weight norm only takes the length.",
        DividedByG = "You divided by g; w has the length g.",
        Eps = "You added an ε to the length; weight norm has none.";

    static double[] Wrong(double[] v, double g, Func<string, bool> has)
    {
        double[] from = has(Centred) ? [.. v.Select(value => value - v.Average())] : v;
        var squares = from.Sum(value => value * value) / (has(Mean) ? v.Length : 1);
        var length = has(NoLength) ? 1 : has(AbsoluteSum) ? from.Sum(Math.Abs) : has(Largest) ? from.Max(Math.Abs) : has(NoRoot) ? squares : Math.Sqrt(squares + (has(Eps) ? 1e-5 : 0));
        return [.. from.Select(value => (has(NoG) ? 1 : has(DividedByG) ? 1 / g : g) * value / length)];
    }
}
