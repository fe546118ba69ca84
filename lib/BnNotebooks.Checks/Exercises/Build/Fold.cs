using Function = System.Func<double[,], double[], double[], double[], double[], double[], double, (double[,]? W, double[]? B)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how batch norm in evaluation is folded into the linear layer before it: (W (out, in), b (out), running mean (out), running
    /// variance (out), γ (out), β (out), ε) to the weights and biases that do both at once.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Fold(Function answer) => FoldExercise.Exercise.Check(answer);
}

static class FoldExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Fold",
        Title = "Batch norm, folded into the layer before it",
        Solution = Fold,
        Trials = [Trial("3 features become 3", seed: 181, 3, 3, eps: 1e-5), Trial("4 features become 2, a large ε", seed: 182, 4, 2, eps: 0.5)],
        Mistakes = Slips.Of<Function>([Columns, WeightsKept, WeightsNoGamma, OnDeviation, NoEps, NoRoot, Upside, BiasNoGamma, MeanForgotten, BiasDropped, BetaDropped, PlusMean, BiasUnscaled, BetaScaled, BiasKept, MeanUnscaled],
            has => (w, b, mean, variance, gamma, beta, eps) => Wrong(w, b, mean, variance, gamma, beta, eps, has)),
        Hints =
        [
            "Write both layers as one formula: y = γ·(W·x + b − μ)/√(σ² + ε) + β. Which part multiplies x, which does not?",
            "With s = γ/√(σ² + ε) for each output: the rows of W are multiplied by s.",
            "What is left is the new bias: (b − μ)·s + β.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int inputs, int outputs, double eps)
    {
        var (w, b, mean) = (Numbers.Table(seed, outputs, inputs), Numbers.List(seed + 10, outputs), Numbers.List(seed + 20, outputs, mean: 1));
        var (variance, gamma, beta) = (Numbers.Positive(seed + 30, outputs), Numbers.Positive(seed + 40, outputs), Numbers.List(seed + 50, outputs));
        return new(name, (f, given) =>
        {
            var (newW, newB) = f(given.Copy("w", w), given.Copy("b", b), given.Copy("runningMean", mean), given.Copy("runningVar", variance), given.Copy("gamma", gamma), given.Copy("beta", beta), eps);
            return [Part.Of("W", newW), Part.Of("b", newB)];
        });
    }

    // solution of Fold
    static (double[,] W, double[] B) Fold(double[,] w, double[] b,
        double[] runningMean, double[] runningVar,
        double[] gamma, double[] beta, double eps)
    {
        var (outputs, inputs) = (w.GetLength(0), w.GetLength(1));
        var (newW, newB) = (new double[outputs, inputs], new double[outputs]);
        for (var o = 0; o < outputs; o++)
        {
            var scale = gamma[o] / Math.Sqrt(runningVar[o] + eps);
            for (var i = 0; i < inputs; i++)
                newW[o, i] = scale * w[o, i];
            newB[o] = scale * (b[o] - runningMean[o]) + beta[o];
        }
        return (newW, newB);
    }
    // end

    const string
        Columns = "You scaled the columns of W; an output is a row: w[o, i] takes the scale of o.",
        WeightsKept = "The weights stay as they were; batch norm's scale, γ/√(σ² + ε), goes into them, too.",
        WeightsNoGamma = "γ is forgotten on the weights: the scale is γ/√(σ² + ε).",
        OnDeviation = "You added ε to the deviation; it belongs to the variance: √(σ² + ε).",
        NoEps = "ε is missing: the folded layer must divide by the same √(σ² + ε).",
        NoRoot = "You divided by the variance; it is its root.",
        Upside = "You multiplied by √(σ² + ε); it divides.",
        BiasNoGamma = "γ is forgotten on the bias: (b − μ)·γ/√(σ² + ε) + β.",
        MeanForgotten = "The running mean is forgotten: the new bias is (b − μ)·s + β.",
        BiasDropped = "The old bias is dropped: the new one is (b − μ)·s + β.",
        BetaDropped = "β is forgotten: the new bias is (b − μ)·s + β.",
        PlusMean = "The running mean is subtracted: (b − μ)·s + β.",
        BiasUnscaled = "The old bias goes through batch norm, too: it is scaled, b·s, as the weights are.",
        BetaScaled = "β is scaled, too; it is added after everything: (b − μ)·s + β.",
        MeanUnscaled = "The running mean goes through batch norm, too: it is scaled, (b − μ)·s + β.",
        BiasKept = "The bias stays as it was; the new one is (b − μ)·s + β.";

    static (double[,]? W, double[]? B) Wrong(double[,] w, double[] b, double[] mean, double[] variance, double[] gamma, double[] beta, double eps, Func<string, bool> has)
    {
        var (outputs, inputs) = (w.GetLength(0), w.GetLength(1));
        var (newW, newB) = (new double[outputs, inputs], new double[outputs]);
        double Divisor(int o)
        {
            var inside = variance[o] + (has(NoEps) || has(OnDeviation) ? 0 : eps);
            var deviation = (has(NoRoot) ? inside : Math.Sqrt(inside)) + (has(OnDeviation) ? eps : 0);
            return has(Upside) ? 1 / deviation : deviation;
        }
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                var k = has(Columns) ? i : o;
                newW[o, i] = w[o, i] * (has(WeightsKept) ? 1 : (has(WeightsNoGamma) ? 1 : gamma[k]) / Divisor(k));
            }
            var scale = (has(BiasNoGamma) ? 1 : gamma[o]) / Divisor(o);
            var old = has(BiasDropped) ? 0 : has(BiasUnscaled) ? b[o] / scale : b[o];
            var centred = old - (has(MeanForgotten) ? 0 : has(PlusMean) ? -mean[o] : mean[o]) / (has(MeanUnscaled) ? scale : 1);
            newB[o] = has(BiasKept) ? b[o] : has(BetaScaled) ? scale * (centred + beta[o]) : scale * centred + (has(BetaDropped) ? 0 : beta[o]);
        }
        return (newW, newB);
    }
}
