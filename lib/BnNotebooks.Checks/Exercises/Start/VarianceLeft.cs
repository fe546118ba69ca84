using Function = System.Func<double[], double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks what ε leaves of a column's variance: (x (N), ε) to the variance after normalization, σ²/(σ² + ε).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult VarianceLeft(Function answer) => VarianceLeftExercise.Exercise.Check(answer);
}

static class VarianceLeftExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "VarianceLeft",
        Title = "What ε leaves of the variance",
        Solution = VarianceLeft,
        Trials =
        [
            Trial("a column of small numbers, ε = 1e-5", Numbers.List(301, 12, mean: 0.004, spread: 0.003), eps: 1e-5),
            Trial("a column of large numbers, ε = 0.5", Numbers.List(302, 9, mean: 14, spread: 2), eps: 0.5),
        ],
        Mistakes =
        [
            new("You took the root: that is what is left of the standard deviation. Asked is the variance.", (x, eps) => Math.Sqrt(Variance(x) / (Variance(x) + eps))),
            new("You added ε to the standard deviation; it is added to the variance.", (x, eps) => Variance(x) / Math.Pow(Math.Sqrt(Variance(x)) + eps, 2)),
            new("You took standard deviations: σ/(σ + ε). The formula has variances: σ²/(σ² + ε).", (x, eps) => Math.Sqrt(Variance(x)) / (Math.Sqrt(Variance(x)) + eps)),
            new("You divided the variance by n − 1; batch norm divides by n.", (x, eps) => Left(Variance(x) * x.Length / (x.Length - 1), eps)),
            new("The variance lacks its division by n: a sum of squares is not a mean of squares.", (x, eps) => Left(Variance(x) * x.Length, eps)),
            new("The variance is around zero; it must be around the mean: Σ(x − μ)²/n.", (x, eps) => Left(x.Average(v => v * v), eps)),
            new("That is the share that ε takes away, ε/(σ² + ε). Asked is the share that is left.", (x, eps) => eps / (Variance(x) + eps)),
            new("You squared ε; it is added to the variance as it is.", (x, eps) => Left(Variance(x), eps * eps)),
            new("Your ε has no effect: the variance is exactly 1 only for ε = 0.", (_, _) => 1),
            new("That is 1/(σ² + ε). The column had the variance σ² before: multiply by it.", (x, eps) => 1 / (Variance(x) + eps)),
            new("You divided the variance by a standard deviation: what divides is σ² + ε, without a root.", (x, eps) => Variance(x) / Math.Sqrt(Variance(x) + eps)),
        ],
        Hints =
        [
            "Dividing all values of a column by d divides its variance by d². By which d does normalization divide?",
            "By d = √(σ² + ε), so d² = σ² + ε. Subtracting the mean changes no variance.",
            "σ² = Σ(x − μ)²/n, and what is left is σ²/(σ² + ε).",
        ],
    };

    static Trial<Function> Trial(string name, double[] x, double eps) =>
        new(name, (f, given) => [Part.Of("variance", f(given.Copy("x", x), eps))]) { Factors = [("n", x.Length)] };

    // solution of VarianceLeft
    static double VarianceLeft(double[] x, double eps)
    {
        var mean = x.Average();
        var variance = x.Average(v => (v - mean) * (v - mean));
        return variance / (variance + eps);
    }
    // end

    static double Variance(double[] x) => x.Average(v => Math.Pow(v - x.Average(), 2));

    static double Left(double variance, double eps) => variance / (variance + eps);
}
