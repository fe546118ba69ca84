using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Layer normalization (Ba, Kiros &amp; Hinton 2016, eq. 3 and 4) over the last dimensions, as <c>torch.nn.LayerNorm</c>: each
/// sample, or each position of one, by the mean and variance of its own features.
/// </summary>
/// <inheritdoc cref="SampleNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class LayerNorm<T> : SampleNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly nint[] normalizedShape;

    /// <summary>Makes the layer, with γ = 1 and β = 0 for each value of the last dimensions.</summary>
    /// <param name="normalizedShape">
    /// The lengths of the input's last dimensions, over which to normalize: (F,) for features (N, F), (C, H, W) for whole images.
    /// Two values at least: one alone would come out as β, whatever it was. (PyTorch lets that pass.)
    /// </param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="elementwiseAffine">Whether to learn γ and β, of the shape <paramref name="normalizedShape"/>.</param>
    /// <param name="bias">Whether there is a β, if they are learned.</param>
    /// <exception cref="ArgumentException">There is no dimension, or a single value to normalize over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or ε is outside of what is said above.</exception>
    public LayerNorm(ReadOnlySpan<nint> normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true)
        : base(LastDimensions.Positive(normalizedShape), eps, elementwiseAffine, elementwiseAffine && bias)
    {
        this.normalizedShape = normalizedShape.ToArray();
        if (!normalizedShape.ContainsAnyExcept(1))
            throw new ArgumentException(
                $"Expected more than one value to take statistics of, but the shape is {Guard.Show(normalizedShape)}.",
                nameof(normalizedShape));
    }

    /// <summary>Makes the layer for one last dimension.</summary>
    /// <param name="normalizedShape">F, the length of the last dimension; at least 2.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="elementwiseAffine">Whether to learn γ and β, of shape (F,).</param>
    /// <param name="bias">Whether there is a β, if they are learned.</param>
    /// <exception cref="ArgumentException">The length is 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or ε is outside of what is said above.</exception>
    public LayerNorm(int normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true)
        : this([normalizedShape], eps, elementwiseAffine, bias)
    {
    }

    /// <summary>The lengths of the last dimensions, over which it normalizes.</summary>
    public IReadOnlyList<nint> NormalizedShape => normalizedShape;

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => LastDimensions.Accept(input, normalizedShape, nameof(input));

    private protected override NormShape Shape(ReadOnlySpan<nint> input) => NormShape.Last(input, normalizedShape.Length);
}

/// <summary><see cref="LayerNorm{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class LayerNorm : LayerNorm<float>
{
    /// <inheritdoc/>
    public LayerNorm(ReadOnlySpan<nint> normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true)
        : base(normalizedShape, eps, elementwiseAffine, bias)
    {
    }

    /// <inheritdoc/>
    public LayerNorm(int normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true)
        : base(normalizedShape, eps, elementwiseAffine, bias)
    {
    }
}
