using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Stochastic batch normalization after Shekhovtsov &amp; Flach (2018), "Stochastic Normalizations as Bayesian Learning": the
/// statistics of the population, disturbed by noise that is distributed as a batch's would be.
/// </summary>
/// <remarks>
/// A batch norm in training is random: which samples share a batch decides by which statistics each is normalized. The
/// paper holds that this randomness, which amounts to one of the parameters, is what generalizes better, and that it can be
/// added to a normalization that has none. Its distribution, for a channel whose M values in a batch are drawn
/// independently from a normal distribution of mean μ and variance σ²: the batch's mean and biased variance are independent of
/// one another (Cochran's theorem), the mean is normal, and the variance is the sum of M − 1 squared normals, divided by M:
/// <code>
/// μ_B = μ + σ·U        U ~ Normal(0, 1/M)          E U = 0              Var U = 1/M
/// σ²_B = σ²·V          V ~ χ²(M − 1)/M             E V = (M − 1)/M      Var V = 2·(M − 1)/M²
/// y = γ·(x − μ_B)/√(σ²_B + ε) + β
/// </code>
/// <para>Choices, where the idea allows several:</para>
/// <list type="bullet">
/// <item>The population's μ and σ² are the running statistics; they take in each training batch after it has been
/// normalized, as those of <see cref="BatchNorm{T}"/> do. Let some batches through before learning starts, lest they
/// be those of a new layer: mean 0, variance 1.</item>
/// <item>U and V are drawn anew in each training pass, independently for each channel, and all samples of the pass
/// share them, as the samples of a batch share its statistics. <see cref="HoldNoise"/> keeps a draw.</item>
/// <item>M counts the values per channel of the imitated batch: its samples, times its positions. Neighbouring positions are
/// not independent, so for images a smaller M imitates a real batch better. An M of 2 or 3 makes wild outputs: V then often
/// comes so close to zero that but for ε they would have no finite variance.</item>
/// <item>Evaluation is without noise, as a batch norm's. With <see cref="NoiseInEval"/> every pass draws once more: the mean
/// prediction over several such passes is the approximate Bayesian one.</item>
/// </list>
/// <para><b>Backward.</b> Noise and running statistics do not depend on x, so μ_B and σ²_B are constants in both modes:</para>
/// <code>
/// ∂ℓ/∂β = Σ ∂ℓ/∂y        ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂        ∂ℓ/∂x = γ/√(σ²_B + ε) · ∂ℓ/∂y
/// </code>
/// <para>What is given up: in a batch norm, and in the normalizations by functions of the weights that the paper
/// adds noise to, the gradient also flows through the statistics and takes out what only shifts and scales the input.
/// Running statistics know of the weights only by past batches, through which nothing can flow. So large steps can blow up
/// here that are harmless there: keep the learning rate small, or the momentum large.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class StochasticBatchNorm<T> : AroundBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Random random;

    // The latest draw, and what of it the latest forward pass has used: nothing, or with NoiseScale a part.
    private (double U, double V)[]? draw;
    private readonly double[] meanNoise;
    private readonly double[] varianceNoise;
    private ChannelStatistics? statistics;

    /// <summary>Makes the layer, in training mode, with γ = 1, β = 0, running mean 0 and running variance 1.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="noiseBatchSize">M, how many values per channel the imitated batch has, at least 2.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">
    /// The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.
    /// </param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="random">
    /// Where the noise comes from; left out, a generator with seed 0, so that every run has the same noise. Give the layers of a
    /// network one generator in common, or their noise will be the same too.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public StochasticBatchNorm(
        int numFeatures, int noiseBatchSize, double eps = 1e-5, double? momentum = 0.1, bool affine = true, Random? random = null)
        : base(numFeatures, eps, momentum, affine)
    {
        if (noiseBatchSize < 2)
            throw new ArgumentOutOfRangeException(nameof(noiseBatchSize), noiseBatchSize,
                "Expected at least 2 values per channel: a batch of fewer has no variance.");
        NoiseBatchSize = noiseBatchSize;
        this.random = random ?? new Random(0);
        meanNoise = new double[numFeatures];
        varianceNoise = new double[numFeatures];
        Array.Fill(varianceNoise, 1);
    }

    /// <summary>M, how many values per channel the imitated batch has.</summary>
    public int NoiseBatchSize { get; }

    /// <summary>
    /// How much of the noise is used, from 0 (none: U = 0, V = 1) to 1 (all of it, the default): U becomes scale·U and V
    /// becomes 1 + scale·(V − 1). Not of the paper; to compare with and without, or to bring noise in step by step.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double NoiseScale
    {
        get;
        set
        {
            if (value is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, "Expected a noise scale from 0 (no noise) to 1 (all of it).");
            field = value;
        }
    } = 1;

    /// <summary>Whether to keep the latest draw rather than to draw in each pass: one fixed network instead of many.</summary>
    public bool HoldNoise { get; set; }

    /// <summary>Whether there is noise in evaluation too; false by default.</summary>
    public bool NoiseInEval { get; set; }

    /// <summary>U of each channel in the latest forward pass; zeros if it had no noise.</summary>
    public ReadOnlySpan<double> MeanNoise => meanNoise;

    /// <summary>V of each channel in the latest forward pass; ones if it had no noise.</summary>
    public ReadOnlySpan<double> VarianceNoise => varianceNoise;

    /// <summary>γ, of shape (C,), ones at first; null if not affine.</summary>
    public Parameter<T>? Weight => batchNorm.Weight;

    /// <summary>β, of shape (C,), zeros at first; null if not affine.</summary>
    public Parameter<T>? Bias => batchNorm.Bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => batchNorm.Parameters;

    // A pass with noise leaves the next pass other noise.
    internal override bool Inference => base.Inference && !NoiseInEval;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = NormShape.Batch(shape);
        var batch = Training ? ChannelStatistics.Of(x, channels, batchNorm.Arithmetic) : null;     // before y, which may be x

        DrawNoise();
        var population = batchNorm.RunningStatistics();
        var (mean, variance) = (new double[NumFeatures], new double[NumFeatures]);
        for (var c = 0; c < NumFeatures; c++)
        {
            mean[c] = population.Mean[c] + Math.Sqrt(population.Variance[c]) * meanNoise[c];    // μ_B = μ + σ·U
            variance[c] = population.Variance[c] * varianceNoise[c];                            // σ²_B = σ²·V
        }
        var by = new ChannelStatistics(population.Count, mean, variance);
        batchNorm.Normalize(x, channels, by, y);
        statistics = by;

        if (batch is not null)
            batchNorm.UpdateRunningStatistics(batch);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var channels = NormShape.Batch(shape);
        batchNorm.Accumulate(batchNorm.ParameterGradients(dy, x, channels, statistics!));
        batchNorm.InputGradient(dy, x, channels, statistics!, throughStatistics: null, dx);
    }

    private void DrawNoise()
    {
        var noisy = Training || NoiseInEval;
        if (noisy && !(HoldNoise && draw is not null))
        {
            draw ??= new (double, double)[NumFeatures];
            foreach (ref var noise in draw.AsSpan())
            {
                noise.U = random.Normal() / Math.Sqrt(NoiseBatchSize);                          // U ~ Normal(0, 1/M)
                noise.V = random.ChiSquared(NoiseBatchSize - 1) / NoiseBatchSize;               // V ~ χ²(M − 1)/M
            }
        }
        for (var c = 0; c < NumFeatures; c++)
        {
            meanNoise[c] = noisy ? NoiseScale * draw![c].U : 0;
            varianceNoise[c] = noisy ? 1 + NoiseScale * (draw![c].V - 1) : 1;
        }
    }
}

/// <summary><see cref="StochasticBatchNorm{T}"/> in single precision, as PyTorch's layers are by default.</summary>
public sealed class StochasticBatchNorm(int numFeatures, int noiseBatchSize, double eps = 1e-5, double? momentum = 0.1, bool affine = true, Random? random = null)
    : StochasticBatchNorm<float>(numFeatures, noiseBatchSize, eps, momentum, affine, random);
