using Function = System.Func<double[,], double[,], double[], double, BnNotebooks.Checks.BackwardStages>;

namespace BnNotebooks.Checks;

/// <summary>Batch norm's backward pass, stage by stage; a stage that is not written yet is null.</summary>
/// <param name="DGamma">∂ℓ/∂γ, (C).</param>
/// <param name="DBeta">∂ℓ/∂β, (C).</param>
/// <param name="DXHat">∂ℓ/∂x̂, (N, C).</param>
/// <param name="DVar">∂ℓ/∂σ², (C).</param>
/// <param name="DMean">∂ℓ/∂μ, (C), with the way through σ².</param>
/// <param name="DX">∂ℓ/∂x, (N, C).</param>
public sealed record BackwardStages(
    double[]? DGamma = null, double[]? DBeta = null, double[,]? DXHat = null, double[]? DVar = null, double[]? DMean = null, double[,]? DX = null);

public static partial class Check
{
    /// <summary>
    /// Checks batch norm's backward pass in training stage by stage: (∂ℓ/∂y (N, C), x (N, C), γ (C), ε) to the stages. Ioffe and Szegedy
    /// 2015, section 3.
    /// </summary>
    /// <param name="answer">The learner's function; stages that it leaves null are not solved yet.</param>
    public static CheckResult Backward(Function answer) => BackwardExercise.Exercise.Check(answer);
}

static class BackwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Backward",
        Title = "Batch norm, backward in stages",
        Solution = Backward,
        Trials =
        [
            Trial("a 4 × 3 table", seed: 21, 4, 3, eps: 1e-5),
            Trial("a 6 × 2 table and a large ε", seed: 22, 6, 2, eps: 0.7),
        ],
        Mistakes = [.. Slips.Of<Function>(Typical, has => (dy, x, gamma, eps) => Wrong(dy, x, gamma, eps, has)), .. BackwardStageMistakes.All],
        Hints =
        [
            "Go back through y = γ·x̂ + β first: ∂ℓ/∂γ and ∂ℓ/∂β are sums over the rows, ∂ℓ/∂x̂ is not.",
            "∂ℓ/∂β = Σ dy, ∂ℓ/∂γ = Σ dy·x̂, ∂ℓ/∂x̂ = dy·γ.",
            "σ² enters each x̂ of its column: ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂·(x − μ)·(−1/2)·(σ² + ε)^(−3/2).",
            "μ enters each x̂ directly and through σ²: ∂ℓ/∂μ = Σ ∂ℓ/∂x̂·(−1/√(σ² + ε)) + ∂ℓ/∂σ²·Σ −2(x − μ)/N. The second sum is zero up to rounding.",
            "x has three ways to the loss: ∂ℓ/∂x = ∂ℓ/∂x̂/√(σ² + ε) + ∂ℓ/∂σ²·2(x − μ)/N + ∂ℓ/∂μ/N.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, double eps)
    {
        var (x, dy, gamma) = (Numbers.Table(seed, n, c), Numbers.Table(seed + 100, n, c), Numbers.Positive(seed + 200, c));
        return new(name, (f, given) =>
        {
            var stages = f(given.Copy("dy", dy), given.Copy("x", x), given.Copy("gamma", gamma), eps) ?? new(); // null is nothing yet
            return [Part.Of("dγ", stages.DGamma), Part.Of("dβ", stages.DBeta), Part.Of("dx̂", stages.DXHat), Part.Of("dσ²", stages.DVar), Part.Of("dμ", stages.DMean), Part.Of("dx", stages.DX)];
        })
        { Factors = [("N", n), ("C", c)] };
    }

    // solution of Backward
    static BackwardStages Backward(double[,] dy, double[,] x, double[] gamma, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (dGamma, dBeta, dVar, dMean) = (new double[C], new double[C], new double[C], new double[C]);
        var (dXHat, dx) = (new double[N, C], new double[N, C]);
        for (var c = 0; c < C; c++)
        {
            double mean = 0, variance = 0;
            for (var n = 0; n < N; n++)
                mean += x[n, c] / N;
            for (var n = 0; n < N; n++)
                variance += (x[n, c] - mean) * (x[n, c] - mean) / N;
            var deviation = Math.Sqrt(variance + eps);
            for (var n = 0; n < N; n++)
            {
                dGamma[c] += dy[n, c] * (x[n, c] - mean) / deviation;
                dBeta[c] += dy[n, c];
                dXHat[n, c] = dy[n, c] * gamma[c];
                dVar[c] += dXHat[n, c] * (x[n, c] - mean) * -0.5 / (deviation * deviation * deviation);
                dMean[c] -= dXHat[n, c] / deviation;
            }
            for (var n = 0; n < N; n++)
                dx[n, c] = dXHat[n, c] / deviation + dVar[c] * 2 * (x[n, c] - mean) / N + dMean[c] / N;
        }
        return new(dGamma, dBeta, dXHat, dVar, dMean, dx);
    }
    // end

    const string
        GammaByX = "You summed dy·x; γ multiplies x̂, so it is dy·x̂.",
        GammaCentred = "You summed dy·(x − μ), without dividing by the deviation: γ multiplies x̂.",
        GammaMean = "dγ is a sum over the rows, not a mean: γ acts on every row, and all their effects add up.",
        BetaMean = "dβ is a sum over the rows, not a mean.",
        BetaGamma = "dβ has a γ too many: β is added after γ multiplied.",
        NoGamma = "γ is forgotten: ∂ℓ/∂x̂ = dy·γ.",
        DivideGamma = "You divided by γ; x̂ was multiplied by it, and so is its gradient.",
        VarPower = "The power is wrong: the derivative of (σ² + ε)^(−1/2) has (σ² + ε)^(−3/2).",
        VarHalf = "The ½ is missing: the derivative of (σ² + ε)^(−1/2) is −½·(σ² + ε)^(−3/2).",
        VarSign = "The sign of dσ² is wrong: a larger σ² makes x̂ smaller.",
        VarNotCentred = "It is Σ dx̂·(x − μ); you took x without subtracting the mean.",
        VarEps = "ε is missing in the deviation of the backward pass: it must be the forward's √(σ² + ε).",
        MeanSign = "The sign of dμ is wrong: μ is subtracted.",
        MeanNotDivided = "dμ lacks the division by the deviation: ∂x̂/∂μ = −1/√(σ² + ε).",
        MeanForgotten = "The mean's gradient is forgotten: μ moves with every x, so dx has dμ/N.",
        VarForgotten = "The variance's gradient is forgotten: σ² moves with every x, so dx has dσ²·2(x − μ)/N.",
        Constants = "You took μ and σ² for constants: dx = dx̂/√(σ² + ε) is the evaluation mode's gradient. In training they move with x.",
        DirectForgotten = "The direct way is forgotten: dx has dx̂/√(σ² + ε), beside the ways through μ and σ².",
        MeanNotShared = "dμ goes to N values, each gets dμ/N: your division by N is missing.",
        VarNotShared = "∂σ²/∂x is 2(x − μ)/N: your division by N is missing.",
        VarNoTwo = "∂σ²/∂x is 2(x − μ)/N: the 2 is missing.",
        VarAroundZero = "∂σ²/∂x is 2(x − μ)/N; you took x without subtracting the mean.",
        Unbiased = "You took n − 1 for the variance; the forward pass divides by n.";

    static string[] Typical =>
    [
        GammaByX, GammaCentred, GammaMean, BetaMean, BetaGamma, NoGamma, DivideGamma, VarPower, VarHalf, VarSign, VarNotCentred, VarEps, MeanSign, MeanNotDivided,
        Constants, MeanForgotten, VarForgotten, DirectForgotten, MeanNotShared, VarNotShared, VarNoTwo, VarAroundZero, Unbiased,
    ];

    static BackwardStages Wrong(double[,] dy, double[,] x, double[] gamma, double eps, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var (dGamma, dBeta, dVar, dMean) = (new double[columns], new double[columns], new double[columns], new double[columns]);
        var (dXHat, dx) = (new double[rows, columns], new double[rows, columns]);
        for (var c = 0; c < columns; c++)
        {
            double[] values = [.. Enumerable.Range(0, rows).Select(n => x[n, c])];
            var mean = values.Average();
            var variance = values.Sum(value => (value - mean) * (value - mean)) / (has(Unbiased) ? rows - 1 : rows);
            var deviation = Math.Sqrt(variance + (has(VarEps) ? 0 : eps));
            for (var n = 0; n < rows; n++)
            {
                var centred = x[n, c] - mean;
                dGamma[c] += dy[n, c] * (has(GammaByX) ? x[n, c] : has(GammaCentred) ? centred : centred / deviation) / (has(GammaMean) ? rows : 1);
                dBeta[c] += dy[n, c] * (has(BetaGamma) ? gamma[c] : 1) / (has(BetaMean) ? rows : 1);
                dXHat[n, c] = dy[n, c] * (has(NoGamma) ? 1 : has(DivideGamma) ? 1 / gamma[c] : gamma[c]);
                dVar[c] += dXHat[n, c] * (has(VarNotCentred) ? x[n, c] : centred) * (has(VarHalf) ? -1 : -0.5) * (has(VarSign) ? -1 : 1) * Math.Pow(deviation, has(VarPower) ? -1 : -3);
                dMean[c] += dXHat[n, c] * (has(MeanSign) ? 1 : -1) / (has(MeanNotDivided) ? 1 : deviation);
            }
            for (var n = 0; n < rows; n++)
                dx[n, c] = (has(DirectForgotten) ? 0 : dXHat[n, c] / deviation)
                    + (has(VarForgotten) || has(Constants) ? 0 : dVar[c] * (has(VarNoTwo) ? 1 : 2) * (has(VarAroundZero) ? x[n, c] : x[n, c] - mean) / (has(VarNotShared) ? 1 : rows))
                    + (has(MeanForgotten) || has(Constants) ? 0 : dMean[c] / (has(MeanNotShared) ? 1 : rows));
        }
        return new(dGamma, dBeta, dXHat, dVar, dMean, dx);
    }
}
