namespace BnNotebooks.Checks.Tests;

/// <summary>What is right in another style than the solution's is right, too.</summary>
public class OtherRightAnswersTests
{
    static readonly Dictionary<string, Func<CheckResult>> answers = new()
    {
        ["steps written out"] = () => Check.MemoryIndex((n, c, h, w, C, H, W) => n * C * H * W + c * H * W + h * W + w),
        ["sums first, then divided"] = () => Check.ChannelMeans((x, N, C, S) =>
            [.. Enumerable.Range(0, C).Select(c => x.Where((_, i) => i / S % C == c).Sum() / N / S)]),
        ["batch after batch"] = () => Check.RepeatedBatch((variance, m, momentum, times) =>
        {
            var running = 1.0;
            for (var i = 0; i < times; i++)
                running = (1 - momentum) * running + momentum * variance * m / (m - 1);
            return running;
        }),
        ["g's part along w by w·w"] = () => Check.DirectionGradient((w, g) =>
        {
            var share = w.Zip(g, (a, b) => a * b).Sum() / (Length(w) * Length(w));
            return [.. w.Zip(g, (a, b) => (b - share * a) / Length(w))];
        }),
        ["the length by Math.Pow"] = () => Check.LengthAfterStep((length, rate, gradient) => Math.Pow(Math.Pow(length, 2) + Math.Pow(rate * gradient, 2), 0.5)),
        ["classes from the samples"] = () => Check.BalancedAccuracy((truth, called, _) =>
            truth.Zip(called).GroupBy(pair => pair.First).Average(ofClass => ofClass.Average(pair => pair.First == pair.Second ? 1.0 : 0.0))),
        ["odds"] = () => Check.PredictiveValue((se, sp, ill) => 1 / (1 + (1 - sp) * (1 - ill) / (se * ill))),
        ["Wilson with one denominator"] = () => Check.AccuracyInterval((right, of) =>
        {
            double z2 = 1.96 * 1.96, middle = right + z2 / 2, half = 1.96 * Math.Sqrt((double)right * (of - right) / of + z2 / 4);
            return ((middle - half) / (of + z2), (middle + half) / (of + z2));
        }),
        ["by a set"] = () => Check.LeakedVoices((train, test) => test.Count(train.ToHashSet().Contains)),
        ["by logarithms"] = () => Check.MomentumFor((batches, left) => 1 - Math.Exp(Math.Log(left) / batches)),
        ["from the sum"] = () => Check.CumulativeMean((average, seen, batch) => (average * seen + batch) / (seen + 1)),
        ["E[x²] − E[x]² of the batches"] = () => Check.Recalibrated((means, variances) =>
            (means.Average(), means.Zip(variances, (m, v) => v + m * m).Average() - means.Average() * means.Average())),
        ["by mean and variance"] = () => Check.BatchOfTwo((a, b, eps) =>
        {
            var mean = (a + b) / 2;
            return (a - mean) / Math.Sqrt(((a - mean) * (a - mean) + (b - mean) * (b - mean)) / 2 + eps);
        }),
        ["from the first value on"] = () => Check.OnePassVariance(x =>
        {
            double sum = 0, squares = 0; // of the distances from the first value, as the library's fused step does it
            foreach (var value in x)
                (sum, squares) = (sum + value - x[0], squares + (value - x[0]) * (value - x[0]));
            return (x[0] + sum / x.Length, squares / x.Length - sum / x.Length * (sum / x.Length));
        }),
        ["two passes lose nothing either"] = () => Check.OnePassVariance(x => (x.Average(), x.Average(v => (v - x.Average()) * (v - x.Average())))),
        ["two at a time, by Chan"] = () => Check.CombineReplicas((counts, means, variances) =>
        {
            double n = counts[0], mean = means[0], squares = n * variances[0];
            for (var i = 1; i < counts.Length; i++)
            {
                var delta = means[i] - mean;
                squares += counts[i] * variances[i] + delta * delta * n * counts[i] / (n + counts[i]);
                (mean, n) = (mean + delta * counts[i] / (n + counts[i]), n + counts[i]);
            }
            return (mean, squares / n);
        }),
        ["the square last"] = () => Check.SamplesFor((sigma, noise) => (int)Math.Ceiling(Math.Pow(sigma / noise, 2))),
        ["multiplied first"] = () => Check.GroupOf((c, channels, groups) => c * groups / channels),
        ["in chunks"] = () => Check.GhostNormalize((x, ghost, eps) => [.. x.Chunk(ghost).SelectMany(piece =>
            piece.Select(value => (value - piece.Average()) / Math.Sqrt(piece.Average(v => Math.Pow(v - piece.Average(), 2)) + eps)))]),
        ["the scale first"] = () => Check.WeightNormed((v, g) => [.. v.Select(value => value * (g / Length(v)))]),
        ["limits by Min and Max"] = () => Check.RenormCorrections((mean, deviation, runningMean, runningDeviation, rMax, dMax) =>
            (Math.Max(1 / rMax, Math.Min(rMax, deviation / runningDeviation)), Math.Max(-dMax, Math.Min(dMax, (mean - runningMean) / runningDeviation)))),
        ["weights against each other"] = () => Check.SwitchableMixture((learned, values) =>
            learned.Select((l, i) => values[i] / learned.Sum(other => Math.Exp(other - l))).Sum()),
        ["recursive"] = () => Check.EditDistance(Distance),
        ["without its dot"] = () => Check.ArxivDate(id =>
        {
            var at = id.LastIndexOf('/') + 1;
            var number = int.Parse(id.Substring(at, 4), System.Globalization.CultureInfo.InvariantCulture);
            return (number / 100 + (number / 100 >= 91 ? 1900 : 2000), number % 100);
        }),
        ["one division at the end"] = () => Check.RooflineTime((flops, bytes, g, b) => 1000 * Math.Max(flops / (g * 1e9), bytes / (b * 1e9))),
        ["over the threads"] = () => Check.Amdahl((share, threads) => threads / (threads * (1 - share) + share)),
        ["a copy, sorted in place"] = () => Check.MedianTime(times =>
        {
            var copy = (double[])times.Clone();
            Array.Sort(copy);
            return copy.Length % 2 == 1 ? copy[copy.Length / 2] : 0.5 * (copy[copy.Length / 2 - 1] + copy[copy.Length / 2]);
        }),
        ["roots multiplied"] = () => Check.GeometricMean(factors => factors.Aggregate(1.0, (product, factor) => product * Math.Pow(factor, 1.0 / factors.Length))),
        ["a share"] = () => Check.IsWon((ours, rival) => ours.Count(time => time < rival) / (double)ours.Length >= 0.95),
        ["the sizes of all batches"] = () => Check.HasBatchOfOne((samples, batch, dropLast) =>
            Enumerable.Range(0, samples).Chunk(batch).Any(part => part.Length == 1 && (part.Length == batch || !dropLast))),
        ["by subtraction"] = () => Check.FromKeras((epsilon, momentum) => (Eps: epsilon, Momentum: -(momentum - 1))),
        ["the shares added up"] = () => Check.NoiseOfRunningMean((sigma, batch, momentum) => Math.Sqrt(sigma * sigma / batch
            * Enumerable.Range(0, 5000).Sum(k => Math.Pow(momentum * Math.Pow(1 - momentum, k), 2)))), // 0.99^5000 is below a double's last digit
        ["times as fast, by factors"] = () => Check.TimesAsFast((without, with, a, b) => without / with * (a / b)),
    };

    public static TheoryData<string> Styles => [.. answers.Keys];

    [Theory]
    [MemberData(nameof(Styles))]
    public void An_answer_in_another_style_is_right(string style)
    {
        var result = answers[style]();
        Assert.True(result.Status == CheckStatus.Solved, result.ToString());
    }

    static double Length(double[] w) => Math.Sqrt(w.Sum(value => value * value));

    static int Distance(string a, string b) =>
        a.Length == 0 || b.Length == 0 ? a.Length + b.Length
        : Math.Min(Distance(a[1..], b[1..]) + (a[0] == b[0] ? 0 : 1), Math.Min(Distance(a[1..], b), Distance(a, b[1..])) + 1);
}
