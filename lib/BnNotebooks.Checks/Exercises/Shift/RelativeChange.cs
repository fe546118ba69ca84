using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the shift of a layer as Santurkar and others (2018, definition 2.1) measure it, relative to the gradient: (gradient, gradient
    /// after the layers before made their step) to ‖G − G′‖/‖G‖.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RelativeChange(Function answer) => RelativeChangeExercise.Exercise.Check(answer);
}

static class RelativeChangeExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RelativeChange",
        Title = "The relative change of a gradient",
        Solution = RelativeChange,
        Trials =
        [
            Trial("five weights", Numbers.List(321, 5), Numbers.List(322, 5, mean: 0.5)),
            Trial("eight weights", Numbers.List(323, 8, spread: 0.2), Numbers.List(324, 8, spread: 0.5)),
            Trial("a gradient that only turned", [3, 4], [4, -3]),
        ],
        Mistakes =
        [
            new("You did not divide by ‖G‖: a large gradient would count as a large shift.", (g, changed) => Norm(Minus(g, changed))),
            new("You divided by ‖G′‖; the measure is the gradient before the others moved.", (g, changed) => Norm(Minus(g, changed)) / Norm(changed)),
            new("The roots are missing: those are the squares of the norms.", (g, changed) => Math.Pow(RelativeChange(g, changed), 2)),
            new("The root above is missing: that is ‖G − G′‖² over ‖G‖.", (g, changed) => Math.Pow(Norm(Minus(g, changed)), 2) / Norm(g)),
            new("You took the difference of the norms. A gradient that only turns would show no change; take the norm of the difference.", (g, changed) => Math.Abs(Norm(g) - Norm(changed)) / Norm(g)),
            new("You summed absolute values; the norm is the root of the sum of squares.", (g, changed) => Minus(g, changed).Sum(Math.Abs) / g.Sum(Math.Abs)),
            new("You divided entry by entry: an entry near zero then decides. Divide one norm by the other.", (g, changed) => g.Zip(changed, (a, b) => Math.Abs((a - b) / a)).Average()),
            new("You took the largest entry in place of the norm.", (g, changed) => Minus(g, changed).Max(Math.Abs) / g.Max(Math.Abs)),
            new("You took the sum of both gradients; the change is their difference.", (g, changed) => Norm([.. g.Zip(changed, (a, b) => a + b)]) / Norm(g)),
        ],
        Hints =
        [
            "Subtract entry by entry first; the norm comes after.",
            "‖v‖ is the root of the sum of v's squared entries.",
            "Two sums, of (g − changed)² and of g², then the root of their ratio.",
        ],
    };

    static Trial<Function> Trial(string name, double[] g, double[] changed) =>
        new(name, (f, given) => [Part.Of("change", f(given.Copy("g", g), given.Copy("changed", changed)))]) { Factors = [("n", g.Length)] };

    // solution of RelativeChange
    static double RelativeChange(double[] g, double[] changed)
    {
        double difference = 0, length = 0;
        for (var i = 0; i < g.Length; i++)
        {
            difference += (g[i] - changed[i]) * (g[i] - changed[i]);
            length += g[i] * g[i];
        }
        return Math.Sqrt(difference) / Math.Sqrt(length);
    }
    // end

    static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));
}
