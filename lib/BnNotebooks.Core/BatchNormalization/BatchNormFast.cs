using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization that reads the data as seldom as it can: once for the statistics, once to normalize, and twice for the
/// gradients. What depends only on the channel is worked out before the inner loops; sums stay in registers, in double.
/// </summary>
internal sealed class BatchNormFast<T> : BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// σ² = E[(x − k)²] − (E[x − k])², in one pass. With k = 0 the subtraction would lose the digits of a variance that is
    /// small beside the mean; with k one of the channel's own values, both terms are of the variance's size.
    /// </summary>
    public override void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance)
    {
        mean.Clear();
        variance.Clear();
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var k = Near(x, shape, c);
                var (sum, squares) = (0.0, 0.0);
                foreach (var value in x.Slice(shape.Start(n, c), shape.S))
                {
                    var d = double.CreateTruncating(value) - k;
                    sum += d;
                    squares += d * d;
                }
                mean[c] += sum;
                variance[c] += squares;
            }
        }
        for (var c = 0; c < shape.C; c++)
        {
            var meanOfD = mean[c] / shape.M;
            variance[c] = Math.Max(0, variance[c] / shape.M - meanOfD * meanOfD);
            mean[c] = Near(x, shape, c) + meanOfD;
        }
    }

    public override void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        var scale = Scale(variance, eps, weight);
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                // y = (x − μ) · γ/√(σ² + ε) + β
                var (mu, a, beta) = (mean[c], scale[c], bias.IsEmpty ? 0 : double.CreateTruncating(bias[c]));
                var source = x.Slice(shape.Start(n, c), shape.S);
                var target = y.Slice(shape.Start(n, c), shape.S);
                for (var i = 0; i < source.Length; i++)
                    target[i] = T.CreateTruncating((double.CreateTruncating(source[i]) - mu) * a + beta);
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
                var (mu, sum, products) = (mean[c], 0.0, 0.0);
                var gradients = dy.Slice(shape.Start(n, c), shape.S);
                var inputs = x.Slice(shape.Start(n, c), shape.S);
                for (var i = 0; i < inputs.Length; i++)
                {
                    var gradient = double.CreateTruncating(gradients[i]);
                    sum += gradient;
                    products += gradient * (double.CreateTruncating(inputs[i]) - mu);
                }
                dBeta[c] += sum;            // ∂ℓ/∂β = Σ ∂ℓ/∂y
                dGamma[c] += products;      // ∂ℓ/∂γ = Σ ∂ℓ/∂y · (x − μ), over √(σ² + ε) below
            }
        }
        for (var c = 0; c < shape.C; c++)
            dGamma[c] /= Math.Sqrt(variance[c] + eps);
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx)
    {
        var scale = Scale(variance, eps, weight);
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                // ∂ℓ/∂x = γ/√(σ² + ε) · (∂ℓ/∂y − 1/m · ∂ℓ/∂β − (x − μ) · 1/√(σ² + ε) · 1/m · ∂ℓ/∂γ)
                var (mu, a) = (mean[c], scale[c]);
                var throughMean = dBeta.IsEmpty ? 0 : dBeta[c] / m;
                var throughVariance = dGamma.IsEmpty ? 0 : dGamma[c] / m / Math.Sqrt(variance[c] + eps);
                var inputs = x.Slice(shape.Start(n, c), shape.S);
                var gradients = dy.Slice(shape.Start(n, c), shape.S);
                var target = dx.Slice(shape.Start(n, c), shape.S);
                for (var i = 0; i < inputs.Length; i++)
                {
                    var deviation = double.CreateTruncating(inputs[i]) - mu;
                    target[i] = T.CreateTruncating(a * (double.CreateTruncating(gradients[i]) - throughMean - deviation * throughVariance));
                }
            }
        }
    }

    // γ/√(σ² + ε)
    private static double[] Scale(ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight)
    {
        var scale = new double[variance.Length];
        for (var c = 0; c < scale.Length; c++)
            scale[c] = (weight.IsEmpty ? 1 : double.CreateTruncating(weight[c])) / Math.Sqrt(variance[c] + eps);
        return scale;
    }
}
