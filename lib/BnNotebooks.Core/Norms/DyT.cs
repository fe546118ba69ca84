using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Dynamic tanh (Zhu, Chen, He, LeCun &amp; Liu 2025, "Transformers without Normalization", section 4): what stands in the place of
/// a normalization and takes no statistics at all.
/// </summary>
/// <remarks>
/// Element by element, with one learned α for the layer and a γ and a β for each value of the last dimensions:
/// <code>
/// t = tanh(α·x)        y = γ·t + β
/// </code>
/// <para>α begins at 0.5, γ at 1, β at 0. Small values pass as α·x, large ones are squeezed, as in the curves that a trained layer norm
/// draws (figure 2 of the paper). No sample, position or channel has a part in what becomes of another.</para>
/// <para><b>Backward.</b> From tanh′ = 1 − t² = 1/cosh², here in the second form, in which nothing cancels where t is near 1:</para>
/// <code>
/// s     = γ·∂ℓ/∂y / cosh²(α·x)
/// ∂ℓ/∂x = α·s        ∂ℓ/∂α = Σ x·s        ∂ℓ/∂γ = Σ t·∂ℓ/∂y        ∂ℓ/∂β = Σ ∂ℓ/∂y
/// </code>
/// <para>the first sum over everything, the others over the samples. Each result is computed in double and rounded once.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class DyT<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly nint[] normalizedShape;

    /// <summary>Makes the layer, with γ = 1 and β = 0 for each value of the last dimensions.</summary>
    /// <param name="normalizedShape">The lengths of the input's last dimensions, each at least 1; called as the layers' that it stands in for.</param>
    /// <param name="alpha">What α begins at. The paper takes 0.5, and smaller values in wide language models; any finite number will do.</param>
    /// <exception cref="ArgumentException">There is no dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or α is not finite.</exception>
    public DyT(ReadOnlySpan<nint> normalizedShape, double alpha = 0.5)
    {
        this.normalizedShape = LastDimensions.Positive(normalizedShape);
        if (!double.IsFinite(alpha))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a finite number.");
        Alpha = new Parameter<T>("alpha", [1], T.CreateTruncating(alpha));
        Weight = new Parameter<T>("weight", normalizedShape, T.One);
        Bias = new Parameter<T>("bias", normalizedShape, T.Zero);
        Parameters = [Alpha, Weight, Bias];
    }

    /// <summary>Makes the layer for one last dimension.</summary>
    /// <param name="normalizedShape">F, the length of the last dimension; at least 1.</param>
    /// <param name="alpha">What α begins at; any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or α is not finite.</exception>
    public DyT(int normalizedShape, double alpha = 0.5)
        : this([normalizedShape], alpha)
    {
    }

    /// <summary>α, by which the input is multiplied, of shape (1,).</summary>
    public Parameter<T> Alpha { get; }

    /// <summary>γ, of the shape of the last dimensions.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>β, of the shape of the last dimensions.</summary>
    public Parameter<T> Bias { get; }

    /// <summary>α, γ and β, under the names that the authors' code gives them.</summary>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The lengths of the last dimensions, for each value of which there are a γ and a β.</summary>
    public IReadOnlyList<nint> NormalizedShape => normalizedShape;

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => LastDimensions.Accept(input, normalizedShape, nameof(input));

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var alpha = Double(Alpha.Values[0]);
        Span<T> gamma = Weight.Values, beta = Bias.Values;
        for (var i = 0; i < x.Length; i++)
        {
            var t = Math.Tanh(alpha * Double(x[i]));
            var f = i % gamma.Length;
            y[i] = T.CreateTruncating(Double(gamma[f]) * t + Double(beta[f]));
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var alpha = Double(Alpha.Values[0]);
        var gamma = Weight.Values;
        using var scratch = new Scratch(2 * gamma.Length);
        Span<double> gradGamma = scratch.Span[..gamma.Length], gradBeta = scratch.Span[gamma.Length..];
        scratch.Span.Clear();
        var gradAlpha = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (value, gradient, f) = (Double(x[i]), Double(dy[i]), i % gamma.Length);
            var cosh = Math.Cosh(alpha * value);
            var s = Double(gamma[f]) * gradient / cosh / cosh;      // not / cosh²: that overflows first

            gradAlpha += value * s;
            gradGamma[f] += Math.Tanh(alpha * value) * gradient;
            gradBeta[f] += gradient;
            dx[i] = T.CreateTruncating(alpha * s);
        }
        Alpha.AddGradient([gradAlpha]);
        Weight.AddGradient(gradGamma);
        Bias.AddGradient(gradBeta);
    }

    static double Double(T value) => double.CreateTruncating(value);
}

/// <summary><see cref="DyT{T}"/> in single precision.</summary>
public sealed class DyT : DyT<float>
{
    /// <inheritdoc/>
    public DyT(ReadOnlySpan<nint> normalizedShape, double alpha = 0.5)
        : base(normalizedShape, alpha)
    {
    }

    /// <inheritdoc/>
    public DyT(int normalizedShape, double alpha = 0.5)
        : base(normalizedShape, alpha)
    {
    }
}
