namespace BnNotebooks.Checks.Tests;

/// <summary>The exercises of notebooks 00 to 07: a right answer is right in other styles than ours.</summary>
public class EarlyNotebooksTests
{
    public static TheoryData<string, Func<CheckResult>> OtherStyles => new()
    {
        { "the variance as E[x²] − E[x]²", () => Check.VarianceLeft((x, eps) => { var v = x.Average(a => a * a) - Math.Pow(x.Average(), 2); return v / (v + eps); }) },
        { "the variance of the normalized values", () => Check.VarianceLeft(VarianceOfNormalized) },
        { "ε by a power", () => Check.EpsilonInNewUnits((eps, factor) => eps * Math.Pow(factor, 2)) },
        { "the slope by e^z", () => Check.SigmoidSlope(z => Math.Exp(z) / Math.Pow(1 + Math.Exp(z), 2)) },
        { "a power for the layers", () => Check.SpreadAfterLayers((spread, slope, length, layers) => spread * Math.Pow(slope, layers) * Math.Pow(length, layers)) },
        { "a product and a root for the geometric mean", () => Check.TimesFewer((slow, fast) => Math.Pow(slow.Zip(fast, (a, b) => a / b).Aggregate((a, b) => a * b), 1.0 / slow.Length)) },
        { "the norm of the difference by Aggregate", () => Check.RelativeChange((g, h) => Math.Sqrt(g.Zip(h, (a, b) => (a - b) * (a - b)).Sum() / g.Sum(a => a * a))) },
        { "both gradients scaled to length 1 first", () => Check.Cosine((a, b) => a.Zip(b, (p, q) => p / Math.Sqrt(a.Sum(v => v * v)) * (q / Math.Sqrt(b.Sum(v => v * v)))).Sum()) },
        { "κ by trace and determinant, without dividing by n", () => Check.ConditionNumber(ByDeterminant) },
        { "the larger by a condition", () => Check.LeftOfError((flat, steep, rate) => rate * (flat + steep) < 2 ? Math.Abs(1 - rate * flat) : rate * steep - 1) },
        { "He's by a power", () => Check.HeDeviation((inputs, _) => Math.Pow(inputs / 2.0, -0.5)) },
        { "the factor by logarithms", () => Check.FactorPerLayer(signal => Math.Exp((Math.Log(signal[^1]) - Math.Log(signal[0])) / (signal.Length - 1))) },
        { "the remembered variance from the sum of squares", () => Check.RememberVariance((old, biased, m, momentum) => old + momentum * (biased * m / (m - 1.0) - old)) },
        { "x put back up to rounding", () => Check.NumericalGradient(InPlace) },
        { "the way through σ² by dγ", () => Check.ThreeWays(ByNormalized) },
        { "the batches by logarithms", () => Check.BatchesUntil((momentum, share) => (int)Math.Ceiling(Math.Log(share) / Math.Log(1 - momentum))) },
        { "the average by a loop", () => Check.AverageAfter((start, mean, momentum, batches) => { for (var i = 0; i < batches; i++) start += momentum * (mean - start); return start; }) },
        { "the dead units by LINQ", () => Check.DeadUnits(sums => Enumerable.Range(0, sums.GetLength(1)).Count(c => Enumerable.Range(0, sums.GetLength(0)).All(n => Math.Max(0, sums[n, c]) == 0))) },
    };

    [Theory]
    [MemberData(nameof(OtherStyles))]
    public void A_right_answer_in_another_style_is_right(string style, Func<CheckResult> check)
    {
        var result = check();
        Assert.True(result.Status == CheckStatus.Solved, $"{style}\n{result}");
    }

    static double VarianceOfNormalized(double[] x, double eps)
    {
        var mean = x.Average();
        var variance = x.Average(v => (v - mean) * (v - mean));
        double[] normalized = [.. x.Select(v => (v - mean) / Math.Sqrt(variance + eps))];
        return normalized.Average(v => Math.Pow(v - normalized.Average(), 2));
    }

    static double ByDeterminant(double[] a, double[] b)
    {
        double aa = a.Sum(v => Math.Pow(v - a.Average(), 2)), bb = b.Sum(v => Math.Pow(v - b.Average(), 2));
        var ab = a.Zip(b, (p, q) => (p - a.Average()) * (q - b.Average())).Sum();
        double trace = aa + bb, determinant = aa * bb - ab * ab;
        var steep = (trace + Math.Sqrt(trace * trace - 4 * determinant)) / 2;
        return steep * steep / determinant;
    }

    static double[] InPlace(Func<double[], double> loss, double[] x, double h)
    {
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] += h;
            gradient[i] = loss(x);
            x[i] -= 2 * h;
            gradient[i] = (gradient[i] - loss(x)) / (2 * h);
            x[i] += h;
        }
        return gradient;
    }

    static (double[] Direct, double[] ThroughVariance, double[] ThroughMean) ByNormalized(double[] dHat, double[] x, double eps)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + eps);
        double[] hat = [.. x.Select(v => (v - mean) / deviation)];
        var along = dHat.Zip(hat, (d, h) => d * h).Average();
        return ([.. dHat.Select(d => d / deviation)], [.. hat.Select(h => -h * along / deviation)], [.. x.Select(_ => -dHat.Average() / deviation)]);
    }
}
