using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization whose batch statistics carry further noise, as if the batch were smaller: the noise of
/// <see cref="StochasticBatchNorm{T}"/>, with the gradient through the statistics that a batch norm has.
/// </summary>
/// <remarks>
/// Shekhovtsov &amp; Flach (2018), "Stochastic Normalizations as Bayesian Learning", add the noise of a batch's statistics to
/// normalizations that do not look at the batch, and through which the gradient flows: by the length of a weight, or by statistics
/// that are propagated from the weights. This layer is not theirs. It keeps what theirs has and <see cref="StochasticBatchNorm{T}"/>
/// gives up, the gradient through the statistics, but takes these from the batch. With U and V as there, for an imitated batch
/// of M values, and x̂ = (x − μ_B)/√(σ²_B + ε) the batch norm's:
/// <code>
/// r = 1/√(V + ε)        d = −r·U        y = γ·(r·x̂ + d) + β
/// </code>
/// which is (x − μ_B − σ_B·U)/(σ_B·√V) but for ε. Each channel has one U and one V a training pass, which all its values share.
/// Evaluation is a batch norm's: by the running statistics, without noise.
/// <para><b>Backward.</b> r and d do not depend on x, so it is a batch norm with γ·r for γ and γ·d + β for β:</para>
/// <code>
/// ∂ℓ/∂β = Σ ∂ℓ/∂y        ∂ℓ/∂γ = r·Σ ∂ℓ/∂y · x̂ + d·Σ ∂ℓ/∂y
/// </code>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class NoisyBatchNorm<T> : AroundBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly Random random;
    readonly double[] r, d;         // of the latest pass
    (double R, double D)[]? draw;   // the latest one
    ChannelStatistics? statistics;
    bool ofBatch;

    /// <summary>Makes the layer, in training mode, with γ = 1, β = 0, running mean 0 and running variance 1.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="noiseBatchSize">M, how many values per channel the imitated batch has, at least 2; 2 or 3 make wild outputs.</param>
    /// <param name="eps">ε, added to the variance, and to V; not negative.</param>
    /// <param name="momentum">
    /// The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.
    /// </param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="random">
    /// Where the noise comes from; left out, a generator with seed 0. Give the layers of a network one in common, or their noise
    /// will be the same.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public NoisyBatchNorm(
        int numFeatures, int noiseBatchSize, double eps = 1e-5, double? momentum = 0.1, bool affine = true, Random? random = null)
        : base(numFeatures, eps, momentum, affine)
    {
        if (noiseBatchSize < 2)
            throw new ArgumentOutOfRangeException(nameof(noiseBatchSize), noiseBatchSize,
                "Expected at least 2 values per channel: a batch of fewer has no variance.");
        NoiseBatchSize = noiseBatchSize;
        this.random = random ?? new Random(0);
        (r, d) = (new double[numFeatures], new double[numFeatures]);
    }

    /// <summary>M, how many values per channel the imitated batch has.</summary>
    public int NoiseBatchSize { get; }

    /// <summary>Whether to keep the latest draw rather than to draw in each pass: one fixed network instead of many.</summary>
    public bool HoldNoise { get; set; }

    /// <summary>γ, of shape (C,), ones at first; null if not affine.</summary>
    public Parameter<T>? Weight => batchNorm.Weight;

    /// <summary>β, of shape (C,), zeros at first; null if not affine.</summary>
    public Parameter<T>? Bias => batchNorm.Bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => batchNorm.Parameters;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = NormShape.Batch(shape);
        var batch = Training ? ChannelStatistics.Of(x, channels, batchNorm.Arithmetic) : null;
        Draw(noisy: batch is not null);
        (statistics, ofBatch) = ((batch ?? batchNorm.RunningStatistics()).For(Eps), batch is not null);
        batchNorm.Arithmetic.Normalize(x, channels, statistics.Of(ofBatch), Eps, Scale(), Shift(), y);
        if (batch is not null)
            batchNorm.UpdateRunningStatistics(batch);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var channels = NormShape.Batch(shape);
        var sums = ParameterSums.Of(NumFeatures, channels.M);
        batchNorm.Arithmetic.Backward(dy, x, channels, statistics!.Of(ofBatch), Eps, Scale(), sums.Spans, dx);
        for (var c = 0; c < NumFeatures; c++)
            sums.Gamma[c] = r[c] * sums.Gamma[c] + d[c] * sums.Beta[c];
        batchNorm.Accumulate(sums);
    }

    void Draw(bool noisy)
    {
        if (noisy && !(HoldNoise && draw is not null))
        {
            draw ??= new (double, double)[NumFeatures];
            foreach (ref var noise in draw.AsSpan())
            {
                var u = random.Normal() / Math.Sqrt(NoiseBatchSize);                    // U ~ Normal(0, 1/M)
                var v = random.ChiSquared(NoiseBatchSize - 1) / NoiseBatchSize + Eps;   // V ~ χ²(M − 1)/M
                var factor = 1 / Math.Sqrt(v);
                noise = (factor, -factor * u);
            }
        }
        for (var c = 0; c < NumFeatures; c++)
            (r[c], d[c]) = noisy ? draw![c] : (1, 0);
    }

    T[] Scale() => [.. r.Select((factor, c) => T.CreateTruncating(Gamma(c) * factor))];

    T[] Shift() => [.. d.Select((shift, c) => T.CreateTruncating(Gamma(c) * shift + (Bias is null ? 0 : double.CreateTruncating(Bias.Values[c]))))];

    double Gamma(int c) => Weight is null ? 1 : double.CreateTruncating(Weight.Values[c]);
}

/// <summary><see cref="NoisyBatchNorm{T}"/> in single precision, as PyTorch's layers are by default.</summary>
public sealed class NoisyBatchNorm(int numFeatures, int noiseBatchSize, double eps = 1e-5, double? momentum = 0.1, bool affine = true, Random? random = null)
    : NoisyBatchNorm<float>(numFeatures, noiseBatchSize, eps, momentum, affine, random);
