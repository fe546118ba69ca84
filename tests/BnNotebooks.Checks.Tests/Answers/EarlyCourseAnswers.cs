using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>Answers to the exercises of notebooks 01 to 07.</summary>
static class EarlyCourseAnswers
{
    static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    static double Length(double[] a) => Math.Sqrt(Dot(a, a));

    static double Deviation(double[] a) => Math.Sqrt(Variance(a));

    static double[] Hat(double[] x, double eps) => [.. x.Select(v => (v - x.Average()) / Math.Sqrt(Variance(x) + eps))];

    public static IEnumerable<Answer> Wrong =>
    [
        new("VarianceLeft: σ² over its root", ["root", "variance"], () => Check.VarianceLeft((x, eps) => Variance(x) / Math.Sqrt(Variance(x) + eps))),
        new("VarianceLeft: the deviation", ["root", "deviation"], () => Check.VarianceLeft((x, eps) => Math.Sqrt(Variance(x) / (Variance(x) + eps)))),
        new("VarianceLeft: 1", ["ε", "1"], () => Check.VarianceLeft((_, _) => 1)),
        new("VarianceLeft: what is lost", ["ε", "lost", "taken"], () => Check.VarianceLeft((x, eps) => eps / (Variance(x) + eps))),
        new("VarianceLeft: n − 1", ["n − 1"], () => Check.VarianceLeft((x, eps) => new[] { Variance(x) * x.Length / (x.Length - 1) }.Select(v => v / (v + eps)).Single())),
        new("EpsilonInNewUnits: once", ["squar", "variance"], () => Check.EpsilonInNewUnits((eps, factor) => eps * factor)),
        new("EpsilonInNewUnits: the other way", ["divide", "multipl", "other way"], () => Check.EpsilonInNewUnits((eps, factor) => eps / (factor * factor))),
        new("EpsilonInNewUnits: as it was", ["stay", "same", "unit", "as it"], () => Check.EpsilonInNewUnits((eps, _) => eps)),
        new("EpsilonInNewUnits: the root", ["root", "squar"], () => Check.EpsilonInNewUnits((eps, factor) => eps * Math.Sqrt(factor))),
        new("SigmoidSlope: the sigmoid itself", ["slope", "sigmoid itself", "itself"], () => Check.SigmoidSlope(z => 1 / (1 + Math.Exp(-z)))),
        new("SigmoidSlope: z(1 − z)", ["s ", "sigmoid", "z"], () => Check.SigmoidSlope(z => z * (1 - z))),
        new("SigmoidSlope: tanh's", ["tanh"], () => Check.SigmoidSlope(z => 1 - Math.Pow(Math.Tanh(z), 2))),
        new("SigmoidSlope: e^z below", ["sign", "−z", "square is missing"], () => Check.SigmoidSlope(z => 1 / (1 + Math.Exp(z)))),
        new("SpreadAfterLayers: one layer", ["layer"], () => Check.SpreadAfterLayers((spread, slope, length, _) => spread * slope * length)),
        new("SpreadAfterLayers: times layers", ["power", "multipl", "layer"], () => Check.SpreadAfterLayers((spread, slope, length, layers) => spread * slope * length * layers)),
        new("SpreadAfterLayers: slope alone to the power", ["length", "weights"], () => Check.SpreadAfterLayers((spread, slope, length, layers) => spread * length * Math.Pow(slope, layers))),
        new("SpreadAfterLayers: one layer too few", ["layer"], () => Check.SpreadAfterLayers((spread, slope, length, layers) => spread * Math.Pow(slope * length, layers - 1))),
        new("TimesFewer: mean of the ratios", ["geometric", "arithmetic", "mean"], () => Check.TimesFewer((slow, fast) => slow.Zip(fast, (a, b) => a / b).Average())),
        new("TimesFewer: ratio of the means", ["mean", "ratio", "seed"], () => Check.TimesFewer((slow, fast) => slow.Average() / fast.Average())),
        new("TimesFewer: upside down", ["other way", "upside", "first", "changed places", "divide"], () => Check.TimesFewer((slow, fast) => Math.Exp(slow.Zip(fast, (a, b) => Math.Log(b / a)).Average()))),
        new("TimesFewer: the logarithm left", ["exp", "logarithm"], () => Check.TimesFewer((slow, fast) => slow.Zip(fast, (a, b) => Math.Log(a / b)).Average())),
        new("TimesFewer: the product", ["root"], () => Check.TimesFewer((slow, fast) => slow.Zip(fast, (a, b) => a / b).Aggregate((a, b) => a * b))),
        new("ShiftInDeviations: after's deviation", ["before"], () => Check.ShiftInDeviations((before, after) => (after.Average() - before.Average()) / Deviation(after))),
        new("ShiftInDeviations: variance", ["root", "variance"], () => Check.ShiftInDeviations((before, after) => (after.Average() - before.Average()) / Variance(before))),
        new("ShiftInDeviations: the sign", ["sign", "before"], () => Check.ShiftInDeviations((before, after) => (before.Average() - after.Average()) / Deviation(before))),
        new("ShiftInDeviations: in units", ["deviation", "divide"], () => Check.ShiftInDeviations((before, after) => after.Average() - before.Average())),
        new("ShiftInDeviations: n − 1", ["n − 1"], () => Check.ShiftInDeviations((before, after) => (after.Average() - before.Average()) / Math.Sqrt(Variance(before) * before.Length / (before.Length - 1)))),
        new("RelativeChange: over the changed", ["changed", "first", "before"], () => Check.RelativeChange((g, changed) => Length([.. g.Zip(changed, (a, b) => a - b)]) / Length(changed))),
        new("RelativeChange: squares", ["root"], () => Check.RelativeChange((g, changed) => Math.Pow(Length([.. g.Zip(changed, (a, b) => a - b)]) / Length(g), 2))),
        new("RelativeChange: difference of lengths", ["difference", "length"], () => Check.RelativeChange((g, changed) => Math.Abs(Length(g) - Length(changed)) / Length(g))),
        new("RelativeChange: absolute", ["divide", "relative"], () => Check.RelativeChange((g, changed) => Length([.. g.Zip(changed, (a, b) => a - b)]))),
        new("RelativeChange: mean of the components'", ["component", "each", "entry by entry"], () => Check.RelativeChange((g, changed) => g.Zip(changed, (a, b) => Math.Abs(a - b) / Math.Abs(a)).Average())),
        new("Cosine: dot product", ["divide", "length"], () => Check.Cosine(Dot)),
        new("Cosine: over the squares", ["root"], () => Check.Cosine((a, b) => Dot(a, b) / (Dot(a, a) * Dot(b, b)))),
        new("Cosine: one length", ["length", "‖b‖", "both"], () => Check.Cosine((a, b) => Dot(a, b) / Length(a))),
        new("Cosine: the correlation", ["mean", "correlation"], () => Check.Cosine((a, b) => Dot([.. a.Select(v => v - a.Average())], [.. b.Select(v => v - b.Average())]) / a.Length / Deviation(a) / Deviation(b))),
        new("Cosine: the angle", ["angle", "arccos", "acos"], () => Check.Cosine((a, b) => Math.Acos(Dot(a, b) / Length(a) / Length(b)))),
        new("Cosine: absolute", ["absolute", "sign"], () => Check.Cosine((a, b) => Math.Abs(Dot(a, b)) / Length(a) / Length(b))),
        new("DescentStep: uphill", ["sign", "uphill", "against"], () => Check.DescentStep((w, H, g, rate) => [.. w.Select((v, i) => v + rate * (Dot(Row(H, i), w) - g[i]))])),
        new("DescentStep: plus g", ["g"], () => Check.DescentStep((w, H, g, rate) => [.. w.Select((v, i) => v - rate * (Dot(Row(H, i), w) + g[i]))])),
        new("DescentStep: g forgotten", ["g"], () => Check.DescentStep((w, H, _, rate) => [.. w.Select((v, i) => v - rate * Dot(Row(H, i), w))])),
        new("DescentStep: H forgotten", ["H"], () => Check.DescentStep((w, _, g, rate) => [.. w.Select((v, i) => v + rate * g[i])])),
        new("DescentStep: diagonal alone", ["diagonal", "H"], () => Check.DescentStep((w, H, g, rate) => [.. w.Select((v, i) => v - rate * (H[i, i] * v - g[i]))])),
        new("DescentStep: w changes while it is needed", ["in place"], () => Check.DescentStep((w, H, g, rate) =>
        {
            for (var i = 0; i < w.Length; i++)
                w[i] -= rate * (Dot(Row(H, i), w) - g[i]);
            return w;
        })),
        new("LeftOfError: the flat direction alone", ["flat"], () => Check.LeftOfError((flat, _, rate) => Math.Abs(1 - rate * flat))),
        new("LeftOfError: the steep direction alone", ["steep"], () => Check.LeftOfError((_, steep, rate) => Math.Abs(1 - rate * steep))),
        new("LeftOfError: the smaller", ["worst", "larger", "Max"], () => Check.LeftOfError((flat, steep, rate) => Math.Min(Math.Abs(1 - rate * flat), Math.Abs(1 - rate * steep)))),
        new("LeftOfError: no absolute value", ["amount", "absolute", "sign", "Abs", "flat"], () => Check.LeftOfError((flat, steep, rate) => Math.Max(1 - rate * flat, 1 - rate * steep))),
        new("StandardizeByTraining: test by its own", ["test"], () => Check.StandardizeByTraining((train, test) => (Standard(train, train), Standard(test, test)))),
        new("StandardizeByTraining: no root", ["root", "variance"], () => Check.StandardizeByTraining((train, test) => (Make(train, (n, c) => (train[n, c] - Column(train, c).Average()) / Variance(Column(train, c))), Standard(test, train)))),
        new("StandardizeByTraining: whole table", ["table", "column"], () => Check.StandardizeByTraining((train, test) => (Make(train, (n, c) => (train[n, c] - Flat(train).Average()) / Deviation(Flat(train))), Standard(test, train)))),
        new("StandardizeByTraining: both together", ["test", "together", "leak"], () => Check.StandardizeByTraining((train, test) =>
        {
            var all = Make(train.GetLength(0) + test.GetLength(0), train.GetLength(1), (n, c) => n < train.GetLength(0) ? train[n, c] : test[n - train.GetLength(0), c]);
            return (Standard(train, all), Standard(test, all));
        })),
        new("HeDeviation: whole numbers", ["zero", "whole number", "2 / inputs"], () => Check.HeDeviation((inputs, _) => Math.Sqrt(2 / inputs))),
        new("HeDeviation: Xavier", ["outputs", "Xavier", "Glorot"], () => Check.HeDeviation((inputs, outputs) => Math.Sqrt(2.0 / (inputs + outputs)))),
        new("FactorPerLayer: the number of layers", ["L − 1", "steps", "one less", "count"], () => Check.FactorPerLayer(signal => Math.Pow(signal[^1] / signal[0], 1.0 / signal.Length))),
        new("FactorPerLayer: whole numbers", ["whole number", "1 /", "power"], () => Check.FactorPerLayer(signal => Math.Pow(signal[^1] / signal[0], 1 / (signal.Length - 1)))),
        new("FactorPerLayer: the last step", ["last"], () => Check.FactorPerLayer(signal => signal[^1] / signal[^2])),
        new("FactorPerLayer: upside down", ["other way", "upside", "divide", "grows"], () => Check.FactorPerLayer(signal => Math.Pow(signal[0] / signal[^1], 1.0 / (signal.Length - 1)))),
        new("EffectiveRate: over the length", ["squar", "‖W‖²"], () => Check.EffectiveRate((rate, w) => rate / Length(Flat(w)))),
        new("EffectiveRate: times", ["divide"], () => Check.EffectiveRate((rate, w) => rate * Dot(Flat(w), Flat(w)))),
        new("EffectiveRate: mean square", ["mean", "sum"], () => Check.EffectiveRate((rate, w) => rate / Flat(w).Average(v => v * v))),
        new("UndoNormalization: the variance", ["root", "deviation"], () => Check.UndoNormalization((x, eps) => (Variance(x) + eps, x.Average()))),
        new("UndoNormalization: no ε", ["ε"], () => Check.UndoNormalization((x, _) => (Deviation(x), x.Average()))),
        new("UndoNormalization: one over", ["divide", "1/", "multipl"], () => Check.UndoNormalization((x, eps) => (1 / Math.Sqrt(Variance(x) + eps), x.Average()))),
        new("UndoNormalization: minus the mean", ["sign", "minus", "mean"], () => Check.UndoNormalization((x, eps) => (Math.Sqrt(Variance(x) + eps), -x.Average()))),
        new("RememberVariance: biased", ["n − 1", "m − 1", "unbiased", "m/(m − 1)"], () => Check.RememberVariance((old, biased, _, momentum) => (1 - momentum) * old + momentum * biased)),
        new("RememberVariance: Keras", ["momentum", "Keras"], () => Check.RememberVariance((old, biased, m, momentum) => momentum * old + (1 - momentum) * biased * m / (m - 1))),
        new("RememberVariance: whole numbers", ["n − 1", "m − 1", "unbiased", "whole number", "m/(m − 1)"], () => Check.RememberVariance((old, biased, m, momentum) => (1 - momentum) * old + momentum * biased * (m / (m - 1)))),
        new("RememberVariance: upside down", ["m/(m − 1)", "(m − 1)/m", "other way", "upside"], () => Check.RememberVariance((old, biased, m, momentum) => (1 - momentum) * old + momentum * biased * (m - 1) / m)),
        new("RememberVariance: old corrected, too", ["old"], () => Check.RememberVariance((old, biased, m, momentum) => ((1 - momentum) * old + momentum * biased) * m / (m - 1))),
        new("RemoveDirections: the mean alone", ["x̂", "along"], () => Check.RemoveDirections((g, _) => [.. g.Select(v => v - g.Average())])),
        new("RemoveDirections: along x̂ alone", ["mean"], () => Check.RemoveDirections((g, hat) => [.. g.Select((v, i) => v - hat[i] * Dot(g, hat) / g.Length)])),
        new("RemoveDirections: the sum along x̂", ["m", "sum", "mean"], () => Check.RemoveDirections((g, hat) => [.. g.Select((v, i) => v - g.Average() - hat[i] * Dot(g, hat))])),
        new("RemoveDirections: what was taken out", ["taken", "subtract", "part", "minus"], () => Check.RemoveDirections((g, hat) => [.. g.Select((_, i) => g.Average() + hat[i] * Dot(g, hat) / g.Length)])),
        new("Jacobian: δ alone", ["statistics", "constant", "μ"], () => Check.Jacobian((x, eps) => Make(x.Length, x.Length, (i, j) => (i == j ? 1 : 0) / Math.Sqrt(Variance(x) + eps)))),
        new("Jacobian: 1 / m of whole numbers", ["1/m", "whole number", "mean", "μ"], () => Check.Jacobian((x, eps) => Make(x.Length, x.Length, (i, j) => ((i == j ? 1 : 0) - 1 / x.Length - Hat(x, eps)[i] * Hat(x, eps)[j] / x.Length) / Math.Sqrt(Variance(x) + eps)))),
        new("Jacobian: not divided", ["divide", "division"], () => Check.Jacobian((x, eps) => Make(x.Length, x.Length, (i, j) => (i == j ? 1 : 0) - 1.0 / x.Length - Hat(x, eps)[i] * Hat(x, eps)[j] / x.Length))),
        new("Jacobian: no x̂x̂", ["x̂", "σ²", "variance"], () => Check.Jacobian((x, eps) => Make(x.Length, x.Length, (i, j) => ((i == j ? 1 : 0) - 1.0 / x.Length) / Math.Sqrt(Variance(x) + eps)))),
        new("NumericalGradient: one side", ["one side", "forward", "central", "both sides"], () => Check.NumericalGradient((loss, x, h) => [.. x.Select((_, i) => (loss([.. x.Select((v, k) => k == i ? v + h : v)]) - loss(x)) / h)])),
        new("NumericalGradient: over h", ["2h"], () => Check.NumericalGradient((loss, x, h) => [.. x.Select((_, i) => (loss([.. x.Select((v, k) => k == i ? v + h : v)]) - loss([.. x.Select((v, k) => k == i ? v - h : v)])) / h)])),
        new("BatchesUntil: one too many", ["one", "at most", "≤"], () => Check.BatchesUntil((momentum, share) => (int)Math.Floor(Math.Log(share) / Math.Log(1 - momentum)) + 2)),
        new("BatchesUntil: rounded down", ["round", "down", "up", "one", "at most"], () => Check.BatchesUntil((momentum, share) => (int)(Math.Log(share) / Math.Log(1 - momentum)))),
        new("BatchesUntil: Keras's momentum", ["momentum"], () => Check.BatchesUntil((momentum, share) => (int)Math.Ceiling(Math.Log(share) / Math.Log(momentum)))),
        new("AverageAfter: Keras's momentum", ["momentum"], () => Check.AverageAfter((start, mean, momentum, batches) => mean + (start - mean) * Math.Pow(momentum, batches))),
        new("AverageAfter: one batch", ["batch", "power"], () => Check.AverageAfter((start, mean, momentum, _) => (1 - momentum) * start + momentum * mean)),
        new("AverageAfter: the start forgotten", ["start"], () => Check.AverageAfter((_, mean, momentum, batches) => mean * (1 - Math.Pow(1 - momentum, batches)))),
        new("AverageAfter: linear", ["power", "each batch", "multipl", "grow"], () => Check.AverageAfter((start, mean, momentum, batches) => mean + (start - mean) * (1 - momentum * batches))),
        new("Debias: Adam's β", ["momentum"], () => Check.Debias((average, momentum, batches) => average / (1 - Math.Pow(momentum, batches)))),
        new("Debias: the share of the start", ["1 −"], () => Check.Debias((average, momentum, batches) => average / Math.Pow(1 - momentum, batches))),
        new("Debias: multiplied", ["divide"], () => Check.Debias((average, momentum, batches) => average * (1 - Math.Pow(1 - momentum, batches)))),
        new("WithoutBias: added", ["subtract", "sign", "add"], () => Check.WithoutBias((bias, mean) => [.. mean.Zip(bias, (m, b) => m + b)])),
        new("WithoutBias: as it was", ["runningMean itself", "stay", "bias"], () => Check.WithoutBias((_, mean) => [.. mean])),
        new("MomentsAfterRelu: half the variance", ["mean", "½", "around"], () => Check.MomentsAfterRelu(gamma => (gamma / Math.Sqrt(2 * Math.PI), gamma * Math.Sqrt(0.5)))),
        new("MomentsAfterRelu: no mean", ["mean"], () => Check.MomentsAfterRelu(gamma => (0, gamma * Math.Sqrt(0.5 - 1 / (2 * Math.PI))))),
        new("MomentsAfterRelu: |z|'s mean", ["half", "2", "|"], () => Check.MomentsAfterRelu(gamma => (gamma * Math.Sqrt(2 / Math.PI), gamma * Math.Sqrt(0.5 - 1 / (2 * Math.PI))))),
        new("MomentsAfterRelu: 1 / 2 of whole numbers", ["NaN", "½", "whole number", "root"], () => Check.MomentsAfterRelu(gamma => (gamma / Math.Sqrt(2 * Math.PI), gamma * Math.Sqrt(gamma > 0 ? Half() - 1 / (2 * Math.PI) : 0)))),
        new("DeadUnits: any zero", ["every", "all", "one sample"], () => Check.DeadUnits(sums => Columns(sums).Count(column => column.Any(v => v <= 0)))),
        new("DeadUnits: rows", ["row", "sample", "column"], () => Check.DeadUnits(sums => Enumerable.Range(0, sums.GetLength(0)).Count(n => Row(sums, n).All(v => v <= 0)))),
        new("DeadUnits: exactly zero", ["negative", "below", "≤", "0"], () => Check.DeadUnits(sums => Columns(sums).Count(column => column.All(v => v == 0)))),
        new("DeadUnits: those alive", ["alive", "units that live"], () => Check.DeadUnits(sums => Columns(sums).Count(column => column.Any(v => v > 0)))),
        new("NumbersOfBatchNorms: outputs, too", ["output", "last"], () => Check.NumbersOfBatchNorms(widths => (2 * widths.Skip(1).Sum(), 2 * widths.Skip(1).Sum()))),
        new("NumbersOfBatchNorms: one for each layer", ["unit", "width", "layer"], () => Check.NumbersOfBatchNorms(widths => (2 * (widths.Length - 2), 2 * (widths.Length - 2)))),
        new("NumbersOfBatchNorms: γ alone", ["β", "γ", "two", "2"], () => Check.NumbersOfBatchNorms(widths => (widths[1..^1].Sum(), 2 * widths[1..^1].Sum()))),
    ];

    // Not a constant, so that it divides as the learner's does.
    static int Half() => 1 / 2;

    static double[,] Standard(double[,] x, double[,] by) => Make(x, (n, c) => (x[n, c] - Column(by, c).Average()) / Deviation(Column(by, c)));

    public static IEnumerable<Answer> Right =>
    [
        new("VarianceLeft: of x̂", [], () => Check.VarianceLeft((x, eps) => Variance(Hat(x, eps)))),
        new("EpsilonInNewUnits: a power", [], () => Check.EpsilonInNewUnits((eps, factor) => eps * Math.Pow(factor, 2))),
        new("SigmoidSlope: e^−z / (1 + e^−z)²", [], () => Check.SigmoidSlope(z => Math.Exp(-z) / Math.Pow(1 + Math.Exp(-z), 2))),
        new("TimesFewer: a root", [], () => Check.TimesFewer((slow, fast) => Math.Pow(slow.Zip(fast, (a, b) => a / b).Aggregate((a, b) => a * b), 1.0 / slow.Length))),
        new("Cosine: of unit vectors", [], () => Check.Cosine((a, b) => Dot([.. a.Select(v => v / Length(a))], [.. b.Select(v => v / Length(b))]))),
        new("ShiftInDeviations: two shifts", [], () => Check.ShiftInDeviations((before, after) => after.Average() / Deviation(before) - before.Average() / Deviation(before))),
        new("DescentStep: by components", [], () => Check.DescentStep((w, H, g, rate) => [.. w.Select((v, i) => v + rate * g[i] - rate * Dot(Row(H, i), w))])),
        new("StandardizeByTraining: tables", [], () => Check.StandardizeByTraining((train, test) => (Standard(train, train), Standard(test, train)))),
        new("FactorPerLayer: mean logarithm", [], () => Check.FactorPerLayer(signal => Math.Exp(signal.Zip(signal.Skip(1), (a, b) => Math.Log(b / a)).Average()))),
        new("EffectiveRate: flat", [], () => Check.EffectiveRate((rate, w) => rate / Dot(Flat(w), Flat(w)))),
        new("Debias: geometric series", [], () => Check.Debias((average, momentum, batches) => average / Enumerable.Range(0, batches).Sum(i => momentum * Math.Pow(1 - momentum, i)))),
        new("AverageAfter: a loop", [], () => Check.AverageAfter((start, mean, momentum, batches) =>
        {
            for (var i = 0; i < batches; i++)
                start += momentum * (mean - start);
            return start;
        })),
        new("RememberVariance: a difference", [], () => Check.RememberVariance((old, biased, m, momentum) => old + momentum * (biased / (1 - 1.0 / m) - old))),
        new("RemoveDirections: one after the other", [], () => Check.RemoveDirections((g, hat) =>
        {
            double[] centred = [.. g.Select(v => v - g.Average())];
            return [.. centred.Select((v, i) => v - hat[i] * Dot(centred, hat) / Dot(hat, hat))];
        })),
        new("DeadUnits: by the maximum", [], () => Check.DeadUnits(sums => Columns(sums).Count(column => column.Max() <= 0))),
    ];
}
