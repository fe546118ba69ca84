using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization as Ioffe &amp; Szegedy (2015) write it: Algorithm 1 forward, the chain rule of section 3 backward, a
/// line of code a line of the paper, all in the element type's own precision.
/// </summary>
internal sealed class BatchNormByFormula<T> : BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.One / (T.One + T.One);
    private static readonly T Two = T.One + T.One;

    public override void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance)
    {
        var m = T.CreateChecked(shape.M);
        for (var c = 0; c < shape.C; c++)
        {
            // μ = 1/m · Σ x
            var sum = T.Zero;
            foreach (var i in shape.Channel(c))
                sum += x[i];
            var mu = sum / m;

            // σ² = 1/m · Σ (x − μ)²
            var squares = T.Zero;
            foreach (var i in shape.Channel(c))
                squares += (x[i] - mu) * (x[i] - mu);
            var sigma2 = squares / m;

            mean[c] = double.CreateTruncating(mu);
            variance[c] = double.CreateTruncating(sigma2);
        }
    }

    public override void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var c = 0; c < shape.C; c++)
        {
            var mu = T.CreateTruncating(mean[c]);
            var sigma2 = T.CreateTruncating(variance[c]);
            var gamma = weight.IsEmpty ? T.One : weight[c];
            var beta = bias.IsEmpty ? T.Zero : bias[c];
            foreach (var i in shape.Channel(c))
            {
                // x̂ = (x − μ)/√(σ² + ε)
                var normalized = (x[i] - mu) / T.Sqrt(sigma2 + T.CreateTruncating(eps));

                // y = γ·x̂ + β
                y[i] = gamma * normalized + beta;
            }
        }
    }

    public override void ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, Span<double> dGamma, Span<double> dBeta)
    {
        for (var c = 0; c < shape.C; c++)
        {
            var mu = T.CreateTruncating(mean[c]);
            var std = T.Sqrt(T.CreateTruncating(variance[c]) + T.CreateTruncating(eps));

            // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
            var gammaGradient = T.Zero;
            foreach (var i in shape.Channel(c))
                gammaGradient += dy[i] * ((x[i] - mu) / std);

            // ∂ℓ/∂β = Σ ∂ℓ/∂y
            var betaGradient = T.Zero;
            foreach (var i in shape.Channel(c))
                betaGradient += dy[i];

            dGamma[c] = double.CreateTruncating(gammaGradient);
            dBeta[c] = double.CreateTruncating(betaGradient);
        }
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long count, Span<T> dx)
    {
        var m = T.CreateChecked(count);
        for (var c = 0; c < shape.C; c++)
        {
            var mu = T.CreateTruncating(mean[c]);
            var std = T.Sqrt(T.CreateTruncating(variance[c]) + T.CreateTruncating(eps));
            var gamma = weight.IsEmpty ? T.One : weight[c];
            var (dSigma2, dMu) = (T.Zero, T.Zero);
            if (!dGamma.IsEmpty)
            {
                // ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂ · (x − μ) · (−1/2)·(σ² + ε)^(−3/2), where Σ ∂ℓ/∂x̂ · (x − μ)/√(σ² + ε) = γ · ∂ℓ/∂γ
                dSigma2 = -Half * gamma * T.CreateTruncating(dGamma[c]) / (std * std);

                // ∂ℓ/∂μ = Σ ∂ℓ/∂x̂ · (−1/√(σ² + ε)), where Σ ∂ℓ/∂x̂ = γ · ∂ℓ/∂β; its other term, ∂ℓ/∂σ² · Σ −2·(x − μ)/m, is zero
                dMu = -gamma * T.CreateTruncating(dBeta[c]) / std;
            }
            foreach (var i in shape.Channel(c))
            {
                // ∂ℓ/∂x̂ = ∂ℓ/∂y · γ
                var dNormalized = dy[i] * gamma;

                // ∂ℓ/∂x = ∂ℓ/∂x̂ · 1/√(σ² + ε) + ∂ℓ/∂σ² · 2·(x − μ)/m + ∂ℓ/∂μ · 1/m
                dx[i] = dNormalized / std;
                if (!dGamma.IsEmpty)
                    dx[i] += dSigma2 * Two * (x[i] - mu) / m + dMu / m;
            }
        }
    }
}
