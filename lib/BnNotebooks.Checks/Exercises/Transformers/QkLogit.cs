using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks an attention logit with QK norm: (query (d), key (d)) to the logit, both divided by their root mean square, without gains and
    /// ε. Henry and others 2020; Dehghani and others 2023.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult QkLogit(Function answer) => QkLogitExercise.Exercise.Check(answer);
}

static class QkLogitExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "QkLogit",
        Title = "A logit with QK norm",
        Solution = QkLogit,
        Trials = [Trial("d = 4", 1911, 4, 1), Trial("d = 9, large", 1912, 9, 40), Trial("d = 2, small", 1913, 2, 0.05)],
        Mistakes = Slips.Of<Function>([NoNorm, QueryOnly, KeyOnly, Cosine, Lengths, NotScaled, Multiplied, Centred, NoRoot, Absolute], has => (q, k) => Wrong(q, k, has)),
        Hints =
        [
            "Divide q by its root mean square √(Σ q²/d), and k by its own. Then multiply as always.",
            "Always is: Σ q·k / √d. In the end it is √d times the cosine of the angle between them.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int d, double spread)
    {
        var (q, k) = (Numbers.List(seed, d, mean: spread, spread: spread), Numbers.List(seed + 10, d, mean: 0.5, spread: 2));
        return new(name, (f, given) => [Part.Of("logit", f(given.Copy("q", q), given.Copy("k", k)))]);
    }

    // solution of QkLogit
    static double QkLogit(double[] q, double[] k)
    {
        var d = q.Length;
        double product = 0, squaresOfQ = 0, squaresOfK = 0;
        for (var c = 0; c < d; c++)
        {
            product += q[c] * k[c];
            squaresOfQ += q[c] * q[c];
            squaresOfK += k[c] * k[c];
        }
        var (rmsOfQ, rmsOfK) = (Math.Sqrt(squaresOfQ / d), Math.Sqrt(squaresOfK / d));
        return product / (rmsOfQ * rmsOfK) / Math.Sqrt(d);
    }
    // end

    const string
        NoNorm = "That is the logit without QK norm: it grows with the query and the key.",
        QueryOnly = "Only the query is normalized; the key must be, too.",
        KeyOnly = "Only the key is normalized; the query must be, too.",
        Cosine = "That is the cosine of the angle. With root mean squares of 1 the lengths are √d, and the logit is √d times as large.",
        Lengths = "You divided by the lengths; the root mean square is √d times smaller.",
        NotScaled = "The division by √d is missing.",
        Multiplied = "You multiplied by √d; the product is divided by it.",
        Centred = "You subtracted the means, as layer norm does; asked is the root mean square alone.",
        NoRoot = "You divided by the mean square; the root is missing.",
        Absolute = "You divided by the mean of the absolute values; it is the root of the mean square.";

    static double Wrong(double[] q, double[] k, Func<string, bool> has)
    {
        double[] Normed(double[] v, bool left)
        {
            double[] from = has(Centred) ? [.. v.Select(value => value - v.Average())] : v;
            var squares = from.Sum(value => value * value) / (has(Lengths) ? 1 : v.Length);
            var size = left ? 1 : has(Absolute) ? from.Average(Math.Abs) : has(NoRoot) ? squares : Math.Sqrt(squares);
            return [.. from.Select(value => value / size)];
        }
        var (one, other) = (Normed(q, has(NoNorm) || has(KeyOnly)), Normed(k, has(NoNorm) || has(QueryOnly)));
        var product = one.Zip(other, (a, b) => a * b).Sum();
        var root = Math.Sqrt(q.Length);
        return product / (has(Cosine) ? q.Length : has(NotScaled) ? 1 : has(Multiplied) ? 1 / root : root);
    }
}
