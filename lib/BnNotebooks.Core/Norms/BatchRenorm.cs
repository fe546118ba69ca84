using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Batch renormalization (Ioffe 2017, Algorithm 1) of (N, C), (N, C, L), (N, C, H, W) or any (N, C, …): batch norm that is
/// corrected towards the running statistics already in training, so that small batches train what evaluation will use.
/// </summary>
/// <remarks>
/// Per channel, with μ_B and σ_B of the batch, and the running μ and σ as they were before it:
/// <code>
/// σ_B = √(1/m · Σ (x − μ_B)² + ε)
/// r = σ_B/σ, clipped to [1/rMax, rMax]            d = (μ_B − μ)/σ, clipped to [−dMax, dMax]
/// x̂ = (x − μ_B)/σ_B · r + d                       y = γ·x̂ + β
/// μ := μ + α·(μ_B − μ)                            σ := σ + α·(σ_B − σ)
/// </code>
/// Evaluation is y = γ·(x − μ)/σ + β. If nothing is clipped, training gives the very same, whatever the batch; with rMax = 1
/// and dMax = 0 it is batch norm.
/// <para><b>Backward.</b> r and d are constants: the gradient does not flow through them. So y = (γ·r)·x̂_B + (γ·d + β), a batch
/// norm x̂_B = (x − μ_B)/σ_B with another γ and another β, and ∂ℓ/∂x is that of <see cref="BatchNorm{T}"/> with γ·r for γ. And</para>
/// <code>
/// ∂ℓ/∂β = Σ ∂ℓ/∂y                ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂ = r · Σ ∂ℓ/∂y · x̂_B + d · Σ ∂ℓ/∂y
/// </code>
/// <para><b>What the paper leaves open</b>, and what is done here:</para>
/// <list type="bullet">
/// <item>Where μ and σ start: at 0 and 1, as in batch norm. They need time to become meaningful, for which the paper trains with
/// rMax = 1 and dMax = 0 at first.</item>
/// <item>How to relax the limits: the paper's own run is plain batch norm for 5000 steps, then goes gradually to rMax = 3 (at step
/// 40 000) and dMax = 5 (at 25 000). When to do that depends on the training, so <see cref="RMax"/> and <see cref="DMax"/> can be
/// set at any time; they begin at the final 3 and 5.</item>
/// <item>How fast the running statistics move: momentum is the paper's α, the share of the new batch, as in PyTorch; 0.01 is what the
/// paper trained with. (Frameworks whose momentum is the share of the old ones mean 1 − α.)</item>
/// <item>ε: 1e-5, as in PyTorch.</item>
/// </list>
/// <para>The running σ is the paper's: a standard deviation with ε in it and of the biased variance, not the unbiased variance
/// that batch norm tracks. So its name in the state is <c>running_std</c>, and evaluation adds no ε to it. A batch with one value
/// per channel has no spread and is refused in training, as by batch norm.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class BatchRenorm<T> : Layer<T>, IRecalibrated where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly NormArithmetic<T> Arithmetic = new Careful<T>();

    private readonly RunningStatistics<T> running;
    private Population? population;
    private Normalizer? latest;

    /// <summary>Makes the layer, in training mode, with γ = 1, β = 0, running mean 0 and running standard deviation 1.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="rMax">The limit of the correction by a factor, at least 1; may be infinite.</param>
    /// <param name="dMax">The limit of the correction by a shift, in running standard deviations, at least 0; may be infinite.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">α, the share of the new batch in the running statistics, from 0 to 1.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public BatchRenorm(
        int numFeatures, double rMax = 3, double dMax = 5, double eps = 1e-5, double momentum = 0.01, bool affine = true)
    {
        NumFeatures = Guard.Positive(numFeatures, nameof(numFeatures));
        RMax = rMax;
        DMax = dMax;
        Eps = Guard.Eps(eps);
        Momentum = momentum;
        if (affine)
        {
            Weight = new Parameter<T>("weight", [numFeatures], T.One);
            Bias = new Parameter<T>("bias", [numFeatures], T.Zero);
            Parameters = [Weight, Bias];
        }
        running = new RunningStatistics<T>(numFeatures, "running_std", counted: false);
    }

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures { get; }

    /// <summary>The limit of r, which stays from 1/rMax to rMax. Set it to follow a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1, or not a number.</exception>
    public double RMax { get; set => field = AtLeast(1, value, "rMax"); }

    /// <summary>The limit of d, which stays from −dMax to dMax. Set it to follow a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not a number.</exception>
    public double DMax { get; set => field = AtLeast(0, value, "dMax"); }

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps { get; }

    /// <summary>α, the share of the new batch in the running statistics.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Momentum { get; set => field = NormGuard.Momentum(value); }

    /// <summary>Sets the running statistics back to those of a new layer: mean 0, standard deviation 1.</summary>
    public void ResetRunningStats()
    {
        using var turn = Enter(shared: false);
        running.Reset();
    }

    /// <summary>γ, of shape (C,), ones at first; null if not affine.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, of shape (C,), zeros at first; null if not affine.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>The running μ, of shape (C,), zeros at first.</summary>
    public Tensor<T> RunningMean => running.Mean;

    /// <summary>The running σ, of shape (C,), ones at first.</summary>
    public Tensor<T> RunningStd => running.Spread;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers => running.Buffers;

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        NormGuard.Channels(input, "(N, C) or (N, C, …)", input.Length >= 2, channelDimension: 1, NumFeatures, nameof(input));
        if (Training)
            NormGuard.Spread(NormShape.Batch(input).M, "channel", input, "Use a larger batch, or call Eval() first.", nameof(input));
        return input;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = NormShape.Batch(shape);
        var batch = Training ? ChannelStatistics.Of(x, channels, Arithmetic) : null;
        var by = batch is null ? Uncorrected() : Corrected(batch);
        Arithmetic.Normalize(x, channels, by.Statistics, by.Eps, Scale(by), Shift(by), y);
        if (batch is not null)
            UpdateRunningStatistics(batch);
        latest = by;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var channels = NormShape.Batch(shape);
        var by = latest!;
        var sums = ParameterSums.Of(NumFeatures, channels.M);
        Arithmetic.Backward(dy, x, channels, by.Statistics, by.Eps, Scale(by), sums.Spans, dx);
        Weight?.AddGradient([.. sums.Gamma.Select((dScale, c) => by.R[c] * dScale + by.D[c] * sums.Beta[c])]);
        Bias?.AddGradient(sums.Beta);
    }

    private Normalizer Corrected(ChannelStatistics batch)
    {
        var (r, d) = (new double[NumFeatures], new double[NumFeatures]);
        var (mu, sigma) = Running();
        var sigmaOfBatch = Std(batch);
        for (var c = 0; c < NumFeatures; c++)
        {
            r[c] = Math.Clamp(sigmaOfBatch[c] / sigma[c], 1 / RMax, RMax);                      // r = clip(σ_B/σ)
            d[c] = Math.Clamp((batch.Mean[c] - mu[c]) / sigma[c], -DMax, DMax);                 // d = clip((μ_B − μ)/σ)
        }
        return new Normalizer(batch.Mean.ToArray(), batch.For(Eps).Variance.ToArray(), Eps, r, d, OfBatch: true);
    }

    // ε is in the running σ already.
    private Normalizer Uncorrected()
    {
        var (mu, sigma) = Running();
        return new Normalizer(mu, [.. sigma.Select(value => value * value)], Eps: 0,
            R: [.. Enumerable.Repeat(1.0, NumFeatures)], D: new double[NumFeatures], OfBatch: false);
    }

    private (double[] Mean, double[] Std) Running()
    {
        var (mean, std) = (new double[NumFeatures], new double[NumFeatures]);
        running.CopyTo(mean, std);
        return (mean, std);
    }

    // σ_B = √(σ²_B + ε)
    private double[] Std(ChannelStatistics batch) => Array.ConvertAll(batch.Variance.ToArray(), variance => Math.Sqrt(variance + Eps));

    private void UpdateRunningStatistics(ChannelStatistics batch)
    {
        if (population is null)
            running.Move(batch.Mean, Std(batch), Momentum);     // μ := μ + α·(μ_B − μ), σ := σ + α·(σ_B − σ)
        else
            population.Add(batch.Count, batch.Mean, batch.Variance);
    }

    bool IRecalibrated.TrackRunningStats => true;

    Population? IRecalibrated.Population { set => population = value; }

    void IRecalibrated.Adopt(Population taken)
    {
        using var turn = Enter(shared: false);
        running.Set(taken.Pooled.Mean, Std(taken.Pooled));
    }

    // γ·r, what a batch norm's γ would have to be
    private T[] Scale(Normalizer by) => [.. by.R.Select((r, c) => T.CreateTruncating(Gamma(c) * r))];

    // γ·d + β, what its β would have to be
    private T[] Shift(Normalizer by) =>
        [.. by.D.Select((d, c) => T.CreateTruncating(Gamma(c) * d + (Bias is null ? 0 : double.CreateTruncating(Bias.Values[c]))))];

    private double Gamma(int c) => Weight is null ? 1 : double.CreateTruncating(Weight.Values[c]);

    private static double AtLeast(double least, double value, string parameter) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, $"Expected a number that is at least {least}; infinity sets no limit.");

    /// <summary>What a forward pass has normalized by: a mean and a variance with its ε, then the correction.</summary>
    private sealed record Normalizer(double[] Mean, double[] Variance, double Eps, double[] R, double[] D, bool OfBatch)
    {
        public NormStatistics Statistics => new(Mean, Variance, OfBatch, OfBatch);
    }
}

/// <summary><see cref="BatchRenorm{T}"/> in single precision.</summary>
public sealed class BatchRenorm(int numFeatures, double rMax = 3, double dMax = 5, double eps = 1e-5, double momentum = 0.01, bool affine = true)
    : BatchRenorm<float>(numFeatures, rMax, dMax, eps, momentum, affine);
