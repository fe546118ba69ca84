using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The logistic function (as an activation: Rumelhart, Hinton &amp; Williams 1986, eq. 2), element by element on any shape, as
/// <c>torch.nn.Sigmoid</c>.
/// </summary>
/// <remarks>
/// <code>
/// y = σ(x) = 1/(1 + e⁻ˣ)        ∂ℓ/∂x = ∂ℓ/∂y · σ(x)·σ(−x)
/// </code>
/// The latter because σ′ = σ·(1 − σ). σ(−x) is 1 − σ(x) without the subtraction, which would lose all digits where σ(x) is near 1.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Sigmoid<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => input;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        for (var i = 0; i < x.Length; i++)
            y[i] = Sigma(x[i]);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (var i = 0; i < x.Length; i++)
            dx[i] = dy[i] * (Sigma(x[i]) * Sigma(-x[i]));
    }

    // Where e⁻ˣ overflows, 1/(1 + ∞) is 0, which is right to the last bit but for denormals.
    private static T Sigma(T x) => T.One / (T.One + T.Exp(-x));
}

/// <summary><see cref="Sigmoid{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Sigmoid : Sigmoid<float>;
