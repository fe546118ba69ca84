using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The arithmetic of batch normalization, over plain memory and without state. What may differ between two kernels is how
/// carefully and how fast they compute; what they compute is the same. (CreateTruncating, between float and double, is the
/// plain cast: it rounds to the nearest.)
/// </summary>
internal abstract class BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BatchNormKernel<T> For(BatchNormMethod method) => method switch
    {
        BatchNormMethod.Fast => new BatchNormFast<T>(),
        BatchNormMethod.Careful => new BatchNormCareful<T>(),
        BatchNormMethod.ByFormula => new BatchNormByFormula<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Expected Fast, Careful or ByFormula."),
    };

    /// <summary>μ and σ² of each channel over the batch; σ² is the biased one, divided by m.</summary>
    public abstract void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance);

    /// <summary>y = γ·(x − μ)/√(σ² + ε) + β. Empty γ and β mean ones and zeros; y may be x itself.</summary>
    public abstract void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y);

    /// <summary>∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂ and ∂ℓ/∂β = Σ ∂ℓ/∂y of each channel: all that the gradient needs to know of the batch.</summary>
    public abstract void ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, Span<double> dGamma, Span<double> dBeta);

    /// <summary>
    /// ∂ℓ/∂x, given the sums over all <paramref name="m"/> values that μ and σ² came from. Empty sums mean that μ and σ² are
    /// constants, as in evaluation. dx may be dy itself.
    /// </summary>
    public abstract void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx);

    /// <summary>
    /// A value that is near the channel's others: its first. Sums of x − k keep their digits where those of x would not. An
    /// infinite or NaN k would spoil what the sum says of the others, so then it is 0.
    /// </summary>
    protected static double Near(ReadOnlySpan<T> x, ChannelShape shape, int c)
    {
        var first = double.CreateTruncating(x[shape.Start(0, c)]);
        return double.IsFinite(first) ? first : 0;
    }
}
