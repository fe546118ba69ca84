using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Normalization within each sample: what <see cref="LayerNorm{T}"/>, <see cref="GroupNorm{T}"/>, the instance norms and
/// <see cref="RmsNorm{T}"/> have in common. They differ in which values of a sample they normalize together.
/// </summary>
/// <remarks>
/// Over each group of m values of one sample:
/// <code>
/// μ = 1/m · Σ x        σ² = 1/m · Σ (x − μ)²        x̂ = (x − μ)/√(σ² + ε)        y = γ·x̂ + β
/// </code>
/// <code>
/// layer norm       a group is all of the sample's last dimensions     a γ and a β for each of its values
/// group norm       a group is some channels of the sample             a γ and a β for each channel
/// instance norm    a group is one channel of the sample               a γ and a β for each channel
/// RMS norm         as layer norm, with μ = 0                          a γ for each of its values
/// </code>
/// <para>No sample depends on another, so the batch may be as small as one, and training and evaluation are the same (but for
/// instance norms that track running statistics). A NaN or an infinity spoils its own group only.</para>
/// <para><b>Backward.</b> It is that of batch norm (see <see cref="BatchNorm{T}"/>) with one difference: there all values that
/// are normalized together have the same γ, which can be taken out of the sums; here they may have different ones, so the sums
/// are those of ∂ℓ/∂x̂. γ and β appear in y alone, and each sums over the values that it belongs to, in all samples:</para>
/// <code>
/// ∂ℓ/∂β = Σ ∂ℓ/∂y                ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂                ∂ℓ/∂x̂ = γ · ∂ℓ/∂y
/// </code>
/// <para>x reaches the loss through x̂, σ² and μ of its group (sums are over the group; that of x − μ is zero, so σ² passes
/// nothing to μ):</para>
/// <code>
/// ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂ · (x − μ) · (−1/2)·(σ² + ε)^(−3/2) = −1/2 · Σ ∂ℓ/∂x̂ · x̂ / (σ² + ε)
/// ∂ℓ/∂μ  = Σ ∂ℓ/∂x̂ · (−1/√(σ² + ε))                   = −Σ ∂ℓ/∂x̂ / √(σ² + ε)
/// ∂ℓ/∂x  = ∂ℓ/∂x̂ · 1/√(σ² + ε) + ∂ℓ/∂σ² · 2·(x − μ)/m + ∂ℓ/∂μ · 1/m
/// </code>
/// <para>and with the first two lines put into the third:</para>
/// <code>
/// ∂ℓ/∂x = 1/√(σ² + ε) · (∂ℓ/∂x̂ − 1/m · Σ ∂ℓ/∂x̂ − x̂ · 1/m · Σ ∂ℓ/∂x̂ · x̂)
/// </code>
/// <para>Where μ is a constant (RMS norm), the second term falls away; where σ² is one too (running statistics), the third.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public abstract class SampleNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // What the latest forward pass has normalized by, for the backward pass, and the latest sums of a backward pass.
    private double[] mean = [];
    private double[] variance = [];
    private (bool Mean, bool Variance) ofInput;
    private double[] sumsOfChannels = [];
    private double[] sumsOfSets = [];
    private NormArithmetic<T> arithmetic = NormArithmetic<T>.For(BatchNormMethod.Fast);

    private protected SampleNorm(ReadOnlySpan<nint> parameterShape, double eps, bool weight, bool bias)
    {
        Eps = Guard.Eps(eps);
        if (weight)
            Weight = new Parameter<T>("weight", parameterShape, T.One);
        if (bias)
            Bias = new Parameter<T>("bias", parameterShape, T.Zero);
        Parameters = [.. new[] { Weight, Bias }.OfType<Parameter<T>>()];
    }

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps { get; }

    /// <summary>γ, ones at first; null if there is none to learn.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, zeros at first; null if there is none to learn.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>How to compute: the same result up to rounding, in another manner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the three.</exception>
    public BatchNormMethod Method
    {
        get;
        set
        {
            arithmetic = NormArithmetic<T>.For(value);
            field = value;
        }
    }

    /// <summary>Which values of an input are normalized together: all by which the layers differ.</summary>
    private protected abstract NormShape Shape(ReadOnlySpan<nint> input);

    /// <summary>Whether the sets are normalized by their own mean, and by their own variance.</summary>
    private protected virtual (bool Mean, bool Variance) OfInput => (true, true);

    /// <summary>Says what they are normalized by where it is not their own: by a mean of 0, unless a layer knows better.</summary>
    private protected virtual void Constants(Span<double> mean, Span<double> variance) => mean.Clear();

    /// <summary>Lets a layer take note of the statistics that the output was normalized by.</summary>
    private protected virtual void Finish(NormShape shape, ReadOnlySpan<double> mean, Span<double> variance, Span<T> y)
    {
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> input, Span<T> y)
    {
        var shape = Shape(input);
        using var own = new Scratch(Inference ? 2L * shape.Sets : 0);
        if (!Inference && mean.Length != shape.Sets)
            (mean, variance) = (new double[shape.Sets], new double[shape.Sets]);
        var of = OfInput;
        var by = new NormStatistics(
            Inference ? own.Span[shape.Sets..] : mean, Inference ? own.Span[..shape.Sets] : variance, of.Mean, of.Variance);
        if (!of.Mean)
            Constants(by.Mean, by.Variance);

        arithmetic.Forward(x, shape, by, Eps, Gamma, Beta, y);
        if (!Inference)
            ofInput = of;
        Finish(shape, by.Mean, by.Variance, y);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> input, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var shape = Shape(input);
        // Only now, because a layer that is not trained needs none.
        if (sumsOfChannels.Length != 2 * shape.C)
            sumsOfChannels = new double[2 * shape.C];
        if (sumsOfSets.Length != 2 * shape.Sets)
            sumsOfSets = new double[2 * shape.Sets];
        var sums = new NormGradients(
            sumsOfChannels.AsSpan(0, shape.C), sumsOfChannels.AsSpan(shape.C), sumsOfSets.AsSpan(0, shape.Sets), sumsOfSets.AsSpan(shape.Sets));
        arithmetic.Backward(dy, x, shape, new NormStatistics(mean, variance, ofInput.Mean, ofInput.Variance), Eps, Gamma, sums, dx);
        Weight?.AddGradient(sums.Gamma);
        Bias?.AddGradient(sums.Beta);
    }

    private ReadOnlySpan<T> Gamma => Weight is null ? [] : Weight.Values;

    private ReadOnlySpan<T> Beta => Bias is null ? [] : Bias.Values;
}
