using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization (Ioffe &amp; Szegedy 2015, Algorithms 1 and 2) with PyTorch's semantics: what <see cref="BatchNorm1d{T}"/>,
/// <see cref="BatchNorm2d{T}"/> and <see cref="BatchNorm3d{T}"/> have in common.
/// </summary>
/// <remarks>
/// Per channel, over all samples and positions of the batch: y = γ·(x − μ)/√(σ² + ε) + β.
/// <list type="bullet">
/// <item>Training uses μ and the biased σ² (divided by m) of the batch, and moves the running statistics towards μ and the
/// unbiased variance (divided by m − 1).</item>
/// <item>Evaluation uses the running statistics, or the batch's if there are none (<see cref="TrackRunningStats"/> false).</item>
/// </list>
/// A NaN or an infinity spoils its own channel only. An input that is refused changes nothing.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public abstract class BatchNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchNormKernel<T> kernel = new BatchNormCareful<T>();
    private readonly T[] runningMean;
    private readonly T[] runningVar;

    // μ and σ² that the latest forward pass has normalized by.
    private readonly double[] mean;
    private readonly double[] variance;
    private bool normalizedByBatch;

    private protected BatchNorm(int numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats)
    {
        NumFeatures = Guard.Positive(numFeatures, nameof(numFeatures));
        Eps = Guard.Eps(eps);
        Momentum = Guard.Momentum(momentum);
        mean = new double[numFeatures];
        variance = new double[numFeatures];
        runningMean = new T[trackRunningStats ? numFeatures : 0];
        runningVar = new T[trackRunningStats ? numFeatures : 0];
        Array.Fill(runningVar, T.One);

        if (affine)
        {
            Weight = new Parameter<T>("weight", [numFeatures], T.One);
            Bias = new Parameter<T>("bias", [numFeatures], T.Zero);
            Parameters = [Weight, Bias];
        }
        if (trackRunningStats)
        {
            RunningMean = Tensor.Create(runningMean);
            RunningVar = Tensor.Create(runningVar);
        }
    }

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures { get; }

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps { get; }

    /// <summary>
    /// The share of the new batch in the running statistics, new = (1 − momentum)·old + momentum·batch; or null for the
    /// average over all batches so far.
    /// </summary>
    public double? Momentum { get; }

    /// <summary>Whether there are γ and β to learn.</summary>
    public bool Affine => Weight is not null;

    /// <summary>Whether running statistics are kept in training and used in evaluation.</summary>
    public bool TrackRunningStats => RunningMean is not null;

    /// <summary>γ, of shape (C,), ones at first; null if not affine.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, of shape (C,), zeros at first; null if not affine.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>The running mean, of shape (C,), zeros at first; null if none is tracked.</summary>
    public Tensor<T>? RunningMean { get; }

    /// <summary>The running variance, of shape (C,), ones at first; null if none is tracked.</summary>
    public Tensor<T>? RunningVar { get; }

    /// <summary>How many batches the running statistics have seen.</summary>
    public long NumBatchesTracked { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; } = [];

    /// <summary>The shape this layer takes, for messages: (N, C, H, W).</summary>
    private protected abstract string ExpectedShape { get; }

    /// <summary>Whether the layer takes inputs of this rank.</summary>
    private protected abstract bool AcceptsRank(int rank);

    private bool UsesBatchStatistics => Training || !TrackRunningStats;

    /// <inheritdoc/>
    protected override nint[] OutputShape(ReadOnlySpan<nint> input)
    {
        if (!AcceptsRank(input.Length))
            throw new ArgumentException(
                $"Expected shape {ExpectedShape} with C = {NumFeatures}, but it has rank {input.Length}: {Guard.Show(input)}.", nameof(input));
        if (input[1] != NumFeatures)
            throw new ArgumentException(
                $"Expected shape {ExpectedShape} with C = {NumFeatures}, the layer's number of features, but dimension 1 is {input[1]}: {Guard.Show(input)}.",
                nameof(input));
        if (input.Contains(0))
            throw new ArgumentException($"Expected a batch with values in it, but it is empty: {Guard.Show(input)}.", nameof(input));
        if (UsesBatchStatistics && ChannelShape.Of(input).M == 1)
            throw new ArgumentException(
                $"Expected more than one value per channel to take statistics of, but the shape is {Guard.Show(input)}. "
                + (Training ? "Use a larger batch, or call Eval() first." : "The layer tracks no running statistics to use instead."),
                nameof(input));
        return input.ToArray();
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = ChannelShape.Of(shape);
        normalizedByBatch = UsesBatchStatistics;
        if (normalizedByBatch)
            kernel.Statistics(x, channels, mean, variance);
        else
            ReadRunningStatistics();

        kernel.Normalize(x, channels, mean, variance, Eps, Weight is null ? [] : Weight.Values, Bias is null ? [] : Bias.Values, y);

        if (Training && TrackRunningStats)
            UpdateRunningStatistics(channels.M);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx) =>
        kernel.Backward(dy, x, ChannelShape.Of(shape), mean, variance, Eps, Weight is null ? [] : Weight.Values, normalizedByBatch,
            dx, Weight is null ? [] : Weight.Gradients, Bias is null ? [] : Bias.Gradients);

    private void ReadRunningStatistics()
    {
        for (var c = 0; c < NumFeatures; c++)
        {
            mean[c] = double.CreateTruncating(runningMean[c]);
            variance[c] = double.CreateTruncating(runningVar[c]);
        }
    }

    private void UpdateRunningStatistics(long m)
    {
        NumBatchesTracked++;
        var share = Momentum ?? 1.0 / NumBatchesTracked;
        for (var c = 0; c < NumFeatures; c++)
        {
            var unbiasedVariance = variance[c] * m / (m - 1);
            runningMean[c] = T.CreateTruncating((1 - share) * double.CreateTruncating(runningMean[c]) + share * mean[c]);
            runningVar[c] = T.CreateTruncating((1 - share) * double.CreateTruncating(runningVar[c]) + share * unbiasedVariance);
        }
    }
}
