using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Instance normalization (Ulyanov, Vedaldi &amp; Lempitsky 2016) with PyTorch's semantics: what
/// <see cref="InstanceNorm1d{T}"/>, <see cref="InstanceNorm2d{T}"/> and <see cref="InstanceNorm3d{T}"/> have in common. Each
/// channel of each sample is normalized over its own positions.
/// </summary>
/// <remarks>
/// Per channel of a sample, over its m positions:
/// <code>
/// μ = 1/m · Σ x        σ² = 1/m · Σ (x − μ)²        x̂ = (x − μ)/√(σ² + ε)        y = γ·x̂ + β
/// </code>
/// By default nothing is learned and nothing tracked, and training and evaluation are the same. With running statistics,
/// training still normalizes by the instances' own, and moves the running ones towards their averages over the batch: that of
/// the means, and that of the unbiased variances (divided by the number of positions − 1). Evaluation then uses the running ones,
/// as constants. The derivation of the gradients is with <see cref="SampleNorm{T}"/>.
/// <para>As in PyTorch, <c>num_batches_tracked</c> is a part of the state but stays 0, and a momentum of null, for the plain
/// average, does not exist. Unlike there, the number of channels must be right even if nothing is learned.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public abstract class InstanceNorm<T> : SampleNorm<T>, IRecalibrated where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RunningStatistics<T>? running;
    private Population? population;

    private protected InstanceNorm(int numFeatures, double eps, double momentum, bool affine, bool trackRunningStats)
        : base([Guard.Positive(numFeatures, nameof(numFeatures))], eps, weight: affine, bias: affine)
    {
        NumFeatures = numFeatures;
        Momentum = momentum;
        running = trackRunningStats ? new RunningStatistics<T>(numFeatures) : null;
    }

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures { get; }

    /// <summary>The share of the new batch in the running statistics, new = (1 − momentum)·old + momentum·batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double Momentum { get; set => field = NormGuard.Momentum(value); }

    /// <summary>Sets the running statistics, if there are any, back to those of a new layer: mean 0, variance 1.</summary>
    public void ResetRunningStats()
    {
        using var turn = Enter(shared: false);
        running?.Reset();
    }

    /// <summary>Whether there are γ and β to learn, of shape (C,).</summary>
    public bool Affine => Weight is not null;

    /// <summary>Whether running statistics are kept in training and used in evaluation.</summary>
    public bool TrackRunningStats => running is not null;

    /// <summary>The running mean, of shape (C,), zeros at first; null if none is tracked.</summary>
    public Tensor<T>? RunningMean => running?.Mean;

    /// <summary>The running variance, of shape (C,), ones at first; null if none is tracked.</summary>
    public Tensor<T>? RunningVar => running?.Spread;

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers => running?.Buffers ?? [];

    private bool UsesInstanceStatistics => Training || !TrackRunningStats;

    /// <summary>How many dimensions of positions follow the channels; a sample without a batch has the channels first.</summary>
    private protected abstract int PositionDimensions { get; }

    /// <summary>The shapes this layer takes, for messages: (N, C, H, W) or (C, H, W).</summary>
    private protected abstract string ExpectedShape { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        var channelDimension = input.Length - PositionDimensions - 1;
        NormGuard.Channels(input, ExpectedShape, channelDimension is 0 or 1, channelDimension, NumFeatures, nameof(input));
        if (UsesInstanceStatistics)
            NormGuard.Spread(Shape(input).M, "channel of a sample", input,
                TrackRunningStats ? "Use larger samples, or call Eval() first." : "The layer tracks no running statistics to use instead.",
                nameof(input));
        return input;
    }

    private protected override NormShape Shape(ReadOnlySpan<nint> input) =>
        NormShape.Batch(input.Length == PositionDimensions + 1 ? [1, .. input] : input).Instances;

    private protected override (bool Mean, bool Variance) OfInput => (UsesInstanceStatistics, UsesInstanceStatistics);

    // The running statistics again for each sample.
    private protected override void Constants(Span<double> mean, Span<double> variance)
    {
        for (var group = 0; group < mean.Length; group += NumFeatures)
            running!.CopyTo(mean.Slice(group, NumFeatures), variance.Slice(group, NumFeatures));
    }

    private protected override void Finish(NormShape shape, ReadOnlySpan<double> mean, Span<double> variance, Span<T> y)
    {
        if (Training && TrackRunningStats)
            UpdateRunningStatistics(mean, variance, shape.M);
        if (Eps > 0 || !UsesInstanceStatistics)
            return;
        for (var set = 0; set < shape.Sets; set++)
            if (variance[set] == 0)
                y.Slice(set * shape.S, shape.S).Fill(Bias is null ? T.Zero : Bias.Values[set % NumFeatures]);
        ChannelStatistics.WithoutSpread(variance);
    }

    private void UpdateRunningStatistics(ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, long positions)
    {
        using var own = new Scratch(2L * NumFeatures);
        Span<double> meanOfBatch = own.Span[..NumFeatures], unbiasedVariance = own.Span[NumFeatures..];
        own.Span.Clear();
        var samples = mean.Length / NumFeatures;
        for (var group = 0; group < mean.Length; group++)
        {
            meanOfBatch[group % NumFeatures] += mean[group] / samples;
            unbiasedVariance[group % NumFeatures] += variance[group] * positions / (positions - 1) / samples;
        }
        if (population is null)
            running!.Move(meanOfBatch, unbiasedVariance, Momentum);
        else
            population.Add(samples, meanOfBatch, unbiasedVariance);
    }

    Population? IRecalibrated.Population { set => population = value; }

    // The mean of the variances, not the variance of all: between the instances there is no spread to normalize by.
    void IRecalibrated.Adopt(Population taken)
    {
        using var turn = Enter(shared: false);
        running!.Set(taken.Pooled.Mean, taken.MeanVariance);
    }
}
