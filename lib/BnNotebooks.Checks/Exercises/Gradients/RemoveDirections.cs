using Function = System.Func<double[], double[], double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the projection in batch norm's gradient: (g (N), x̂ (N) of mean 0 and variance 1) to g without its mean and without its part
    /// along x̂.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RemoveDirections(Function answer) => RemoveDirectionsExercise.Exercise.Check(answer);
}

static class RemoveDirectionsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RemoveDirections",
        Title = "Two directions taken out",
        Solution = RemoveDirections,
        Trials = [Trial("four samples", 4, 411), Trial("seven samples", 7, 413)],
        Mistakes = Slips.Of<Function>(Typical, has => (g, hat) => Wrong(g, hat, has)),
        Hints =
        [
            "The part of g along a direction d is (g·d / d·d)·d. The two directions here are (1, 1, …, 1) and x̂.",
            "Along the ones it is the mean of g. Along x̂, x̂·x̂ = m, because x̂ has mean 0 and variance 1.",
            "g − mean(g) − x̂·mean(g·x̂).",
        ],
    };

    static Trial<Function> Trial(string name, int m, int seed)
    {
        var (x, g) = (Numbers.List(seed, m, mean: 3, spread: 2), Numbers.List(seed + 1, m, mean: 1));
        var deviation = Math.Sqrt(x.Average(v => Math.Pow(v - x.Average(), 2)));
        double[] hat = [.. x.Select(v => (v - x.Average()) / deviation)];
        return new(name, (f, given) => [Part.Of("gradient", f(given.Copy("g", g), given.Copy("xHat", hat)))]) { Factors = [("m", m)] };
    }

    // solution of RemoveDirections
    static double[] RemoveDirections(double[] g, double[] xHat)
    {
        var m = g.Length;
        double mean = 0, along = 0;
        for (var i = 0; i < m; i++)
        {
            mean += g[i] / m;
            along += g[i] * xHat[i] / m;
        }
        var result = new double[m];
        for (var i = 0; i < m; i++)
            result[i] = g[i] - mean - xHat[i] * along;
        return result;
    }
    // end

    const string
        MeanKept = "The mean of g is still in it.",
        AlongKept = "The part along x̂ is still in it.",
        MeanSum = "You subtracted the sum of g; it is the mean.",
        AlongSum = "You subtracted x̂·Σ(g·x̂); x̂·x̂ is m, so divide by it.",
        AlongRoot = "You divided by the length of x̂ once: x̂·x̂ = m is the length squared.",
        NotAlong = "You subtracted the number mean(g·x̂) from all alike; it multiplies x̂.",
        Plus = "You added the part along x̂; it is taken out.",
        AlongG = "The second term is x̂ times mean(g·x̂); you took g times it.",
        OnlyRemoved = "That is what is taken out of g; asked is what is left.";

    static string[] Typical => [MeanKept, AlongKept, MeanSum, AlongSum, AlongRoot, NotAlong, Plus, AlongG, OnlyRemoved];

    static double[] Wrong(double[] g, double[] hat, Func<string, bool> has)
    {
        var m = g.Length;
        var mean = has(MeanKept) ? 0 : has(MeanSum) ? g.Sum() : g.Average();
        var product = g.Zip(hat, (a, b) => a * b).Sum();
        var along = has(AlongKept) ? 0 : product / (has(AlongSum) ? 1 : has(AlongRoot) ? Math.Sqrt(m) : m) * (has(Plus) ? -1 : 1);
        return [.. g.Zip(hat, (a, b) => (has(OnlyRemoved) ? -1 : 1) * ((has(OnlyRemoved) ? 0 : a) - mean - along * (has(NotAlong) ? 1 : has(AlongG) ? a : b)))];
    }
}
