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
        // μ = 1/m · Σ x
        mean.Clear();
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                mean[c] += Sum(x.Slice(shape.Start(n, c), shape.S));
        foreach (ref var mu in mean)
            mu /= shape.M;

        // σ² = 1/m · Σ (x − μ)²
        variance.Clear();
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                variance[c] += SumOfSquaredDeviations(x.Slice(shape.Start(n, c), shape.S), mean[c]);
        foreach (ref var sigma2 in variance)
            sigma2 /= shape.M;
    }

    public override void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var mu = mean[c];
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var gamma = weight.IsEmpty ? 1 : double.CreateTruncating(weight[c]);
                var beta = bias.IsEmpty ? 0 : double.CreateTruncating(bias[c]);

                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mu) * inverseStd;     // x̂ = (x − μ)/√(σ² + ε)
                    y[i] = T.CreateTruncating(gamma * normalized + beta);                   // y = γ·x̂ + β
                }
            }
        }
    }

    public override void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean,
        ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight, bool batchStatistics,
        Span<T> dx, Span<T> weightGrad, Span<T> biasGrad)
    {
        // ∂ℓ/∂β = Σ ∂ℓ/∂y and ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
        var dBeta = new double[shape.C];
        var dGamma = new double[shape.C];
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var gradient = double.CreateTruncating(dy[i]);
                    dBeta[c] += gradient;
                    dGamma[c] += gradient * (double.CreateTruncating(x[i]) - mean[c]) * inverseStd;
                }
            }
        }
        for (var c = 0; c < weightGrad.Length; c++)
        {
            weightGrad[c] += T.CreateTruncating(dGamma[c]);
            biasGrad[c] += T.CreateTruncating(dBeta[c]);
        }

        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + eps);
                var gamma = weight.IsEmpty ? 1 : double.CreateTruncating(weight[c]);
                var throughMean = batchStatistics ? dBeta[c] / shape.M : 0;
                var throughVariance = batchStatistics ? dGamma[c] / shape.M : 0;

                // ∂ℓ/∂x = γ/√(σ² + ε) · (∂ℓ/∂y − 1/m · ∂ℓ/∂β − x̂ · 1/m · ∂ℓ/∂γ); without the last two where μ and σ² are constants
                var start = shape.Start(n, c);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean[c]) * inverseStd;
                    var gradient = double.CreateTruncating(dy[i]) - throughMean - normalized * throughVariance;
                    dx[i] = T.CreateTruncating(gamma * inverseStd * gradient);
                }
            }
        }
    }

    private static double Sum(ReadOnlySpan<T> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += double.CreateTruncating(value);
        return sum;
    }

    private static double SumOfSquaredDeviations(ReadOnlySpan<T> values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            var deviation = double.CreateTruncating(value) - mean;
            sum += deviation * deviation;
        }
        return sum;
    }
}
