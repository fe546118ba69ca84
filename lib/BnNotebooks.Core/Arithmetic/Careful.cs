using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Every normalization with every intermediate result in double precision and the variance in two passes. E[x²] − E[x]² would be one
/// pass, but it subtracts two large numbers to get a small one: with a mean of 1000 and a standard deviation of 0.1 nothing of the
/// variance is left in single precision.
/// </summary>
/// <remarks>Values of a channel of a sample are neighbours; the loops go over such rows, in the order of memory.</remarks>
internal sealed class Careful<T> : NormArithmetic<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Measure(ReadOnlySpan<T> x, NormShape shape, NormStatistics by)
    {
        // μ = 1/m · Σ x, and then μ := μ + 1/m · Σ (x − μ), which is 0 but for what was rounded: so a constant set's is exact.
        // σ² = 1/m · Σ (x − μ)², less the square of what μ is still off.
        for (var set = 0; set < shape.Sets; set++)
        {
            var (mean, off) = (by.Mean[set], 0.0);
            if (by.MeanOfInput)
            {
                mean = Sum(x, shape, set, minus: 0, squared: false) / shape.M;
                if (double.IsFinite(mean))
                    mean += Sum(x, shape, set, mean, squared: false) / shape.M;
                off = Sum(x, shape, set, mean, squared: false) / shape.M;
                by.Mean[set] = mean;
            }
            if (by.VarianceOfInput)
                by.Variance[set] = Math.Max(0, Sum(x, shape, set, mean, squared: true) / shape.M - off * off);
        }
    }

    public override void Normalize(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var set = shape.Set(n, c);
                var inverseStd = 1 / Math.Sqrt(by.Variance[set] + eps);
                var (gamma, beta) = (Gamma(weight, c), bias.IsEmpty ? 0 : double.CreateTruncating(bias[c]));
                for (var i = shape.Start(n, c); i < shape.Start(n, c) + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - by.Mean[set]) * inverseStd;   // x̂ = (x − μ)/√(σ² + ε)
                    y[i] = T.CreateTruncating(gamma * normalized + beta);                           // y = γ·x̂ + β
                }
            }
        }
    }

    public override void GradientSums(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums)
    {
        sums.Gamma.Clear();
        sums.Beta.Clear();
        sums.Sum.Clear();
        sums.Projection.Clear();
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var set = shape.Set(n, c);
                var inverseStd = 1 / Math.Sqrt(by.Variance[set] + eps);
                var (gammaGradient, betaGradient) = (0.0, 0.0);
                for (var i = shape.Start(n, c); i < shape.Start(n, c) + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - by.Mean[set]) * inverseStd;
                    gammaGradient += double.CreateTruncating(dy[i]) * normalized;                   // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
                    betaGradient += double.CreateTruncating(dy[i]);                                 // ∂ℓ/∂β = Σ ∂ℓ/∂y
                }
                sums.Gamma[c] += gammaGradient;
                sums.Beta[c] += betaGradient;
                sums.Sum[set] += Gamma(weight, c) * betaGradient;                                   // ∂ℓ/∂x̂ = γ · ∂ℓ/∂y
                sums.Projection[set] += Gamma(weight, c) * gammaGradient;
            }
        }
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, long m, Span<T> dx)
    {
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var set = shape.Set(n, c);
                var inverseStd = 1 / Math.Sqrt(by.Variance[set] + eps);
                var gamma = Gamma(weight, c);
                var throughMean = by.MeanOfInput ? sums.Sum[set] / m : 0;
                var throughVariance = sums.Projection[set] / m;

                // ∂ℓ/∂x = 1/√(σ² + ε) · (∂ℓ/∂x̂ − 1/m · Σ ∂ℓ/∂x̂ − x̂ · 1/m · Σ ∂ℓ/∂x̂ · x̂)
                for (var i = shape.Start(n, c); i < shape.Start(n, c) + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - by.Mean[set]) * inverseStd;
                    var centred = gamma * double.CreateTruncating(dy[i]) - throughMean;
                    if (by.VarianceOfInput)         // else x does not matter, not even if it is NaN
                        centred -= normalized * throughVariance;
                    dx[i] = T.CreateTruncating(inverseStd * centred);
                }
            }
        }
    }

    private static double Gamma(ReadOnlySpan<T> weight, int c) => weight.IsEmpty ? 1 : double.CreateTruncating(weight[c]);

    // Σ (x − k) or Σ (x − k)² of a set, and beside it what the additions round off (Neumaier 1974).
    private static double Sum(ReadOnlySpan<T> x, NormShape shape, int set, double minus, bool squared)
    {
        var (sum, lost) = (0.0, 0.0);
        var length = shape.C / shape.Groups * shape.S;
        for (var n = 0; n < (shape.Across ? shape.N : 1); n++)
        {
            foreach (var value in x.Slice(shape.Start(n, 0) + set * length, length))
            {
                var d = double.CreateTruncating(value) - minus;
                d = squared ? d * d : d;
                var next = sum + d;
                lost += Math.Abs(sum) >= Math.Abs(d) ? sum - next + d : d - next + sum;
                sum = next;
            }
        }
        return double.IsFinite(lost) ? sum + lost : sum;
    }
}
