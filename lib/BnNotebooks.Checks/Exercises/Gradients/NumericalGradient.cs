using Function = System.Func<System.Func<double[], double>, double[], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks a gradient by central differences: (loss, x (N), h) to (ℓ(x + h eᵢ) − ℓ(x − h eᵢ))/2h for each i.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult NumericalGradient(Function answer) => NumericalGradientExercise.Exercise.Check(answer);
}

static class NumericalGradientExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "NumericalGradient",
        Title = "Central differences",
        Solution = NumericalGradient,
        Trials =
        [
            Trial("three inputs, h = 0.01", v => v[0] * v[0] * v[1] + Math.Exp(0.3 * v[2]) * v[0], [1.5, -0.7, 2], 0.01),
            Trial("four inputs, h = 0.1", v => Math.Sin(v[0] + 2 * v[1]) + v[2] * v[2] * v[2] * v[3], [0.4, 0.8, -1.2, 2.2], 0.1),
        ],
        Mistakes =
        [
            new("That is a one-sided difference: its error is of the order of h, that of the central one of h².", (loss, x, h) => [.. x.Select((_, i) => (loss(Moved(x, i, h)) - loss(x)) / h)]),
            new("That is a one-sided difference, from below: its error is of the order of h, that of the central one of h².", (loss, x, h) => [.. x.Select((_, i) => (loss(x) - loss(Moved(x, i, -h))) / h)]),
            new("Twice too large: from x − h to x + h it is 2h.", (loss, x, h) => [.. NumericalGradient(loss, x, h).Select(v => 2 * v)]),
            new("You did not divide by 2h: that is a difference, not a slope.", (loss, x, h) => [.. NumericalGradient(loss, x, h).Select(v => 2 * h * v)]),
            new("The sign is turned: the loss above less the loss below.", (loss, x, h) => [.. NumericalGradient(loss, x, h).Select(v => -v)]),
            new("You moved all inputs at once; a partial derivative moves one and leaves the rest.", AllAtOnce),
            new("An input was not put back before the next one was moved.", NotPutBack),
            new("You moved by h/2 to each side and divided by 2h.", (loss, x, h) => [.. NumericalGradient(loss, x, h / 2).Select(v => v / 2)]),
            new("The brackets are missing: / 2 * h divides by 2 and multiplies by h.", (loss, x, h) => [.. NumericalGradient(loss, x, h).Select(v => h * h * v)]),
        ],
        Hints =
        [
            "For each i make two copies of x, and change entry i in them: one up by h, one down by h.",
            "The slope is the difference of the two losses over the distance between the two points. How far are they apart?",
        ],
    };

    // The array is a copy that may be changed as long as it is put back up to rounding, as many write it: so not by way of 'given'.
    static Trial<Function> Trial(string name, Func<double[], double> loss, double[] x, double h) =>
        new(name, (f, _) => [Part.Of("gradient", f(loss, [.. x], h))]) { Factors = [("h", h)] };

    // solution of NumericalGradient
    static double[] NumericalGradient(Func<double[], double> loss, double[] x, double h)
    {
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            double[] up = [.. x], down = [.. x];
            up[i] += h;
            down[i] -= h;
            gradient[i] = (loss(up) - loss(down)) / (2 * h);
        }
        return gradient;
    }
    // end

    static double[] Moved(double[] x, int i, double h) => [.. x.Select((v, j) => j == i ? v + h : v)];

    static double[] AllAtOnce(Func<double[], double> loss, double[] x, double h) =>
        [.. x.Select(_ => (loss([.. x.Select(v => v + h)]) - loss([.. x.Select(v => v - h)])) / (2 * h))];

    static double[] NotPutBack(Func<double[], double> loss, double[] x, double h)
    {
        double[] now = [.. x];
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            now[i] = x[i] + h;
            var up = loss(now);
            now[i] = x[i] - h;
            gradient[i] = (up - loss(now)) / (2 * h);
        }
        return gradient;
    }
}
