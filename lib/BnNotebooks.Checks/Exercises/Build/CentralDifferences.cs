using Function = System.Func<System.Func<double[], double>, double[], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the gradient by central differences: (f, x, h) to the slope of f along each x.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult CentralDifferences(Function answer) => CentralDifferencesExercise.Exercise.Check(answer);
}

static class CentralDifferencesExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "CentralDifferences",
        Title = "The gradient by central differences",
        Solution = CentralDifferences,
        // Steps and places are multiples of powers of two, so that x + h − h is x exactly, however somebody puts it back.
        Trials =
        [
            Trial("a parabola", v => v[0] * v[0] + 3 * v[1] * v[2], [1.5, -0.25, 2.75], h: 0.125),
            Trial("cubes", v => v[0] * v[0] * v[0] + v[1] * v[1] * v[0] - 2 * v[3] * v[3] * v[3] + v[2], [0.75, -1.25, 3, 0.5], h: 0.25),
            Trial("cubes and a small step", v => v[0] * v[0] * v[1] + v[1] * v[1] * v[1], [2.5, 1.25], h: 1 / 1024.0),
        ],
        Mistakes =
        [
            new("You took one side only, (f(x + h) − f(x))/h: its error shrinks with h, that of (f(x + h) − f(x − h))/2h with h².", (f, x, h) => Over(x, i => (At(f, x, i, h) - f(x)) / h)),
            new("You took one side only, (f(x) − f(x − h))/h: its error shrinks with h, that of (f(x + h) − f(x − h))/2h with h².", (f, x, h) => Over(x, i => (f(x) - At(f, x, i, -h)) / h)),
            new("From x − h to x + h it is 2h; you divided by h.", (f, x, h) => Over(x, i => (At(f, x, i, h) - At(f, x, i, -h)) / h)),
            new("You divided by 2h², not 2h.", (f, x, h) => Over(x, i => (At(f, x, i, h) - At(f, x, i, -h)) / (2 * h * h))),
            new("/ 2 * h multiplies by h: write / (2 * h).", (f, x, h) => Over(x, i => (At(f, x, i, h) - At(f, x, i, -h)) / 2 * h)),
            new("The division by 2h is missing: a slope is a difference over a way.", (f, x, h) => Over(x, i => At(f, x, i, h) - At(f, x, i, -h))),
            new("The sign is wrong: it is f(x + h) − f(x − h).", (f, x, h) => Over(x, i => (At(f, x, i, -h) - At(f, x, i, h)) / (2 * h))),
            new("You moved all x at once; each slope moves one x and leaves the others.", (f, x, h) => Over(x, _ => (f([.. x.Select(v => v + h)]) - f([.. x.Select(v => v - h)])) / (2 * h))),
            new("You did not put x[i] back: while you move the next one, those before it are still moved.", (f, x, h) => Cumulative(f, x, h)),
            new("You moved x by h/2 to each side and divided by 2h.", (f, x, h) => Over(x, i => (At(f, x, i, h / 2) - At(f, x, i, -h / 2)) / (2 * h))),
            new("You multiplied x by 1 ± h; add and subtract h.", (f, x, h) => Over(x, i => (At(f, x, i, x[i] * h) - At(f, x, i, -x[i] * h)) / (2 * h))),
            new("Parentheses are missing: the difference as a whole is divided by 2h.", (f, x, h) => Over(x, i => At(f, x, i, h) - At(f, x, i, -h) / (2 * h))),
            new("You moved the first x every time; slope i moves x[i].", (f, x, h) => Over(x, _ => (At(f, x, 0, h) - At(f, x, 0, -h)) / (2 * h))),
            .. from own in new[] { 1e-4, 1e-5, 1e-6, 1e-7, 1e-8 }
               select new Mistake<Function>("You took a step of your own; it is handed to you as h.", (f, x, _) => Over(x, i => (At(f, x, i, own) - At(f, x, i, -own)) / (2 * own))),
            new("This is the second derivative, (f(x + h) − 2 f(x) + f(x − h))/h².", (f, x, h) => Over(x, i => (At(f, x, i, h) - 2 * f(x) + At(f, x, i, -h)) / (h * h))),
        ],
        Hints =
        [
            "For each i: copy x, move the copy's x[i], ask f. Once upwards, once downwards.",
            "The slope along x[i] is (f(x with x[i] + h) − f(x with x[i] − h)) / (2·h). (double[])x.Clone() makes a copy.",
        ],
    };

    static Trial<Function> Trial(string name, Func<double[], double> f, double[] x, double h) => new(name, (answer, given) => [Part.Of("gradient", answer(f, given.Copy("x", x), h))])
    {
        Factors = [("h", h)],
    };

    // solution of CentralDifferences
    static double[] CentralDifferences(Func<double[], double> f, double[] x, double h)
    {
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var (up, down) = ((double[])x.Clone(), (double[])x.Clone());
            up[i] += h;
            down[i] -= h;
            gradient[i] = (f(up) - f(down)) / (2 * h);
        }
        return gradient;
    }
    // end

    static double[] Over(double[] x, Func<int, double> slope) => [.. Enumerable.Range(0, x.Length).Select(slope)];

    static double At(Func<double[], double> f, double[] x, int i, double step) => f([.. x.Select((value, k) => k == i ? value + step : value)]);

    // As somebody does who goes up by h, then down by 2h, and on to the next.
    static double[] Cumulative(Func<double[], double> f, double[] x, double h)
    {
        double[] moved = [.. x];
        return Over(x, i =>
        {
            moved[i] += h;
            var up = f(moved);
            moved[i] -= 2 * h;
            return (up - f(moved)) / (2 * h);
        });
    }
}
