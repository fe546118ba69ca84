using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization and a ReLU in one pass over memory, y = max(0, γ·x̂ + β), of (N, C) to (N, C, D, H, W): the same as
/// <see cref="BatchNorm{T}"/> followed by <see cref="ReLU{T}"/>.
/// </summary>
/// <remarks>
/// Each alone takes as long as memory needs for its input and output; together they take as long as the first. And the backward pass
/// needs x alone: the sign of y, which the ReLU's gradient asks for, is worked out anew from it, so that the batch norm's output is
/// nowhere kept. (In-place activated batch normalization, Rota Bulò, Porzi &amp; Kontschieder 2018, keeps y in place of x, for which the
/// activation must be invertible, as ReLU is not.) The gradients are those of <see cref="BatchNorm{T}"/> for
/// <code>
/// ∂ℓ/∂(γ·x̂ + β) = ∂ℓ/∂y where γ·x̂ + β is positive, 0 elsewhere
/// </code>
/// <para>Names, state and running statistics are a batch norm's: either can load the other's state.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
/// <param name="eps">ε, added to the variance; not negative.</param>
/// <param name="momentum">The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.</param>
public class BatchNormReLU<T>(int numFeatures, double eps = 1e-5, double? momentum = 0.1)
    : AroundBatchNorm<T>(numFeatures, eps, momentum, affine: true) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>γ, of shape (C,), ones at first.</summary>
    public Parameter<T> Weight => batchNorm.Weight!;

    /// <summary>β, of shape (C,), zeros at first.</summary>
    public Parameter<T> Bias => batchNorm.Bias!;

    /// <summary>How to compute: the same result up to rounding, in another manner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the three.</exception>
    public BatchNormMethod Method { get => batchNorm.Method; set => batchNorm.Method = value; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => batchNorm.Parameters;

    private protected override bool TakesChannelsLast => true;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y) =>
        batchNorm.Forward(x, NormShape.Batch(shape), Inference, BatchNorm<T>.Then.ReLU, residual: [], y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx) =>
        batchNorm.Backward(dy, x, NormShape.Batch(shape), BatchNorm<T>.Then.ReLU, y: [], dx, dResidual: []);
}

/// <summary><see cref="BatchNormReLU{T}"/> in single precision, as PyTorch's layers are by default.</summary>
/// <inheritdoc cref="BatchNormReLU{T}" path="/param"/>
public sealed class BatchNormReLU(int numFeatures, double eps = 1e-5, double? momentum = 0.1) : BatchNormReLU<float>(numFeatures, eps, momentum);
