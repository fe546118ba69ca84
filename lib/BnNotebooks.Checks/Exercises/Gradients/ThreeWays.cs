using Function = System.Func<double[], double[], double, (double[] Direct, double[] ThroughVariance, double[] ThroughMean)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the three ways by which a feature's inputs reach the loss: (∂ℓ/∂x̂ (N), x (N), ε) to the three terms of ∂ℓ/∂x, each (N).
    /// Ioffe and Szegedy 2015, section 3.
    /// </summary>
    /// <param name="answer">The learner's function; ways that it leaves null are not solved yet.</param>
    public static CheckResult ThreeWays(Function answer) => ThreeWaysExercise.Exercise.Check(answer);
}

static class ThreeWaysExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ThreeWays",
        Title = "Three ways to the loss",
        Solution = ThreeWays,
        Trials =
        [
            Trial("the column 1, 7, 7, 9", [-12, 3, -6, 3], [1, 7, 7, 9], eps: 1e-5),
            Trial("five samples and a large ε", Numbers.List(391, 5, mean: 0.4), Numbers.List(392, 5, mean: 3, spread: 2), eps: 0.7),
        ],
        Mistakes = Slips.Of<Function>(Typical, has => (dHat, x, eps) => Wrong(dHat, x, eps, has)),
        Hints =
        [
            "The direct way holds μ and σ² still: x̂ = (x − μ)/√(σ² + ε), so ∂x̂/∂x is one over the denominator.",
            "Through σ²: first one number, ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂·(x − μ)·(−½)(σ² + ε)^(−3/2). Then each input's share of σ², 2(x − μ)/m.",
            "Through μ: one number again, ∂ℓ/∂μ = −Σ ∂ℓ/∂x̂ / √(σ² + ε), and each input's share of μ, 1/m: the same for all.",
        ],
    };

    static Trial<Function> Trial(string name, double[] dHat, double[] x, double eps) => new(name, (f, given) =>
    {
        var (direct, variance, mean) = f(given.Copy("dHat", dHat), given.Copy("x", x), eps);
        return [Part.Of("direct", direct), Part.Of("through σ²", variance), Part.Of("through μ", mean)];
    })
    { Factors = [("m", x.Length)] };

    // solution of ThreeWays
    static (double[] Direct, double[] ThroughVariance, double[] ThroughMean) ThreeWays(
        double[] dHat, double[] x, double eps)
    {
        var m = x.Length;
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + eps);

        double dVariance = 0, dMean = 0;
        for (var i = 0; i < m; i++)
        {
            dVariance += dHat[i] * (x[i] - mean) * -0.5 / Math.Pow(deviation, 3);
            dMean += -dHat[i] / deviation;
        }

        var (direct, throughVariance, throughMean) =
            (new double[m], new double[m], new double[m]);
        for (var i = 0; i < m; i++)
        {
            direct[i] = dHat[i] / deviation;
            throughVariance[i] = dVariance * 2 * (x[i] - mean) / m;
            throughMean[i] = dMean / m;
        }
        return (direct, throughVariance, throughMean);
    }
    // end

    const string
        DirectPlain = "The direct way lacks its division: ∂x̂/∂x is 1/√(σ² + ε).",
        DirectVariance = "You divided the direct way by σ² + ε; it is the root.",
        NoEps = "ε is missing in the deviation: it must be the forward's √(σ² + ε).",
        Unbiased = "You divided the variance by m − 1; the forward pass divides by m.",
        VarPower = "The power in ∂ℓ/∂σ² is wrong: the derivative of (σ² + ε)^(−1/2) has (σ² + ε)^(−3/2).",
        VarHalf = "The ½ in ∂ℓ/∂σ² is missing: the derivative of (σ² + ε)^(−1/2) is −½·(σ² + ε)^(−3/2).",
        VarSign = "The sign of the way through σ² is wrong: a larger σ² makes x̂ smaller.",
        VarNotShared = "∂σ²/∂xᵢ is 2(xᵢ − μ)/m: your division by m is missing.",
        VarNoTwo = "∂σ²/∂xᵢ is 2(xᵢ − μ)/m: the 2 is missing.",
        VarAroundZero = "∂σ²/∂xᵢ is 2(xᵢ − μ)/m; you took x without subtracting the mean.",
        VarNoSum = "∂ℓ/∂σ² is one number, a sum over all samples: σ² is in every x̂. You took each sample's own term.",
        MeanSign = "The sign of the way through μ is wrong: μ is subtracted.",
        MeanNotShared = "∂μ/∂xᵢ is 1/m: your division by m is missing.",
        MeanPlain = "The way through μ lacks its division by √(σ² + ε).",
        MeanNoSum = "∂ℓ/∂μ is one number, a sum over all samples: μ is in every x̂. You took each sample's own term.",
        Exchanged = "The ways through σ² and through μ changed places.";

    static string[] Typical =>
    [
        DirectPlain, DirectVariance, NoEps, Unbiased, VarPower, VarHalf, VarSign, VarNotShared, VarNoTwo, VarAroundZero, VarNoSum, MeanSign, MeanNotShared, MeanPlain,
        MeanNoSum, Exchanged,
    ];

    static (double[] Direct, double[] ThroughVariance, double[] ThroughMean) Wrong(double[] dHat, double[] x, double eps, Func<string, bool> has)
    {
        var (m, mean) = (x.Length, x.Average());
        var deviation = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (has(Unbiased) ? m - 1 : m) + (has(NoEps) ? 0 : eps));
        double[] varianceTerms = [.. dHat.Zip(x, (d, v) => d * (v - mean) * (has(VarHalf) ? -1 : -0.5) * (has(VarSign) ? -1 : 1) * Math.Pow(deviation, has(VarPower) ? -1 : -3))];
        double[] meanTerms = [.. dHat.Select(d => (has(MeanSign) ? d : -d) / (has(MeanPlain) ? 1 : deviation))];
        double[] direct = [.. dHat.Select(d => d / (has(DirectPlain) ? 1 : has(DirectVariance) ? deviation * deviation : deviation))];
        double[] variance = [.. x.Select((v, i) => (has(VarNoSum) ? varianceTerms[i] : varianceTerms.Sum()) * (has(VarNoTwo) ? 1 : 2) * (has(VarAroundZero) ? v : v - mean) / (has(VarNotShared) ? 1 : m))];
        double[] through = [.. x.Select((_, i) => (has(MeanNoSum) ? meanTerms[i] : meanTerms.Sum()) / (has(MeanNotShared) ? 1 : m))];
        return has(Exchanged) ? (direct, through, variance) : (direct, variance, through);
    }
}
