using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// The rectified linear unit (Nair &amp; Hinton 2010), element by element on any shape, as <c>torch.nn.ReLU</c>.
/// </summary>
/// <remarks>
/// <code>
/// y = max(x, 0)        ∂ℓ/∂x = ∂ℓ/∂y where x &gt; 0, and 0 elsewhere
/// </code>
/// At x = 0, where there is no derivative, the backward pass takes 0 as PyTorch does; a NaN passes through in both directions, as there.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class ReLU<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => input;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y) =>
        TensorPrimitives.Max(x, T.Zero, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        // In vectors, because memory is faster than a choice for each element. There are none of Half.
        var i = 0;
        for (; Vector<T>.IsSupported && i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            Vector.AndNot(new Vector<T>(dy[i..]), Vector.LessThanOrEqual(new Vector<T>(x[i..]), Vector<T>.Zero)).CopyTo(dx[i..]);
        for (; i < x.Length; i++)
            dx[i] = x[i] <= T.Zero ? T.Zero : dy[i];
    }
}

/// <summary><see cref="ReLU{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class ReLU : ReLU<float>;
