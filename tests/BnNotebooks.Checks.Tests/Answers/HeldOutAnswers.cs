using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>Answers that were written after the checks had learned from all the others: no message was made for them.</summary>
static class HeldOutAnswers
{
    static Answer Forward(string name, string[] words, Func<double[], int, double, double, double, Func<double, double>> column) => new($"Forward: {name}", words, () => Check.Forward((x, gamma, beta, eps) =>
        Make(x, (n, c) => column(Column(x, c), n, gamma[c], beta[c], eps)(x[n, c]))));

    public static IEnumerable<Answer> Wrong =>
    [
        Forward("held out, γ added", ["γ"], (x, _, g, b, e) => v => g + (v - x.Average()) / Math.Sqrt(Variance(x) + e) + b),
        Forward("held out, median subtracted", ["mean", "subtract"], (x, _, g, b, e) => v => g * (v - x.Order().ElementAt(x.Length / 2)) / Math.Sqrt(Variance(x) + e) + b),
        Forward("held out, the first value subtracted", ["mean", "subtract"], (x, _, g, b, e) => v => g * (v - x[0]) / Math.Sqrt(Variance(x) + e) + b),
        Forward("held out, multiplied by the deviation", ["divide", "multipl", "factor"], (x, _, g, b, e) => v => g * (v - x.Average()) * Math.Sqrt(Variance(x) + e) + b),
        Forward("held out, ε in front of the fraction", ["ε"], (x, _, g, b, e) => v => g * ((v - x.Average()) / Math.Sqrt(Variance(x)) + e) + b),
        Forward("held out, the last row not in the squares", ["last row", "last value"], (x, _, g, b, e) => v => g * (v - x.Average()) / Math.Sqrt(x.SkipLast(1).Sum(w => Math.Pow(w - x.Average(), 2)) / x.Length + e) + b),
        Forward("held out, β times σ", ["β", "add"], (x, _, g, b, e) => v => g * (v - x.Average()) / Math.Sqrt(Variance(x) + e) + b * Math.Sqrt(Variance(x) + e)),
        Forward("held out, γ twice", ["γ"], (x, _, g, b, e) => v => g * (g * (v - x.Average()) / Math.Sqrt(Variance(x) + e)) + b),
        Forward("held out, β twice", ["β", "add"], (x, _, g, b, e) => v => g * (v - x.Average()) / Math.Sqrt(Variance(x) + e) + b + b),
        Forward("held out, a leave-one-out mean", ["mean"], (x, n, g, b, e) => v => g * (v - x.Where((_, i) => i != n).Average()) / Math.Sqrt(Variance(x) + e) + b),
        new("Inference: held out, γ squared", ["γ"], () => Check.Inference((x, m, s, g, b, e) => Make(x, (n, c) => g[c] * g[c] * (x[n, c] - m[c]) / Math.Sqrt(s[c] + e) + b[c]))),
        new("Inference: held out, β subtracted", ["β"], () => Check.Inference((x, m, s, g, b, e) => Make(x, (n, c) => g[c] * (x[n, c] - m[c]) / Math.Sqrt(s[c] + e) - b[c]))),
        new("Inference: held out, last column not written", ["last column"], () => Check.Inference((x, m, s, g, b, e) => Make(x, (n, c) => c == m.Length - 1 ? 0 : g[c] * (x[n, c] - m[c]) / Math.Sqrt(s[c] + e) + b[c]))),
        new("RunningStatistics: held out, (1 − momentum) squared", ["momentum", "share"], () => Check.RunningStatistics((m, s, x, a) => ([.. m.Select((v, c) => (1 - a) * (1 - a) * v + a * Column(x, c).Average())], [.. s]))),
        new("RunningStatistics: held out, rows for columns", ["size", "row", "index", "column"], () => Check.RunningStatistics((m, s, x, a) => ([.. m.Select((v, c) => (1 - a) * v + a * Row(x, c).Average())], [.. s]))),
        new("RunningStatistics: held out, squares around the last value", ["around", "mean", "variance"], () => Check.RunningStatistics((m, s, x, a) =>
            ([.. m.Select((v, c) => (1 - a) * v + a * Column(x, c).Average())], [.. s.Select((v, c) => (1 - a) * v + a * Column(x, c).Sum(w => Math.Pow(w - Column(x, c)[^1], 2)) / (x.GetLength(0) - 1))]))),
        new("Backward: held out, dβ of absolute values", ["dβ", "sum"], () => Check.Backward((dy, x, g, e) => BackwardExercise.Exercise.Solution(dy, x, g, e) with { DBeta = [.. Columns(dy).Select(d => d.Sum(Math.Abs))] })),
        new("Backward: held out, dx̂ with the root of γ", ["γ"], () => Check.Backward((dy, x, g, e) => BackwardExercise.Exercise.Solution(dy, x, g, e) with { DXHat = Make(dy, (n, c) => dy[n, c] * Math.Sqrt(g[c])) })),
        new("Backward: held out, dγ not over the first row", ["first row", "first value"], () => Check.Backward((dy, x, g, e) => BackwardExercise.Exercise.Solution(dy, x, g, e) with { DGamma = BackwardExercise.Exercise.Solution(Make(dy, (n, c) => n == 0 ? 0 : dy[n, c]), x, g, e).DGamma })),
        new("Backward: held out, dx a table of dμ", ["μ", "row", "direct"], () => Check.Backward((dy, x, g, e) => BackwardExercise.Exercise.Solution(dy, x, g, e) with { DX = Make(dy, (_, c) => BackwardExercise.Exercise.Solution(dy, x, g, e).DMean![c] / x.GetLength(0)) })),
        new("Fold: held out, γ squared in W", ["γ"], () => Check.Fold((w, b, m, s, g, be, e) => (Make(w, (o, i) => w[o, i] * g[o] * g[o] / Math.Sqrt(s[o] + e)), [.. b]))),
        new("Fold: held out, b and β exchanged", ["b and β", "changed places", "β is scaled"], () => Check.Fold((w, b, m, s, g, be, e) => (Make(w, (o, i) => w[o, i] * g[o] / Math.Sqrt(s[o] + e)), [.. b.Select((v, o) => g[o] * (be[o] - m[o]) / Math.Sqrt(s[o] + e) + v)]))),
        new("LinearBackward: held out, dx with dy's last output left out", ["last"], () => Check.LinearBackward((dy, x, w) => (LinearBackwardExercise.Exercise.Solution(dy, x, w).DW, LinearBackwardExercise.Exercise.Solution(dy, x, w).DB, LinearBackwardExercise.Exercise.Solution(Make(dy, (n, o) => o == dy.GetLength(1) - 1 ? 0 : dy[n, o]), x, w).DX))),
        new("LayerNorm: held out, γ and β exchanged", ["γ and β"], () => Check.LayerNorm((x, g, b, e) => Make(x, (n, c) => b[c] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + e) + g[c]))),
        new("RmsNorm: held out, over γ", ["γ"], () => Check.RmsNorm((x, g, e) => Make(x, (n, c) => x[n, c] / g[c] / Math.Sqrt(Row(x, n).Average(v => v * v) + e)))),
        new("RmsNorm: held out, cubes", ["square", "root", "factor"], () => Check.RmsNorm((x, g, e) => Make(x, (n, c) => g[c] * x[n, c] / Math.Cbrt(Row(x, n).Average(v => Math.Abs(v * v * v)) + e)))),
        new("GroupNorm: held out, β forgotten", ["β"], () => Check.GroupNorm((x, groups, g, _, e) => GroupNormExercise.Exercise.Solution(x, groups, g, new double[g.Length], e))),
        new("InstanceNorm: held out, the last image not written", ["last image"], () => Check.InstanceNorm((x, g, b, e) => { var y = InstanceNormExercise.Exercise.Solution(x, g, b, e); return Make(y, (n, c, h, w) => n == y.GetLength(0) - 1 ? 0 : y[n, c, h, w]); })),
        new("CrossEntropy: held out, median loss", ["mean", "median"], () => Check.CrossEntropy((z, labels) => labels.Select((label, n) => Math.Log(Row(z, n).Sum(v => Math.Exp(v - Row(z, n).Max()))) - z[n, label] + Row(z, n).Max()).Order().ElementAt(labels.Length / 2))),
        new("Momentum: held out, momentum on the parameter", ["momentum", "parameter"], () => Check.Momentum((p, g, v, lr, mu) => ([.. p.Select((q, i) => mu * q - lr * (mu * v[i] + g[i]))], [.. p.Select((_, i) => mu * v[i] + g[i])]))),
        new("SgdStep: held out, g squared", ["g"], () => Check.SgdStep((p, g, lr) => [.. p.Select((q, i) => q - lr * g[i] * g[i])])),
        new("SgdStep: held out, p twice", ["p"], () => Check.SgdStep((p, g, lr) => [.. p.Select((q, i) => 2 * q - lr * g[i])])),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Forward("held out, a fused multiply and add", [], (x, _, g, b, e) => v => Math.FusedMultiplyAdd(g / Math.Sqrt(Variance(x) + e), v - x.Average(), b)),
        new("RmsNorm: held out, by the vector's norm", [], () => Check.RmsNorm((x, g, e) => Make(x, (n, c) => g[c] * x[n, c] / double.RootN(Row(x, n).Sum(v => v * v / x.GetLength(1)) + e, 2)))),
        new("SgdStep: held out, by differences", [], () => Check.SgdStep((p, g, lr) => [.. p.Zip(g).Select(pair => Math.FusedMultiplyAdd(-lr, pair.Second, pair.First))])),
    ];
}
