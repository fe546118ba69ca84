using static BnNotebooks.Checks.Tests.Answers.Arrays;
using Normalize = System.Func<double[,], double[], double[], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks.Tests.Answers;

static class InferenceAnswers
{
    static Answer Inference(string name, string[] words, Normalize function) => new($"Inference: {name}", words, () => Check.Inference((x, mean, variance, gamma, beta, eps) => function(x, mean, variance, gamma, beta, eps)));

    /// <summary>The folded weight from w and the unit's numbers, and the folded bias.</summary>
    static Answer Fold(string name, string[] words, Func<double, Unit, double> weight, Func<Unit, double> bias) => new($"Fold: {name}", words, () =>
        Check.Fold((w, b, mean, variance, gamma, beta, eps) =>
        {
            Unit[] units = [.. b.Select((value, o) => new Unit(value, mean[o], variance[o], gamma[o], beta[o], eps))];
            return (Make(w, (o, i) => weight(w[o, i], units[o])), [.. units.Select(bias)]);
        }));

    sealed record Unit(double B, double Mean, double Var, double Gamma, double Beta, double Eps)
    {
        public double Scale => Gamma / Math.Sqrt(Var + Eps);
    }

    public static IEnumerable<Answer> Wrong =>
    [
        Inference("the batch's statistics", ["batch"], (x, _, _, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Inference("the batch's mean", ["batch"], (x, _, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(variance[c] + eps) + beta[c])),
        Inference("the batch's variance", ["batch"], (x, mean, _, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Inference("mixes both", ["batch"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - (0.9 * mean[c] + 0.1 * Column(x, c).Average())) / Math.Sqrt((0.9 * variance[c]) + (0.1 * Variance(Column(x, c))) + eps) + beta[c])),
        Inference("over the variance", ["root", "deviation"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / (variance[c] + eps) + beta[c])),
        Inference("ε to the deviation", ["ε"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / (Math.Sqrt(variance[c]) + eps) + beta[c])),
        Inference("no ε", ["ε"], (x, mean, variance, gamma, beta, _) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / Math.Sqrt(variance[c]) + beta[c])),
        Inference("γ and β for a new start", ["γ"], (x, mean, variance, _, _, eps) => Make(x, (n, c) => (x[n, c] - mean[c]) / Math.Sqrt(variance[c] + eps))),
        Inference("γ forgotten", ["γ"], (x, mean, variance, _, beta, eps) => Make(x, (n, c) => (x[n, c] - mean[c]) / Math.Sqrt(variance[c] + eps) + beta[c])),
        Inference("β forgotten", ["β"], (x, mean, variance, gamma, _, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / Math.Sqrt(variance[c] + eps))),
        Inference("mean and variance exchanged", ["exchanged", "swapped", "mean"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - variance[c]) / Math.Sqrt(mean[c] + eps) + beta[c])),
        Inference("indexed by the sample", ["index", "sample", "row"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[n] * (x[n, c] - mean[n]) / Math.Sqrt(variance[n] + eps) + beta[n])),
        Inference("corrected by n/(n − 1)", ["n − 1"], (x, mean, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / Math.Sqrt(variance[c] * x.GetLength(0) / (x.GetLength(0) - 1.0) + eps) + beta[c])),
        Inference("the mean not subtracted", ["mean", "μ"], (x, _, variance, gamma, beta, eps) => Make(x, (n, c) => gamma[c] * x[n, c] / Math.Sqrt(variance[c] + eps) + beta[c])),
        Inference("variance taken for a deviation", ["root", "deviation"], (x, mean, variance, gamma, beta, _) => Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / variance[c] + beta[c])),
        Inference("averages moved in evaluation", ["running", "in place", "evaluation"], (x, mean, variance, gamma, beta, eps) =>
        {
            for (var c = 0; c < mean.Length; c++)
            {
                mean[c] = 0.9 * mean[c] + 0.1 * Column(x, c).Average();
                variance[c] = 0.9 * variance[c] + 0.1 * Variance(Column(x, c));
            }
            return Make(x, (n, c) => gamma[c] * (x[n, c] - mean[c]) / Math.Sqrt(variance[c] + eps) + beta[c]);
        }),

        Fold("γ forgotten in the weights", ["γ"], (w, u) => w / Math.Sqrt(u.Var + u.Eps), u => u.Scale * (u.B - u.Mean) + u.Beta),
        Fold("weights left", ["weights", "w itself", "W"], (w, _) => w, u => u.Scale * (u.B - u.Mean) + u.Beta),
        Fold("ε forgotten", ["ε"], (w, u) => u.Gamma / Math.Sqrt(u.Var) * w, u => u.Gamma / Math.Sqrt(u.Var) * (u.B - u.Mean) + u.Beta),
        Fold("over the variance", ["root", "deviation"], (w, u) => u.Gamma / (u.Var + u.Eps) * w, u => u.Gamma / (u.Var + u.Eps) * (u.B - u.Mean) + u.Beta),
        Fold("ε to the deviation", ["ε"], (w, u) => u.Gamma / (Math.Sqrt(u.Var) + u.Eps) * w, u => u.Gamma / (Math.Sqrt(u.Var) + u.Eps) * (u.B - u.Mean) + u.Beta),
        Fold("old bias forgotten", ["bias", "b "], (w, u) => u.Scale * w, u => u.Beta - u.Scale * u.Mean),
        Fold("old bias not scaled", ["bias", "scale", "b "], (w, u) => u.Scale * w, u => u.B - u.Scale * u.Mean + u.Beta),
        Fold("mean forgotten", ["mean"], (w, u) => u.Scale * w, u => u.Scale * u.B + u.Beta),
        Fold("mean not scaled", ["mean", "scale"], (w, u) => u.Scale * w, u => u.Scale * u.B - u.Mean + u.Beta),
        Fold("β forgotten", ["β"], (w, u) => u.Scale * w, u => u.Scale * (u.B - u.Mean)),
        Fold("β scaled", ["β"], (w, u) => u.Scale * w, u => u.Scale * (u.B - u.Mean + u.Beta)),
        Fold("mean added", ["sign", "mean"], (w, u) => u.Scale * w, u => u.Scale * (u.B + u.Mean) + u.Beta),
        Fold("β subtracted", ["sign", "β"], (w, u) => u.Scale * w, u => u.Scale * (u.B - u.Mean) - u.Beta),
        Fold("bias left", ["bias", "b itself"], (w, u) => u.Scale * w, u => u.B),
        Fold("bias divided by the deviation alone", ["γ"], (w, u) => u.Scale * w, u => (u.B - u.Mean) / Math.Sqrt(u.Var + u.Eps) + u.Beta),
        new("Fold: by the input's γ", ["index", "row", "input", "column"], () => Check.Fold((w, b, mean, variance, gamma, beta, eps) =>
            (Make(w, (o, i) => gamma[i] / Math.Sqrt(variance[i] + eps) * w[o, i]), [.. b.Select((v, o) => gamma[o] * (v - mean[o]) / Math.Sqrt(variance[o] + eps) + beta[o])]))),
        new("Fold: in place", ["in place"], () => Check.Fold((w, b, mean, variance, gamma, beta, eps) =>
        {
            for (var o = 0; o < b.Length; o++)
            {
                var factor = gamma[o] / Math.Sqrt(variance[o] + eps);
                for (var i = 0; i < w.GetLength(1); i++)
                    w[o, i] *= factor;
                b[o] = (b[o] - mean[o]) * factor + beta[o];
            }
            return (w, b);
        })),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Inference("as a scale and a shift", [], (x, mean, variance, gamma, beta, eps) =>
        {
            double[] scale = [.. gamma.Select((g, c) => g * Math.Pow(variance[c] + eps, -0.5))];
            double[] shift = [.. beta.Select((b, c) => b - mean[c] * scale[c])];
            return Make(x, (n, c) => x[n, c] * scale[c] + shift[c]);
        }),
        Inference("x̂ first", [], (x, mean, variance, gamma, beta, eps) =>
        {
            var y = (double[,])x.Clone();
            for (var c = 0; c < mean.Length; c++)
                for (var n = 0; n < y.GetLength(0); n++)
                {
                    y[n, c] -= mean[c];
                    y[n, c] /= Math.Sqrt(variance[c] + eps);
                    y[n, c] = y[n, c] * gamma[c] + beta[c];
                }
            return y;
        }),
        Fold("factors apart", [], (w, u) => w * u.Gamma / Math.Sqrt(u.Var + u.Eps), u => u.Gamma * u.B / Math.Sqrt(u.Var + u.Eps) - u.Gamma * u.Mean / Math.Sqrt(u.Var + u.Eps) + u.Beta),
        Fold("β first", [], (w, u) => u.Scale * w, u => u.Beta + (u.B - u.Mean) * u.Scale),
    ];
}
