using Function = System.Func<double[], double[,], double[], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a step of gradient descent on the bowl L(w) = L₀ − g·w + ½ w·Hw: (w (C), H (C, C), g (C), learning rate) to the new w.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult DescentStep(Function answer) => DescentStepExercise.Exercise.Check(answer);
}

static class DescentStepExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "DescentStep",
        Title = "A step of gradient descent",
        Solution = DescentStep,
        Trials =
        [
            Trial("two weights", [0.5, -1], new double[,] { { 4, 1.5 }, { 1.5, 2 } }, [1, 3], 0.1),
            Trial("three weights", [1, 2, -0.5], new double[,] { { 3, 0.5, -1 }, { 0.5, 2, 0.3 }, { -1, 0.3, 5 } }, [0.7, -2, 1.2], 0.03),
        ],
        Mistakes =
        [
            new("You went uphill: the step is subtracted.", (w, h, g, rate) => Step(w, h, g, -rate)),
            new("g is missing: the gradient is Hw − g.", (w, h, g, rate) => Step(w, h, [.. g.Select(_ => 0.0)], rate)),
            new("The sign of g is wrong: the gradient is Hw − g.", (w, h, g, rate) => Step(w, h, [.. g.Select(v => -v)], rate)),
            new("You used weights that had made their step already. All entries of the gradient belong to the old w: compute them first.", Sequential),
            new("The learning rate is missing.", (w, h, g, _) => Step(w, h, g, 1)),
            new("That is the gradient; asked is the new w.", Gradient),
            new("That is the step alone; add it to w.", (w, h, g, rate) => [.. Gradient(w, h, g).Select(v => -rate * v)]),
            new("You used the diagonal of H only: row i of H has an entry for every weight.", (w, h, g, rate) => [.. w.Select((v, i) => v - rate * (h[i, i] * v - g[i]))]),
            new("You multiplied H and w entry by entry along the first row for all: each weight has a row of H of its own.", (w, h, g, rate) => [.. w.Select((v, i) => v - rate * (Row(h, 0, w) - g[i]))]),
            new("You divided by the learning rate; a small rate makes small steps.", (w, h, g, rate) => Step(w, h, g, 1 / rate)),
            new("The rate multiplies Hw only; it multiplies the whole gradient, Hw − g.", (w, h, g, rate) => [.. w.Select((v, i) => v - rate * Row(h, i, w) + g[i])]),
        ],
        Hints =
        [
            "First the whole gradient, then the step: the gradient belongs to the old w.",
            "Entry i of the gradient is Σⱼ H[i, j]·w[j] − g[i].",
            "The new w[i] is w[i] − rate · gradient[i], in an array of its own.",
        ],
    };

    static Trial<Function> Trial(string name, double[] w, double[,] h, double[] g, double rate) =>
        new(name, (f, given) => [Part.Of("w", f(given.Copy("w", w), given.Copy("H", h), given.Copy("g", g), rate))]) { Factors = [("the learning rate", rate)] };

    // solution of DescentStep
    static double[] DescentStep(double[] w, double[,] H, double[] g, double rate)
    {
        var next = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = -g[i];
            for (var j = 0; j < w.Length; j++)
                gradient += H[i, j] * w[j];
            next[i] = w[i] - rate * gradient;
        }
        return next;
    }
    // end

    static double Row(double[,] h, int i, double[] w) => w.Select((v, j) => h[i, j] * v).Sum();

    static double[] Gradient(double[] w, double[,] h, double[] g, double rate = 0) => [.. w.Select((_, i) => Row(h, i, w) - g[i])];

    static double[] Step(double[] w, double[,] h, double[] g, double rate) => [.. w.Zip(Gradient(w, h, g), (v, slope) => v - rate * slope)];

    static double[] Sequential(double[] w, double[,] h, double[] g, double rate)
    {
        double[] next = [.. w];
        for (var i = 0; i < next.Length; i++)
            next[i] -= rate * (Row(h, i, next) - g[i]);
        return next;
    }
}
