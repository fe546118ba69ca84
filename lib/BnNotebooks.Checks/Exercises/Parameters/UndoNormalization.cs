using Function = System.Func<double[], double, (double Gamma, double Beta)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks with which γ and β a batch norm gives back its batch: (x (N), ε) to γ and β.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult UndoNormalization(Function answer) => UndoNormalizationExercise.Exercise.Check(answer);
}

static class UndoNormalizationExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "UndoNormalization",
        Title = "The γ and β that undo it",
        Solution = UndoNormalization,
        Trials =
        [
            Trial("the column 1, 7, 7, 9 and ε = 1e-5", [1, 7, 7, 9], eps: 1e-5),
            Trial("six samples and a large ε", Numbers.List(381, 6, mean: -2, spread: 1.5), eps: 0.7),
        ],
        Mistakes = Slips.Of<Function>(Typical, has => (x, eps) => Wrong(x, eps, has)),
        Hints =
        [
            "y = γ·(x − μ)/√(σ² + ε) + β has to be x for every x. What must the factor in front of x be?",
            "γ has to cancel the denominator, all of it. Then y = x − μ + β.",
        ],
    };

    static Trial<Function> Trial(string name, double[] x, double eps) => new(name, (f, given) =>
    {
        var (gamma, beta) = f(given.Copy("x", x), eps);
        return [Part.Of("γ", gamma), Part.Of("β", beta)];
    })
    { Factors = [("n", x.Length)] };

    // solution of UndoNormalization
    static (double Gamma, double Beta) UndoNormalization(double[] x, double eps)
    {
        var mean = x.Average();
        var variance = x.Average(v => (v - mean) * (v - mean));
        return (Math.Sqrt(variance + eps), mean);
    }
    // end

    const string
        NoEps = "γ = σ leaves a trace: the layer divides by √(σ² + ε), so γ has to be that.",
        NoRoot = "γ is the variance in your answer; the layer divides by its root.",
        OnDeviation = "You added ε to the deviation; the layer divides by √(σ² + ε).",
        Inverse = "Upside down: γ has to multiply by what the layer divided by.",
        Unbiased = "You divided the variance by n − 1; the layer divides by n when it normalizes.",
        AroundZero = "The variance is around zero; it must be around the mean.",
        One = "γ = 1 is what a new layer starts with: it leaves the values normalized.",
        BetaSign = "The sign of β is wrong: the layer subtracted the mean, β adds it again.",
        BetaZero = "β = 0 leaves the mean at zero: add what was subtracted.",
        BetaScaled = "β is added after γ multiplied, so it is the mean itself, not μ/√(σ² + ε).";

    static string[] Typical => [NoEps, NoRoot, OnDeviation, Inverse, Unbiased, AroundZero, One, BetaSign, BetaZero, BetaScaled];

    static (double Gamma, double Beta) Wrong(double[] x, double eps, Func<string, bool> has)
    {
        var mean = x.Average();
        var around = has(AroundZero) ? 0 : mean;
        var variance = x.Sum(v => (v - around) * (v - around)) / (has(Unbiased) ? x.Length - 1 : x.Length);
        var deviation = has(OnDeviation) ? Math.Sqrt(variance) + eps : Math.Sqrt(variance + (has(NoEps) ? 0 : eps));
        var gamma = has(One) ? 1 : has(Inverse) ? 1 / deviation : has(NoRoot) ? deviation * deviation : deviation;
        return (gamma, has(BetaZero) ? 0 : (has(BetaSign) ? -mean : mean) / (has(BetaScaled) ? deviation : 1));
    }
}
