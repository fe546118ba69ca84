using Function = System.Func<double, (double Mean, double Deviation)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what a ReLU makes of a normal distribution around 0: (its deviation γ) to the mean γ/√(2π) and the deviation γ√(½ − 1/(2π)) of
    /// the outputs.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult MomentsAfterRelu(Function answer) => MomentsAfterReluExercise.Exercise.Check(answer);
}

static class MomentsAfterReluExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "MomentsAfterRelu",
        Title = "A bell curve after ReLU",
        Solution = MomentsAfterRelu,
        Trials = [Trial("γ = 1", 1), Trial("γ = 2.5", 2.5), Trial("γ = 0.3", 0.3)],
        Mistakes = Slips.Of<Function>(Typical, has => gamma => Wrong(gamma, has)),
        Hints =
        [
            "Half of the values become 0. The mean is the integral of z times the bell curve over z > 0, and z·e^(−z²/2) can be integrated at sight.",
            "For γ = 1 the mean is 1/√(2π). The mean square is half of what it was: ½.",
            "The variance is the mean square less the mean's square, ½ − 1/(2π). γ multiplies mean and deviation.",
        ],
    };

    static Trial<Function> Trial(string name, double gamma) => new(name, (f, _) =>
    {
        var (mean, deviation) = f(gamma);
        return [Part.Of("mean", mean), Part.Of("standard deviation", deviation)];
    });

    // solution of MomentsAfterRelu
    static (double Mean, double Deviation) MomentsAfterRelu(double gamma) =>
        (gamma / Math.Sqrt(2 * Math.PI), gamma * Math.Sqrt(0.5 - 1 / (2 * Math.PI)));
    // end

    const string
        Zero = "The mean is not 0 any more: the negative half, which balanced the positive one, is cut off.",
        PositiveOnly = "That is the mean of the positive values alone. The zeros are outputs as well, and they are half of all.",
        MeanNoRoot = "The mean lacks a root: it is 1/√(2π).",
        MeanHalf = "The mean is not ½: the values are not spread evenly; integrate z times the bell curve over z > 0.",
        MeanNoGamma = "γ is missing in the mean: wider sums leave a larger mean.",
        MeanSquared = "γ is squared in the mean; it multiplies the values as it is.",
        RootMeanSquare = "That is the root of the mean square, γ/√2. The outputs have a mean now: take its square away.",
        VarianceOnly = "That is the variance; asked is the deviation, its root.",
        HalfDeviation = "Half of the deviation is not it: the variance is the mean square less the mean's square.",
        DeviationNoGamma = "γ is missing in the deviation.",
        Unchanged = "The deviation does not stay γ: half of the values became equal.";

    static string[] Typical =>
        [Zero, PositiveOnly, MeanNoRoot, MeanHalf, MeanNoGamma, MeanSquared, RootMeanSquare, VarianceOnly, HalfDeviation, DeviationNoGamma, Unchanged];

    static (double Mean, double Deviation) Wrong(double gamma, Func<string, bool> has)
    {
        var scale = has(MeanNoGamma) ? 1 : has(MeanSquared) ? gamma * gamma : gamma;
        var mean = scale * (has(Zero) ? 0 : has(PositiveOnly) ? Math.Sqrt(2 / Math.PI) : has(MeanNoRoot) ? 1 / (2 * Math.PI) : has(MeanHalf) ? 0.5 : 1 / Math.Sqrt(2 * Math.PI));
        var variance = has(RootMeanSquare) ? 0.5 : has(Unchanged) ? 1 : 0.5 - 1 / (2 * Math.PI);
        var deviation = has(HalfDeviation) ? 0.5 : Math.Sqrt(variance);
        var wide = has(DeviationNoGamma) ? deviation : gamma * deviation;
        return (mean, has(VarianceOnly) ? wide * wide : wide);
    }
}
