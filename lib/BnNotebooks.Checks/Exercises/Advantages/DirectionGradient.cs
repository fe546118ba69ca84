using Function = System.Func<double[], double[], double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the gradient of weights of which only the direction u = w/‖w‖ counts: (w, ∂ℓ/∂u) to ∂ℓ/∂w. Salimans and Kingma 2016,
    /// equation 3, with g = 1.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult DirectionGradient(Function answer) => DirectionGradientExercise.Exercise.Check(answer);
}

static class DirectionGradientExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "DirectionGradient",
        Title = "A gradient that never points along w",
        Solution = DirectionGradient,
        Trials = [Trial(911, 2, 1), Trial(912, 5, 7)],
        Mistakes = Slips.Of<Function>(
            [NotDivided, DividedTwice, Parallel, Nothing, DotOfW, SignPlus, AlongG, SumLength],
            has => (w, g) => Wrong(w, g, has)),
        Hints =
        [
            "Moving along w changes its length only, and the length does not count: the gradient's part along w must go.",
            "The part of g along the direction u is (g·u)·u, with g·u the sum of the products.",
            "What is left turns w; a vector that is ‖w‖ times as long turns ‖w‖ times less: ∂ℓ/∂w = (g − (g·u)·u)/‖w‖.",
        ],
    };

    static Trial<Function> Trial(int seed, int count, double spread)
    {
        var (w, g) = (Numbers.List(seed, count, spread: spread), Numbers.List(seed + 50, count));
        return new($"{count} weights", (f, given) => [Part.Of("∂ℓ/∂w", f(given.Copy("w", w), given.Copy("g", g)))]);
    }

    // solution of DirectionGradient
    static double[] DirectionGradient(double[] w, double[] g)
    {
        double squares = 0, along = 0;
        for (var i = 0; i < w.Length; i++)
            squares += w[i] * w[i];
        var length = Math.Sqrt(squares);
        for (var i = 0; i < w.Length; i++)
            along += g[i] * w[i] / length;
        var gradient = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
            gradient[i] = (g[i] - along * w[i] / length) / length;
        return gradient;
    }
    // end

    const string
        NotDivided = "The division by ‖w‖ is missing: a long vector is turned less by the same step.",
        DividedTwice = "You divided by ‖w‖²; the gradient is divided by ‖w‖ once (the effective rate gets its second factor from the step).",
        Parallel = "That is the part along w; it is the one that must go.",
        Nothing = "You only divided by ‖w‖; the part of g along w has to be taken out first.",
        DotOfW = "You took g·w for g·u: w has to be divided by its length before it can say how much of g points along it.",
        SignPlus = "The part along w is added; it is taken out.",
        AlongG = "You took w's part along g; it is g's part along w.",
        SumLength = "‖w‖ is the root of the sum of the squares; you took the sum of |w|.";

    static double[] Wrong(double[] w, double[] g, Func<string, bool> has)
    {
        var length = has(SumLength) ? w.Sum(Math.Abs) : Math.Sqrt(w.Sum(value => value * value));
        var dot = w.Zip(g, (a, b) => a * b).Sum();
        var along = dot / (has(DotOfW) ? 1 : length);
        var divisor = has(NotDivided) ? 1 : has(DividedTwice) ? length * length : length;
        return [.. w.Zip(g, (a, b) =>
        {
            var part = has(AlongG) ? dot / g.Sum(value => value * value) * b : along * a / length;
            return (has(Parallel) ? part : has(Nothing) ? b : has(SignPlus) ? b + part : b - part) / divisor;
        })];
    }
}
