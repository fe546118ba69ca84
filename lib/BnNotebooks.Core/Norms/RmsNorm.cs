using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Root mean square normalization (Zhang &amp; Sennrich 2019, eq. 4) over the last dimensions: layer norm without the mean.
/// </summary>
/// <remarks>
/// Over the m values of a sample's last dimensions, with a γ for each of them:
/// <code>
/// RMS² = 1/m · Σ x²        y = γ·x/√(RMS² + ε)
/// </code>
/// The paper has no ε; without one, zeros come out as NaN. Here it is added to the mean square, inside of the root, and is the
/// distance from 1 to the next larger number unless another is given, both as in <c>torch.nn.RMSNorm</c> (from PyTorch 2.4 on).
/// With ε = 0 it is the paper's formula. The paper's bias belongs to the layer before and is left out, as in PyTorch.
/// <para>A single value comes out as ±γ, so unlike layer norm this takes a last dimension of length 1.</para>
/// <para>The computation and its gradient are those of <see cref="SampleNorm{T}"/> with the constant 0 for μ.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class RmsNorm<T> : SampleNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly nint[] normalizedShape;

    /// <summary>Makes the layer, with γ = 1 for each value of the last dimensions.</summary>
    /// <param name="normalizedShape">The lengths of the input's last dimensions, over which to normalize; each at least 1.</param>
    /// <param name="eps">ε, added to the mean square, not negative; or null for the element type's rounding unit, 2⁻²³ or 2⁻⁵².</param>
    /// <param name="elementwiseAffine">Whether to learn γ, of the shape <paramref name="normalizedShape"/>.</param>
    /// <exception cref="ArgumentException">There is no dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or ε is outside of what is said above.</exception>
    public RmsNorm(ReadOnlySpan<nint> normalizedShape, double? eps = null, bool elementwiseAffine = true)
        : base(LastDimensions.Positive(normalizedShape), eps ?? double.CreateChecked(T.BitIncrement(T.One) - T.One),
            elementwiseAffine, bias: false) =>
        this.normalizedShape = normalizedShape.ToArray();

    /// <summary>Makes the layer for one last dimension.</summary>
    /// <param name="normalizedShape">F, the length of the last dimension; at least 1.</param>
    /// <param name="eps">ε, added to the mean square, not negative; or null for the element type's rounding unit, 2⁻²³ or 2⁻⁵².</param>
    /// <param name="elementwiseAffine">Whether to learn γ, of shape (F,).</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or ε is outside of what is said above.</exception>
    public RmsNorm(int normalizedShape, double? eps = null, bool elementwiseAffine = true)
        : this([normalizedShape], eps, elementwiseAffine)
    {
    }

    /// <summary>The lengths of the last dimensions, over which it normalizes.</summary>
    public IReadOnlyList<nint> NormalizedShape => normalizedShape;

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => LastDimensions.Accept(input, normalizedShape, nameof(input));

    private protected override NormShape Shape(ReadOnlySpan<nint> input) => NormShape.Last(input, normalizedShape.Length);

    // RMS² = 1/m · Σ x²: a variance around the constant μ = 0.
    private protected override (bool Mean, bool Variance) OfInput => (false, true);
}

/// <summary><see cref="RmsNorm{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class RmsNorm : RmsNorm<float>
{
    /// <inheritdoc/>
    public RmsNorm(ReadOnlySpan<nint> normalizedShape, double? eps = null, bool elementwiseAffine = true)
        : base(normalizedShape, eps, elementwiseAffine)
    {
    }

    /// <inheritdoc/>
    public RmsNorm(int normalizedShape, double? eps = null, bool elementwiseAffine = true)
        : base(normalizedShape, eps, elementwiseAffine)
    {
    }
}
