using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization (Ioffe &amp; Szegedy 2015, Algorithms 1 and 2) with PyTorch's semantics: what <see cref="BatchNorm1d{T}"/>,
/// <see cref="BatchNorm2d{T}"/> and <see cref="BatchNorm3d{T}"/> have in common.
/// </summary>
/// <remarks>
/// Per channel, over the m values that it has in all samples and positions of the batch:
/// <code>
/// μ = 1/m · Σ x        σ² = 1/m · Σ (x − μ)²        x̂ = (x − μ)/√(σ² + ε)        y = γ·x̂ + β
/// </code>
/// <list type="bullet">
/// <item>Training uses μ and the biased σ² (divided by m) of the batch, and moves the running statistics towards μ and the
/// unbiased variance (divided by m − 1).</item>
/// <item>Evaluation uses the running statistics, or the batch's if there are none (<see cref="TrackRunningStats"/> false).</item>
/// </list>
/// A NaN or an infinity spoils its own channel only. An input that is refused changes nothing.
/// <para><b>Backward.</b> γ and β appear in y alone, so by the chain rule</para>
/// <code>
/// ∂ℓ/∂β = Σ ∂ℓ/∂y                ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂                ∂ℓ/∂x̂ = γ · ∂ℓ/∂y
/// </code>
/// <para>In evaluation μ and σ² are constants, and x reaches the loss through x̂ alone: ∂ℓ/∂x = γ/√(σ² + ε) · ∂ℓ/∂y.</para>
/// <para>In training x also reaches it through σ² and μ (section 3 of the paper; the sum of x − μ is zero, so σ² passes nothing to μ):</para>
/// <code>
/// ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂ · (x − μ) · (−1/2)·(σ² + ε)^(−3/2) = −γ/2 · ∂ℓ/∂γ / (σ² + ε)
/// ∂ℓ/∂μ  = Σ ∂ℓ/∂x̂ · (−1/√(σ² + ε))                   = −γ · ∂ℓ/∂β / √(σ² + ε)
/// ∂ℓ/∂x  = ∂ℓ/∂x̂ · 1/√(σ² + ε) + ∂ℓ/∂σ² · 2·(x − μ)/m + ∂ℓ/∂μ · 1/m
/// </code>
/// <para>and with the first two lines put into the third:</para>
/// <code>
/// ∂ℓ/∂x = γ/√(σ² + ε) · (∂ℓ/∂y − 1/m · ∂ℓ/∂β − x̂ · 1/m · ∂ℓ/∂γ)
/// </code>
/// <para>That is ∂ℓ/∂y less its mean, and less its projection on x̂: a batch norm in training cannot be moved by shifting or
/// scaling its input, and its gradient has no part in those directions.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public abstract class BatchNorm<T> : Layer<T>, IRecalibrated where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RunningStatistics<T>? running;
    private readonly long[] batches;        // how many the running statistics have seen

    // What the latest forward pass has normalized by, and whether that came from its batch, for the backward pass; and the latest
    // gradients of γ and β.
    private readonly double[] savedMean;
    private readonly double[] savedVariance;
    private bool ofBatch;
    private readonly ParameterSums sums;

    private protected BatchNorm(int numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats)
    {
        NumFeatures = Guard.Positive(numFeatures, nameof(numFeatures));
        Eps = Guard.Eps(eps);
        Momentum = momentum;
        (savedMean, savedVariance) = (new double[numFeatures], new double[numFeatures]);
        sums = ParameterSums.Of(numFeatures, 0);

        running = trackRunningStats ? new RunningStatistics<T>(numFeatures) : null;
        Buffers = running?.Buffers ?? [];
        batches = running?.Batches ?? new long[1];
        if (affine)
        {
            Weight = new Parameter<T>("weight", [numFeatures], T.One);
            Bias = new Parameter<T>("bias", [numFeatures], T.Zero);
            Parameters = [Weight, Bias];
        }
    }

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures { get; }

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps { get; }

    /// <summary>
    /// The share of the new batch in the running statistics, new = (1 − momentum)·old + momentum·batch; or null for the
    /// average over all batches so far. May be changed between passes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double? Momentum { get; set => field = Guard.Momentum(value); }

    /// <summary>Whether there are γ and β to learn.</summary>
    public bool Affine => Weight is not null;

    /// <summary>Whether running statistics are kept in training and used in evaluation.</summary>
    public bool TrackRunningStats => running is not null;

    /// <summary>γ, of shape (C,), ones at first; null if not affine.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, of shape (C,), zeros at first; null if not affine.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>The running mean, of shape (C,), zeros at first; null if none is tracked.</summary>
    public Tensor<T>? RunningMean => running?.Mean;

    /// <summary>The running variance, of shape (C,), ones at first; null if none is tracked.</summary>
    public Tensor<T>? RunningVar => running?.Spread;

    /// <summary>How many batches the running statistics have seen; where momentum is null, the weight of what they are now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long NumBatchesTracked
    {
        get => batches[0];
        set => batches[0] = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number that is not negative.");
    }

    /// <summary>
    /// Sets the running statistics back to those of a new layer, mean 0, variance 1, no batches. To take them anew over some batches
    /// there is <see cref="PreciseBatchNorm"/>.
    /// </summary>
    public void ResetRunningStats()
    {
        using var turn = Enter(shared: false);
        running?.Reset();
    }

    /// <summary>How to compute: the same result up to rounding, in another manner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the three.</exception>
    public BatchNormMethod Method
    {
        get;
        set
        {
            Arithmetic = NormArithmetic<T>.For(value);
            field = value;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers { get; }

    internal NormArithmetic<T> Arithmetic { get; private set; } = NormArithmetic<T>.For(BatchNormMethod.Fast);

    internal bool UsesBatchStatistics => Training || !TrackRunningStats;

    private ReadOnlySpan<T> Gamma => Weight is null ? [] : Weight.Values;

    private ReadOnlySpan<T> Beta => Bias is null ? [] : Bias.Values;

    /// <summary>The shape this layer takes, for messages: (N, C, H, W).</summary>
    private protected abstract string ExpectedShape { get; }

    /// <summary>Whether the layer takes inputs of this rank.</summary>
    private protected abstract bool AcceptsRank(int rank);

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        CheckChannels(input, nameof(input));
        CheckSpread(input, nameof(input));
        return input;
    }

    internal void CheckChannels(ReadOnlySpan<nint> input, string name) =>
        NormGuard.Channels(input, ExpectedShape, AcceptsRank(input.Length), channelDimension: 1, NumFeatures, name);

    private void CheckSpread(ReadOnlySpan<nint> input, string name)
    {
        var remedy = Training ? "Use a larger batch, or call Eval() first." : "The layer tracks no running statistics to use instead.";
        if (UsesBatchStatistics)
            NormGuard.Spread(NormShape.Batch(input).M, "channel", input, remedy, name);
    }

    private protected override bool TakesChannelsLast => true;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y) =>
        Forward(x, NormShape.Batch(shape), Inference, Then.Nothing, residual: [], y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx) =>
        Backward(dy, x, NormShape.Batch(shape), Then.Nothing, y: [], dx, dResidual: []);

    /// <summary>What follows the normalization, in the same pass.</summary>
    internal enum Then { Nothing, ReLU, AddReLU }

    internal void Forward(ReadOnlySpan<T> x, NormShape shape, bool inference, Then then, ReadOnlySpan<T> residual, Span<T> y)
    {
        using var own = new Scratch(inference ? 2L * NumFeatures : 0);
        var by = new NormStatistics(inference ? own.Span[NumFeatures..] : savedMean, inference ? own.Span[..NumFeatures] : savedVariance,
            UsesBatchStatistics, UsesBatchStatistics);
        if (!inference)
            ofBatch = UsesBatchStatistics;
        if (!UsesBatchStatistics)
            running!.CopyTo(by.Mean, by.Variance);
        if (Eps == 0 && UsesBatchStatistics)
        {
            // A channel that does not vary gives zeros, but the running statistics want to know that it did not.
            Arithmetic.Measure(x, shape, by);
            if (Training)
                UpdateRunningStatistics(shape.M, by.Mean, by.Variance);
            ChannelStatistics.WithoutSpread(by.Variance);
            by = by.Known;
        }

        if (then == Then.Nothing)
            Arithmetic.Forward(x, shape, by, Eps, Gamma, Beta, y);
        else
            Arithmetic.ForwardReLU(x, residual, shape, by, Eps, Gamma, Beta, y);
        if (Training && Eps > 0)
            UpdateRunningStatistics(shape.M, by.Mean, by.Variance);
    }

    internal void Backward(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, Then then, ReadOnlySpan<T> y, Span<T> dx, Span<T> dResidual)
    {
        var by = new NormStatistics(savedMean, savedVariance, ofBatch, ofBatch);
        if (then == Then.Nothing)
            Arithmetic.Backward(dy, x, shape, by, Eps, Gamma, sums.Spans, dx);
        else
            Arithmetic.BackwardReLU(dy, x, y, shape, by, Eps, Gamma, Beta, sums.Spans, dx, dResidual);
        Accumulate(sums);
    }

    // The steps of a forward and a backward pass. The synchronized and the ghost variant put them together in another way.

    internal ChannelStatistics RunningStatistics()
    {
        var (mean, variance) = (new double[NumFeatures], new double[NumFeatures]);
        running!.CopyTo(mean, variance);
        return new ChannelStatistics(count: 0, mean, variance);
    }

    internal void Normalize(ReadOnlySpan<T> x, NormShape shape, ChannelStatistics by, Span<T> y) =>
        Arithmetic.Normalize(x, shape, by.For(Eps).Of(ofBatch: false), Eps, Gamma, Beta, y);

    internal void UpdateRunningStatistics(ChannelStatistics batch) => UpdateRunningStatistics(batch.Count, batch.Mean, batch.Variance);

    internal ParameterSums ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, ChannelStatistics by)
    {
        var sums = ParameterSums.Of(NumFeatures, shape.M);
        Arithmetic.GradientSums(dy, x, shape, by.For(Eps).Of(ofBatch: false), Eps, Gamma, sums.Spans);
        return sums;
    }

    internal void Accumulate(ParameterSums sums)
    {
        Weight?.AddGradient(sums.Gamma);
        Bias?.AddGradient(sums.Beta);
    }

    internal void InputGradient(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, ChannelStatistics by, ParameterSums? throughStatistics, Span<T> dx) =>
        Arithmetic.InputGradient(dy, x, shape, by.For(Eps).Of(ofBatch: throughStatistics is not null), Eps, Gamma,
            (throughStatistics ?? ParameterSums.Of(NumFeatures, shape.M)).Spans, throughStatistics?.M ?? shape.M, dx);

    private Population? population;

    Population? IRecalibrated.Population { set => population = value; }

    void IRecalibrated.Adopt(Population taken)
    {
        using var turn = Enter(shared: false);
        running!.Set(taken.Pooled.Mean, taken.Pooled.UnbiasedVariance());
        batches[0] = taken.Batches;
    }

    private void UpdateRunningStatistics(long m, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance)
    {
        if (running is null)
            return;
        if (m < 2)
            throw new InvalidOperationException("The unbiased variance needs at least two values per channel, but there is one.");
        if (population is not null)
        {
            population.Add(m, mean, variance);
            return;
        }
        batches[0]++;
        var share = Momentum ?? 1.0 / NumBatchesTracked;
        running.Move(mean, variance, share, share * m / (m - 1));     // the unbiased variance
    }
}

/// <summary>The sums over a batch, or a part of one of m values a channel, that its gradients need: <see cref="NormGradients"/>.</summary>
internal sealed record ParameterSums(double[] Gamma, double[] Beta, double[] Sum, double[] Projection, long M)
{
    /// <summary>Room for those of so many channels.</summary>
    public static ParameterSums Of(int channels, long m) => new(new double[channels], new double[channels], new double[channels], new double[channels], m);

    public NormGradients Spans => new(Gamma, Beta, Sum, Projection);

    /// <summary>The sums over two parts of a batch together.</summary>
    public ParameterSums Plus(ParameterSums other) => new(
        Plus(Gamma, other.Gamma), Plus(Beta, other.Beta), Plus(Sum, other.Sum), Plus(Projection, other.Projection), M + other.M);

    private static double[] Plus(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];
}
