using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization with every intermediate result in double precision and the variance in two passes. E[x²] − E[x]²
/// would be one pass, but it subtracts two large numbers to get a small one: with a mean of 1000 and a standard deviation of
/// 0.1 nothing of the variance is left in single precision.
/// </summary>
internal sealed class BatchNormCareful<T> : BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance)
    {
        // μ = 1/m · Σ x, and then μ := μ + 1/m · Σ (x − μ), which is 0 but for what was rounded: so a constant channel's is exact.
        // σ² = 1/m · Σ (x − μ)², less the square of what μ is still off.
        for (var c = 0; c < shape.C; c++)
        {
            mean[c] = Sum(x, shape, c, minus: 0, squared: false) / shape.M;
            if (double.IsFinite(mean[c]))
                mean[c] += Sum(x, shape, c, mean[c], squared: false) / shape.M;
            var off = Sum(x, shape, c, mean[c], squared: false) / shape.M;
            variance[c] = Math.Max(0, Sum(x, shape, c, mean[c], squared: true) / shape.M - off * off);
        }
    }

    /// <summary>σ² = 1/m · Σ (x − μ)² around a given μ.</summary>
    public static void SquaredDeviations(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, Span<double> variance)
    {
        for (var c = 0; c < shape.C; c++)
            variance[c] = Sum(x, shape, c, mean[c], squared: true) / shape.M;
    }

    public override void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var gamma = weight.IsEmpty ? 1 : double.CreateTruncating(weight[c]);
                var beta = bias.IsEmpty ? 0 : double.CreateTruncating(bias[c]);

                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean[c]) * inverseStd;    // x̂ = (x − μ)/√(σ² + ε)
                    y[i] = T.CreateTruncating(gamma * normalized + beta);                       // y = γ·x̂ + β
                }
            }
        }
    }

    public override void ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, Span<double> dGamma, Span<double> dBeta)
    {
        dGamma.Clear();
        dBeta.Clear();
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean[c]) * inverseStd;
                    dGamma[c] += double.CreateTruncating(dy[i]) * normalized;                   // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
                    dBeta[c] += double.CreateTruncating(dy[i]);                                 // ∂ℓ/∂β = Σ ∂ℓ/∂y
                }
            }
        }
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx)
    {
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var gamma = weight.IsEmpty ? 1 : double.CreateTruncating(weight[c]);
                var throughMean = dBeta.IsEmpty ? 0 : dBeta[c] / m;
                var throughVariance = dGamma.IsEmpty ? 0 : dGamma[c] / m;

                // ∂ℓ/∂x = γ/√(σ² + ε) · (∂ℓ/∂y − 1/m · ∂ℓ/∂β − x̂ · 1/m · ∂ℓ/∂γ)
                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean[c]) * inverseStd;
                    var centred = double.CreateTruncating(dy[i]);
                    if (!dGamma.IsEmpty)
                        centred -= throughMean + normalized * throughVariance;
                    dx[i] = T.CreateTruncating(gamma * inverseStd * centred);
                }
            }
        }
    }

    // Σ (x − k) or Σ (x − k)² of a channel, and beside it what the additions round off (Neumaier 1974).
    private static double Sum(ReadOnlySpan<T> x, ChannelShape shape, int c, double minus, bool squared)
    {
        var (sum, lost) = (0.0, 0.0);
        for (var n = 0; n < shape.N; n++)
        {
            foreach (var value in x.Slice(shape.Start(n, c), shape.S))
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
