using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the condition number of the bowl over two columns: (a (N), b (N)) to the ratio of the eigenvalues of XᵀX/n, where X has the
    /// two columns less their means.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ConditionNumber(Function answer) => ConditionNumberExercise.Exercise.Check(answer);
}

static class ConditionNumberExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ConditionNumber",
        Title = "κ of two columns",
        Solution = ConditionNumber,
        Trials =
        [
            Trial("columns of different size", Numbers.List(341, 12, mean: 9, spread: 3), Numbers.List(342, 12, mean: 2, spread: 1)),
            Trial("columns that rise together", [1, 2, 3, 4, 6], [2, 3, 7, 8, 9]),
            Trial("one rises where the other falls", [1, 2, 4, 5], [9, 8, 3, 4]),
        ],
        Mistakes =
        [
            new("The means are still in: subtract each column's mean first.", (a, b) => Kappa(a, b)),
            new("Upside down: the larger eigenvalue belongs above, so κ is at least 1.", (a, b) => 1 / ConditionNumber(a, b)),
            new("You took the root: that is the condition number of the table X. The bowl's matrix is XᵀX/n.", (a, b) => Math.Sqrt(ConditionNumber(a, b))),
            new("You took the ratio of the two variances. What the columns have in common, H₁₂, narrows the bowl as well.", (a, b) => Ratio(Mean(C(a), C(a)), Mean(C(b), C(b)))),
            new("H₁₂ lacks its square under the root.", (a, b) => Kappa(C(a), C(b), squared: false)),
            new("A half is missing under the root: it is √(((H₁₁ − H₂₂)/2)² + H₁₂²).", (a, b) => Kappa(C(a), C(b), half: 1)),
            new("You scaled the columns to deviation 1 first: that is the normalized table's κ. Asked is that of the columns as they are.", (a, b) => Kappa(S(C(a)), S(C(b)))),
            new("That is the larger eigenvalue alone; divide it by the smaller one.", (a, b) => Eigen(C(a), C(b)).Steep),
            new("You took H₁₂ with its sign changed into the difference: the root has a plus, ((H₁₁ − H₂₂)/2)² + H₁₂².", (a, b) => Kappa(C(a), C(b), sign: -1)),
            new("You took the ratio of the standard deviations; κ is about variances, and about H₁₂.", (a, b) => Math.Sqrt(Ratio(Mean(C(a), C(a)), Mean(C(b), C(b))))),
        ],
        Hints =
        [
            "Subtract its mean from each column. The matrix H then has three different entries: the means of a², of a·b and of b².",
            "A symmetric 2 × 2 matrix has the eigenvalues m ± r: m is the middle of H₁₁ and H₂₂.",
            "r = √(((H₁₁ − H₂₂)/2)² + H₁₂²), and κ = (m + r)/(m − r).",
        ],
    };

    static Trial<Function> Trial(string name, double[] a, double[] b) =>
        new(name, (f, given) => [Part.Of("κ", f(given.Copy("a", a), given.Copy("b", b)))]);

    // solution of ConditionNumber
    static double ConditionNumber(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), h11 = 0, h12 = 0, h22 = 0;
        for (var i = 0; i < a.Length; i++)
        {
            h11 += (a[i] - meanA) * (a[i] - meanA) / a.Length;
            h12 += (a[i] - meanA) * (b[i] - meanB) / a.Length;
            h22 += (b[i] - meanB) * (b[i] - meanB) / a.Length;
        }
        double middle = (h11 + h22) / 2, half = (h11 - h22) / 2;
        var root = Math.Sqrt(half * half + h12 * h12);
        return (middle + root) / (middle - root);
    }
    // end

    static double[] C(double[] v) => [.. v.Select(x => x - v.Average())];

    static double[] S(double[] v) => [.. v.Select(x => x / Math.Sqrt(Mean(v, v)))];

    static double Mean(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Average();

    static double Ratio(double a, double b) => Math.Max(a, b) / Math.Min(a, b);

    static double Kappa(double[] a, double[] b, bool squared = true, double half = 0.5, int sign = 1) =>
        Eigen(a, b, squared, half, sign) is var (flat, steep) ? steep / flat : 0;

    static (double Flat, double Steep) Eigen(double[] a, double[] b, bool squared = true, double half = 0.5, int sign = 1)
    {
        var (h11, h12, h22) = (Mean(a, a), Mean(a, b), Mean(b, b));
        var (middle, apart) = ((h11 + h22) / 2, (h11 - h22) * half);
        var root = Math.Sqrt(apart * apart + sign * (squared ? h12 * h12 : h12));
        return (middle - root, middle + root);
    }
}
