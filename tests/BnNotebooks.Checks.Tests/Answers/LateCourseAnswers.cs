using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>Answers to the exercises of notebooks 08 to 15.</summary>
static class LateCourseAnswers
{
    static double Length(double[] a) => Math.Sqrt(a.Sum(v => v * v));

    public static IEnumerable<Answer> Wrong =>
    [
        new("MemoryIndex: channels last", ["NHWC", "last", "channel", "order"], () => Check.MemoryIndex((n, c, h, w, C, H, W) => ((n * H + h) * W + w) * C + c)),
        new("MemoryIndex: column-major", ["W", "row", "column", "order"], () => Check.MemoryIndex((n, c, h, w, C, H, W) => ((n * C + c) * W + w) * H + h)),
        new("MemoryIndex: parentheses forgotten", ["parenthes", "C"], () => Check.MemoryIndex((n, c, h, w, C, H, W) => n * C + c * H + h * W + w)),
        new("MemoryIndex: H and W exchanged in the steps", ["H", "W"], () => Check.MemoryIndex((n, c, h, w, C, H, W) => ((n * C + c) * H + h) * H + w)),
        new("ChannelMeans: of the images, too", ["channel", "image"], () => Check.ChannelMeans((x, N, C, S) => [.. Enumerable.Range(0, N * C).Select(i => x.Skip(i * S).Take(S).Average())])),
        new("ChannelMeans: N alone", ["S"], () => Check.ChannelMeans((x, N, C, S) => [.. Enumerable.Range(0, C).Select(c => x.Where((_, i) => i / S % C == c).Sum() / N)])),
        new("ChannelMeans: channels last", ["last", "order", "channel"], () => Check.ChannelMeans((x, N, C, S) => [.. Enumerable.Range(0, C).Select(c => x.Where((_, i) => i % C == c).Average())])),
        new("RepeatedBatch: biased", ["m − 1", "n − 1", "unbiased", "m/(m − 1)"], () => Check.RepeatedBatch((variance, m, momentum, times) => Math.Pow(1 - momentum, times) + (1 - Math.Pow(1 - momentum, times)) * variance)),
        new("RepeatedBatch: Keras", ["momentum"], () => Check.RepeatedBatch((variance, m, momentum, times) => Math.Pow(momentum, times) + (1 - Math.Pow(momentum, times)) * variance * m / (m - 1))),
        new("RepeatedBatch: from 0", ["start", "1"], () => Check.RepeatedBatch((variance, m, momentum, times) => (1 - Math.Pow(1 - momentum, times)) * variance * m / (m - 1))),
        new("TimesAsFast: steps alone", ["ms", "time", "step"], () => Check.TimesAsFast((a, b, _, _) => a / b)),
        new("TimesAsFast: upside down", ["other way", "upside", "without", "slow"], () => Check.TimesAsFast((a, b, c, d) => b * d / (a * c))),
        new("TimesAsFast: parentheses forgotten", ["parenthes", "msWith", "divide"], () => Check.TimesAsFast((a, b, c, d) => a * c / b * d)),
        new("DirectionGradient: length forgotten", ["length", "‖w‖", "divide"], () => Check.DirectionGradient((w, g) => [.. g.Select((v, i) => v - g.Zip(w, (a, b) => a * b).Sum() * w[i] / (Length(w) * Length(w)))])),
        new("DirectionGradient: g over the length", ["along", "direction"], () => Check.DirectionGradient((w, g) => [.. g.Select(v => v / Length(w))])),
        new("DirectionGradient: w not made a unit", ["unit", "length", "‖w‖", "u"], () => Check.DirectionGradient((w, g) => [.. g.Select((v, i) => (v - g.Zip(w, (a, b) => a * b).Sum() * w[i]) / Length(w))])),
        new("LengthAfterStep: along", ["right angle", "perpendicular", "Pythagoras", "root"], () => Check.LengthAfterStep((length, rate, gradient) => length - rate * gradient)),
        new("LengthAfterStep: sum", ["right angle", "perpendicular", "Pythagoras", "root"], () => Check.LengthAfterStep((length, rate, gradient) => length + rate * gradient)),
        new("LengthAfterStep: no rate", ["rate"], () => Check.LengthAfterStep((length, _, gradient) => Math.Sqrt(length * length + gradient * gradient))),
        new("LengthAfterStep: rate not squared", ["rate", "squar"], () => Check.LengthAfterStep((length, rate, gradient) => Math.Sqrt(length * length + rate * gradient * gradient))),
        new("LengthAfterStep: no root", ["root"], () => Check.LengthAfterStep((length, rate, gradient) => length * length + rate * rate * gradient * gradient)),
        new("BalancedAccuracy: plain", ["every", "class", "plain", "accuracy"], () => Check.BalancedAccuracy((truth, called, _) => truth.Zip(called).Average(p => p.First == p.Second ? 1.0 : 0))),
        new("BalancedAccuracy: precision", ["precision", "predicted", "recall"], () => Check.BalancedAccuracy((truth, called, classes) => Enumerable.Range(0, classes).Average(k => truth.Zip(called).Where(p => p.Second == k).Select(p => p.First == k ? 1.0 : 0).DefaultIfEmpty().Average()))),
        new("PredictiveValue: sensitivity", ["sensitivity"], () => Check.PredictiveValue((sensitivity, _, _) => sensitivity)),
        new("PredictiveValue: specificity not turned", ["1 − specificity", "specificity"], () => Check.PredictiveValue((se, sp, ill) => se * ill / (se * ill + sp * (1 - ill)))),
        new("PredictiveValue: the prevalence forgotten", ["share", "rare", "ill"], () => Check.PredictiveValue((se, sp, _) => se / (se + 1 - sp))),
        new("AccuracyInterval: Wald", ["Wald", "normal", "Wilson"], () => Check.AccuracyInterval((right, of) =>
        {
            double p = (double)right / of, half = 1.96 * Math.Sqrt(p * (1 - p) / of);
            return (p - half, p + half);
        })),
        new("AccuracyInterval: whole numbers", ["whole number", "0"], () => Check.AccuracyInterval((right, of) =>
        {
            double n = of, p = right / of, z = 1.96, middle = (p + z * z / (2 * n)) / (1 + z * z / n), half = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
            return (middle - half, middle + half);
        })),
        new("LeakedVoices: voices, not clips", ["clip", "voice", "once", "distinct"], () => Check.LeakedVoices((train, test) => train.Intersect(test).Count())),
        new("LeakedVoices: clips of training", ["train", "test"], () => Check.LeakedVoices((train, test) => train.Count(test.Contains))),
        new("LeakedVoices: the fair ones", ["other", "not", "heard"], () => Check.LeakedVoices((train, test) => test.Count(v => !train.Contains(v)))),
        new("MomentumFor: Keras's", ["1 −", "Keras"], () => Check.MomentumFor((batches, left) => Math.Pow(left, 1.0 / batches))),
        new("MomentumFor: whole numbers", ["whole number", "whole-number"], () => Check.MomentumFor((batches, left) => 1 - Math.Pow(left, 1 / batches))),
        new("MomentumFor: linear", ["power", "root", "multiply"], () => Check.MomentumFor((batches, left) => (1 - left) / batches)),
        new("CumulativeMean: halves", ["weigh", "half", "seen"], () => Check.CumulativeMean((average, _, batch) => (average + batch) / 2)),
        new("CumulativeMean: seen, not seen + 1", ["+ 1", "one more", "new"], () => Check.CumulativeMean((average, seen, batch) => average + (batch - average) / Math.Max(1, seen))),
        new("CumulativeMean: the average not weighted", ["weigh", "seen", "times"], () => Check.CumulativeMean((average, seen, batch) => (average + batch) / (seen + 1))),
        new("CumulativeMean: momentum 0.1", ["momentum"], () => Check.CumulativeMean((average, _, batch) => 0.9 * average + 0.1 * batch)),
        new("Recalibrated: within alone", ["between", "means"], () => Check.Recalibrated((means, variances) => (means.Average(), variances.Average()))),
        new("Recalibrated: between by n − 1", ["− 1", "one less"], () => Check.Recalibrated((means, variances) => (means.Average(), variances.Average() + Variance(means) * means.Length / (means.Length - 1)))),
        new("BatchOfTwo: n − 1", ["n − 1", "2"], () => Check.BatchOfTwo((a, b, eps) => (a - b) / 2 / Math.Sqrt((a - b) * (a - b) / 2 + eps))),
        new("BatchOfTwo: the sign", ["sign", "becomes of b"], () => Check.BatchOfTwo((a, b, eps) => (b - a) / 2 / Math.Sqrt((a - b) * (a - b) / 4 + eps))),
        new("BatchOfTwo: no ε", ["ε"], () => Check.BatchOfTwo((a, b, _) => Math.Sign(a - b))),
        new("OnePassVariance: E[x²] − E[x]²", ["E[x²]", "digits", "cancel", "mean of the squares"], () => Check.OnePassVariance(x => (x.Average(), x.Average(v => v * v) - x.Average() * x.Average()))),
        new("OnePassVariance: n − 1", ["n − 1"], () => Check.OnePassVariance(x => (x.Average(), Variance(x) * x.Length / (x.Length - 1)))),
        new("OnePassVariance: old difference squared", ["old", "new", "before", "after"], () => Check.OnePassVariance(x =>
        {
            double mean = 0, squares = 0;
            for (var k = 1; k <= x.Length; k++)
            {
                var delta = x[k - 1] - mean;
                mean += delta / k;
                squares += delta * delta;
            }
            return (mean, squares / x.Length);
        })),
        new("CombineReplicas: means of means", ["weigh", "count", "uneven", "size"], () => Check.CombineReplicas((_, means, variances) => (means.Average(), variances.Average()))),
        new("CombineReplicas: between forgotten", ["means", "between"], () => Check.CombineReplicas((counts, means, variances) => (Weighted(counts, means), Weighted(counts, variances)))),
        new("SamplesFor: not squared", ["squar", "²"], () => Check.SamplesFor((sigma, noise) => (int)Math.Ceiling(sigma / noise))),
        new("SamplesFor: rounded down", ["round", "up", "at most"], () => Check.SamplesFor((sigma, noise) => (int)(sigma * sigma / (noise * noise)))),
        new("GroupOf: dealt out", ["%", "neighbour", "dealt", "next to"], () => Check.GroupOf((c, _, groups) => c % groups)),
        new("GroupOf: by the number of groups", ["size", "channels in", "number of groups", "C/G", "channels /"], () => Check.GroupOf((c, _, groups) => c / groups)),
        new("GhostNormalize: the whole batch", ["whole batch", "ghost", "own"], () => Check.GhostNormalize((x, _, eps) => [.. x.Select(v => (v - x.Average()) / Math.Sqrt(Variance(x) + eps))])),
        new("GhostNormalize: n − 1", ["n − 1", "less one"], () => Check.GhostNormalize((x, ghost, eps) => [.. x.Chunk(ghost).SelectMany(part => part.Select(v => (v - part.Average()) / Math.Sqrt(Variance(part) * ghost / (ghost - 1.0) + eps)))])),
        new("GhostNormalize: the sum not set to zero", ["next", "zero", "first"], () => Check.GhostNormalize((x, ghost, eps) =>
        {
            double mean = 0;
            return [.. x.Chunk(ghost).SelectMany(part =>
            {
                mean += part.Average();
                var (m, variance) = (mean, part.Average(v => (v - mean) * (v - mean)));
                return part.Select(v => (v - m) / Math.Sqrt(variance + eps));
            })];
        })),
        new("WeightNormed: no g", ["g"], () => Check.WeightNormed((v, _) => [.. v.Select(a => a / Length(v))])),
        new("WeightNormed: no root", ["root", "length"], () => Check.WeightNormed((v, g) => [.. v.Select(a => g * a / (Length(v) * Length(v)))])),
        new("WeightNormed: g·v", ["divide", "length", "‖v‖"], () => Check.WeightNormed((v, g) => [.. v.Select(a => g * a)])),
        new("WeightNormed: sum of absolutes", ["absolute", "square", "length"], () => Check.WeightNormed((v, g) => [.. v.Select(a => g * a / v.Sum(Math.Abs))])),
        new("RenormCorrections: not clipped", ["clip", "limit", "rMax", "Clamp", "most"], () => Check.RenormCorrections((mean, sd, rMean, rSd, _, _) => (sd / rSd, (mean - rMean) / rSd))),
        new("RenormCorrections: upside down", ["other way", "upside", "running", "divide"], () => Check.RenormCorrections((mean, sd, rMean, rSd, rMax, dMax) => (Math.Clamp(rSd / sd, 1 / rMax, rMax), Math.Clamp((mean - rMean) / rSd, -dMax, dMax)))),
        new("RenormCorrections: d over the batch's deviation", ["running", "d"], () => Check.RenormCorrections((mean, sd, rMean, rSd, rMax, dMax) => (Math.Clamp(sd / rSd, 1 / rMax, rMax), Math.Clamp((mean - rMean) / sd, -dMax, dMax)))),
        new("SwitchableMixture: the plain numbers", ["softmax", "exp"], () => Check.SwitchableMixture((learned, statistics) => learned.Zip(statistics, (a, b) => a * b).Sum() / learned.Sum())),
        new("SwitchableMixture: not divided", ["sum", "divide", "1"], () => Check.SwitchableMixture((learned, statistics) => learned.Zip(statistics, (a, b) => Math.Exp(a) * b).Sum())),
        new("SwitchableMixture: plain mean", ["learned", "weight", "softmax"], () => Check.SwitchableMixture((_, statistics) => statistics.Average())),
        new("ArxivDate: 19 for all", ["19", "2000"], () => Check.ArxivDate(id => (1900 + int.Parse(id.Split('/')[^1][..2]), int.Parse(id.Split('/')[^1][2..4])))),
        new("ArxivDate: 20 for all", ["20", "1991", "199"], () => Check.ArxivDate(id => (2000 + int.Parse(id.Split('/')[^1][..2]), int.Parse(id.Split('/')[^1][2..4])))),
        new("EditDistance: no exchange", ["exchange", "replace"], () => Check.EditDistance((a, b) => Distance(a, b, 2))),
        new("EditDistance: places that differ", ["in", "out", "shift", "place"], () => Check.EditDistance((a, b) => a.Zip(b).Count(p => p.First != p.Second) + Math.Abs(a.Length - b.Length))),
        new("Amdahl: threads", ["share", "threads", "rest"], () => Check.Amdahl((_, threads) => threads)),
        new("Amdahl: the time", ["time", "1 /", "1/"], () => Check.Amdahl((share, threads) => 1 - share + share / threads)),
        new("Amdahl: shares exchanged", ["share", "other", "exchanged"], () => Check.Amdahl((share, threads) => 1 / (share + (1 - share) / threads))),
        new("GeometricMean: arithmetic", ["arithmetic", "mean"], () => Check.GeometricMean(factors => factors.Average())),
        new("GeometricMean: the product", ["root"], () => Check.GeometricMean(factors => factors.Aggregate((a, b) => a * b))),
        new("GeometricMean: whole numbers", ["whole number", "power", "1 /"], () => Check.GeometricMean(factors => Math.Pow(factors.Aggregate((a, b) => a * b), 1 / factors.Length))),
        new("GeometricMean: the logarithm left", ["exp", "logarithm"], () => Check.GeometricMean(factors => factors.Average(Math.Log))),
        new("GeometricMean: harmonic", ["harmonic"], () => Check.GeometricMean(factors => factors.Length / factors.Sum(v => 1 / v))),
        new("IsWon: the median", ["median", "nineteen", "19"], () => Check.IsWon((ours, rival) => ours.Order().ElementAt(ours.Length / 2) < rival)),
        new("IsWon: all", ["all", "nineteen", "19"], () => Check.IsWon((ours, rival) => ours.All(v => v < rival))),
        new("IsWon: more than", ["exactly", "at least", "19"], () => Check.IsWon((ours, rival) => 20 * ours.Count(v => v < rival) > 19 * ours.Length)),
        new("IsWon: whole numbers", ["whole number", "all"], () => Check.IsWon((ours, rival) => ours.Count(v => v < rival) / ours.Length >= 0.95)),
        new("MedianTime: the mean", ["mean"], () => Check.MedianTime(times => times.Average())),
        new("MedianTime: not sorted", ["sort", "order"], () => Check.MedianTime(times => (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2)),
        new("MedianTime: the upper", ["even", "two", "middle"], () => Check.MedianTime(times => times.Order().ElementAt(times.Length / 2))),
        new("MedianTime: sorted in place", ["in place"], () => Check.MedianTime(times =>
        {
            Array.Sort(times);
            return (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
        })),
        new("RooflineTime: sum", ["same time", "larger", "max", "sum", "add"], () => Check.RooflineTime((flops, bytes, gflops, gb) => flops / (1e6 * gflops) + bytes / (1e6 * gb))),
        new("RooflineTime: seconds", ["ms", "millisecond", "1000", "second"], () => Check.RooflineTime((flops, bytes, gflops, gb) => Math.Max(flops / (1e9 * gflops), bytes / (1e9 * gb)))),
        new("RooflineTime: the smaller", ["larger", "slower", "Max", "longer", "shorter"], () => Check.RooflineTime((flops, bytes, gflops, gb) => Math.Min(flops / (1e6 * gflops), bytes / (1e6 * gb)))),
    ];

    static double Weighted(int[] counts, double[] values) => counts.Zip(values, (n, v) => n * v).Sum() / counts.Sum();

    static int Distance(string a, string b, int exchange)
    {
        if (a.Length == 0 || b.Length == 0)
            return a.Length + b.Length;
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                d[i, j] = i * j == 0 ? i + j : Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : exchange), 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
        return d[a.Length, b.Length];
    }

    public static IEnumerable<Answer> Right =>
    [
        new("GroupOf: by a product", [], () => Check.GroupOf((c, channels, groups) => c * groups / channels)),
        new("GhostNormalize: chunks", [], () => Check.GhostNormalize((x, ghost, eps) => [.. x.Chunk(ghost).SelectMany(part => part.Select(v => (v - part.Average()) / Math.Sqrt(Variance(part) + eps)))])),
        new("CombineReplicas: sums of squares", [], () => Check.CombineReplicas((counts, means, variances) =>
        {
            var mean = Weighted(counts, means);
            return (mean, Weighted(counts, [.. variances.Zip(means, (v, m) => v + m * m)]) - mean * mean);
        })),
        new("EditDistance: two rows", [], () => Check.EditDistance((a, b) => Distance(b, a, 1))),
        new("MedianTime: counted", [], () => Check.MedianTime(times => times.Order().Skip((times.Length - 1) / 2).Take(2 - times.Length % 2).Average())),
        new("RenormCorrections: Min and Max", [], () => Check.RenormCorrections((mean, sd, rMean, rSd, rMax, dMax) => (Math.Max(1 / rMax, Math.Min(rMax, sd / rSd)), Math.Max(-dMax, Math.Min(dMax, (mean - rMean) / rSd))))),
        new("RooflineTime: rates in ms", [], () => Check.RooflineTime((flops, bytes, gflops, gb) => 1000 * Math.Max(flops / gflops, bytes / gb) / 1e9)),
    ];
}
