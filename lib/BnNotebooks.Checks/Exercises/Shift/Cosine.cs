using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the cosine of the angle between two gradients: a·b/(‖a‖‖b‖).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Cosine(Function answer) => CosineExercise.Exercise.Check(answer);
}

static class CosineExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Cosine",
        Title = "The cosine of two gradients",
        Solution = Cosine,
        Trials =
        [
            Trial("two gradients that mostly agree", [3, 1, -2, 0.5], [2, 2, -1, 1]),
            Trial("two gradients against each other", [1, -2, 0.5], [-2, 1, 3]),
            Trial("two long gradients", Numbers.List(331, 6, mean: 3, spread: 4), Numbers.List(332, 6, mean: 5, spread: 4)),
        ],
        Mistakes =
        [
            new("That is the dot product; divide it by both lengths.", Dot),
            new("You divided by the first length only.", (a, b) => Dot(a, b) / Norm(a)),
            new("You divided by the second length only.", (a, b) => Dot(a, b) / Norm(b)),
            new("The lengths lack their roots: you divided by the squares.", (a, b) => Dot(a, b) / (Dot(a, a) * Dot(b, b))),
            new("You subtracted the means first: that is the correlation. A gradient's direction includes its mean.", (a, b) => Cosine(Centred(a), Centred(b))),
            new("That is the angle itself, in radians; asked is its cosine.", (a, b) => Math.Acos(Cosine(a, b))),
            new("That is the angle in degrees; asked is its cosine.", (a, b) => Math.Acos(Cosine(a, b)) * 180 / Math.PI),
            new("That is the cosine distance, 1 − cosine.", (a, b) => 1 - Cosine(a, b)),
            new("You lost the sign: gradients against each other have a negative cosine.", (a, b) => Math.Abs(Cosine(a, b))),
            new("You divided by the sum of the lengths; it is their product.", (a, b) => Dot(a, b) / (Norm(a) + Norm(b))),
            new("You summed absolute values for the lengths; a length is the root of the sum of squares.", (a, b) => Dot(a, b) / (a.Sum(Math.Abs) * b.Sum(Math.Abs))),
        ],
        Hints =
        [
            "Three sums over the entries are enough: of a·b, of a² and of b².",
            "The cosine is the first, divided by the lengths of both. A length is a root.",
        ],
    };

    static Trial<Function> Trial(string name, double[] a, double[] b) =>
        new(name, (f, given) => [Part.Of("cosine", f(given.Copy("a", a), given.Copy("b", b)))]) { Factors = [("n", a.Length)] };

    // solution of Cosine
    static double Cosine(double[] a, double[] b)
    {
        double product = 0, lengthA = 0, lengthB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return product / Math.Sqrt(lengthA * lengthB);
    }
    // end

    static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    static double Norm(double[] v) => Math.Sqrt(Dot(v, v));

    static double[] Centred(double[] v) => [.. v.Select(x => x - v.Average())];
}
