using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The arithmetic of batch normalization, over plain memory and without state. What may differ between two kernels is how
/// carefully and how fast they compute; what they compute is the same.
/// </summary>
internal abstract class BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>μ and σ² of each channel over the batch; σ² is the biased one, divided by m.</summary>
    public abstract void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance);

    /// <summary>y = γ·(x − μ)/√(σ² + ε) + β. Empty γ and β mean ones and zeros; y may be x itself.</summary>
    public abstract void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y);

    /// <summary>
    /// Adds ∂ℓ/∂γ and ∂ℓ/∂β to what is there, and writes ∂ℓ/∂x; dx may be dy itself. <paramref name="batchStatistics"/> says
    /// whether μ and σ² came from x, so that the gradient also flows through them, or were constants (evaluation).
    /// </summary>
    public abstract void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean,
        ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight, bool batchStatistics,
        Span<T> dx, Span<T> weightGrad, Span<T> biasGrad);
}
