using Function = System.Func<double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the Jacobian of normalization: (x (N), ε) to the table (N, N) of ∂x̂ᵢ/∂xⱼ = (δᵢⱼ − 1/m − x̂ᵢx̂ⱼ/m)/√(σ² + ε).
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Jacobian(Function answer) => JacobianExercise.Exercise.Check(answer);
}

static class JacobianExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Jacobian",
        Title = "Who moves whom",
        Solution = Jacobian,
        Trials =
        [
            Trial("the column 1, 7, 7, 9", [1, 7, 7, 9], eps: 1e-5),
            Trial("five samples and a large ε", Numbers.List(401, 5, mean: 3, spread: 2), eps: 0.7),
        ],
        Mistakes = Slips.Of<Function>(Typical, has => (x, eps) => Wrong(x, eps, has)),
        Hints =
        [
            "Take x̂ᵢ = (xᵢ − μ)·(σ² + ε)^(−1/2) and differentiate by xⱼ. Both μ and σ² depend on xⱼ, whoever i is.",
            "∂(xᵢ − μ)/∂xⱼ is 1 − 1/m for i = j and −1/m otherwise. ∂σ²/∂xⱼ = 2(xⱼ − μ)/m.",
            "Together: (1 if i = j, else 0) − 1/m − x̂ᵢ·x̂ⱼ/m, all divided by √(σ² + ε).",
        ],
    };

    static Trial<Function> Trial(string name, double[] x, double eps) =>
        new(name, (f, given) => [Part.Of("∂x̂/∂x", f(given.Copy("x", x), eps))]) { Factors = [("m", x.Length)] };

    // solution of Jacobian
    static double[,] Jacobian(double[] x, double eps)
    {
        var m = x.Length;
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + eps);
        var table = new double[m, m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++)
            {
                double hatI = (x[i] - mean) / deviation, hatJ = (x[j] - mean) / deviation;
                var direct = i == j ? 1 : 0;
                table[i, j] = (direct - 1.0 / m - hatI * hatJ / m) / deviation;
            }
        return table;
    }
    // end

    const string
        Constants = "You took μ and σ² for constants: then only the diagonal is there. But xⱼ moves both, and with them every x̂.",
        MeanForgotten = "You took μ for a constant: −1/m is missing, in every entry.",
        VarianceForgotten = "You took σ² for a constant: −x̂ᵢx̂ⱼ/m is missing.",
        NotDivided = "The division by √(σ² + ε) is missing.",
        DividedBySquare = "You divided by σ² + ε; it is the root.",
        MeanNotShared = "μ's share is 1/m, not 1.",
        VarianceNotShared = "The way through σ² is x̂ᵢx̂ⱼ/m: your division by m is missing.",
        NotNormalized = "The last term has x̂ᵢx̂ⱼ; you took (xᵢ − μ)(xⱼ − μ).",
        OffDiagonalOnly = "The 1 on the diagonal is missing: xᵢ moves x̂ᵢ directly, too.",
        SquareOfOne = "The last term is the product of two samples, x̂ᵢ·x̂ⱼ; you took x̂ᵢ².",
        Plus = "The way through σ² is subtracted: a larger σ² makes x̂ smaller.",
        NoEps = "ε is missing in the deviation.",
        Unbiased = "You divided the variance by m − 1; normalization divides by m.";

    static string[] Typical =>
    [
        Constants, MeanForgotten, VarianceForgotten, NotDivided, DividedBySquare, MeanNotShared, VarianceNotShared, NotNormalized, OffDiagonalOnly, SquareOfOne, Plus, NoEps,
        Unbiased,
    ];

    static double[,] Wrong(double[] x, double eps, Func<string, bool> has)
    {
        var (m, mean) = (x.Length, x.Average());
        var deviation = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (has(Unbiased) ? m - 1 : m) + (has(NoEps) ? 0 : eps));
        double[] hat = [.. x.Select(v => (v - mean) / (has(NotNormalized) ? 1 : deviation))];
        var table = new double[m, m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++)
            {
                var direct = i == j && !has(OffDiagonalOnly) ? 1 : 0;
                var byMean = has(Constants) || has(MeanForgotten) ? 0 : has(MeanNotShared) ? 1 : 1.0 / m;
                var byVariance = has(Constants) || has(VarianceForgotten) ? 0 : hat[i] * hat[has(SquareOfOne) ? i : j] / (has(VarianceNotShared) ? 1 : m);
                table[i, j] = (direct - byMean - (has(Plus) ? -byVariance : byVariance)) / (has(NotDivided) ? 1 : has(DividedBySquare) ? deviation * deviation : deviation);
            }
        return table;
    }
}
