using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>y = x on any shape, as <c>torch.nn.Identity</c>: takes the place of a layer that is left out.</summary>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Identity<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => input;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y) => x.CopyTo(y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);
}

/// <summary><see cref="Identity{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Identity : Identity<float>;
