using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Ghost batch normalization (Hoffer, Hubara &amp; Soudry 2017, Algorithm 1): in training, a large batch is cut into small ghost
/// batches that are each normalized by their own statistics, which keeps the noise of small batches. Evaluation is that of
/// the batch norm inside.
/// </summary>
/// <remarks>
/// Per channel, of the ghost batch g that a sample is in, with its m values:
/// <code>
/// μ_g = 1/m · Σ x        σ²_g = 1/m · Σ (x − μ_g)²        y = γ·(x − μ_g)/√(σ²_g + ε) + β
/// </code>
/// The samples are cut in order; where the batch is no multiple of the ghost batch, the last one is smaller. The running
/// statistics take in one ghost batch after the other with the layer's momentum, as the paper's moving average does. The
/// gradients are those of <see cref="BatchNorm{T}"/>, of each ghost batch for itself; those of γ and β add up.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public sealed class GhostBatchNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // What the ghost batches of the latest forward pass were normalized by, and whether that was their own.
    private IReadOnlyList<ChannelStatistics> latest = [];
    private bool ofBatch;

    /// <summary>Makes ghost batches of a batch norm's batches.</summary>
    /// <param name="batchNorm">The batch norm whose parameters, options and running statistics are used.</param>
    /// <param name="ghostBatchSize">How many samples make a ghost batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ghost batch size is below 1.</exception>
    public GhostBatchNorm(BatchNorm<T> batchNorm, int ghostBatchSize)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        BatchNorm = batchNorm;
        GhostBatchSize = Guard.Positive(ghostBatchSize, nameof(ghostBatchSize));
        Train(batchNorm.Training);
    }

    /// <summary>The batch norm inside.</summary>
    public BatchNorm<T> BatchNorm { get; }

    /// <summary>How many samples make a ghost batch.</summary>
    public int GhostBatchSize { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => BatchNorm.Parameters;

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers => BatchNorm.Buffers;

    /// <summary>The batch norm inside, which must not be in a network a second time.</summary>
    public override IReadOnlyList<Layer<T>> Children => [BatchNorm];

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        BatchNorm.CheckChannels(input, nameof(input));
        if (BatchNorm.UsesBatchStatistics)
            foreach (var (_, ghost) in Cut(NormShape.Batch(input), ghosts: true))
                if (ghost.M == 1)
                    throw new ArgumentException(
                        $"Expected more than one value per channel in every ghost batch of {GhostBatchSize}, but shape {Guard.Show(input)} leaves one with a single value. "
                        + "Use another batch size, or call Eval() first.", nameof(input));
        return input;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        using var turn = BatchNorm.Enter(shared: Inference && !BatchNorm.Training);
        var ghosts = new List<ChannelStatistics>();
        foreach (var (range, ghost) in Cut(NormShape.Batch(shape), BatchNorm.UsesBatchStatistics))
        {
            var statistics = BatchNorm.UsesBatchStatistics ? ChannelStatistics.Of(x[range], ghost, BatchNorm.Arithmetic) : BatchNorm.RunningStatistics();
            BatchNorm.Normalize(x[range], ghost, statistics, y[range]);
            ghosts.Add(statistics);
        }
        if (BatchNorm.Training)
            foreach (var statistics in ghosts)
                BatchNorm.UpdateRunningStatistics(statistics);
        (latest, ofBatch) = (ghosts, BatchNorm.UsesBatchStatistics);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        using var turn = BatchNorm.Enter(shared: false);
        foreach (var ((range, ghost), statistics) in Cut(NormShape.Batch(shape), ofBatch).Zip(latest))
        {
            var sums = BatchNorm.ParameterGradients(dy[range], x[range], ghost, statistics);
            BatchNorm.Accumulate(sums);
            BatchNorm.InputGradient(dy[range], x[range], ghost, statistics, ofBatch ? sums : null, dx[range]);
        }
    }

    // Samples come first in memory, so a ghost batch is a piece of it. In evaluation there is no need to cut.
    private List<(Range Range, NormShape Shape)> Cut(NormShape batch, bool ghosts)
    {
        if (!ghosts)
            return [(Range.All, batch)];
        var pieces = new List<(Range, NormShape)>();
        for (var first = 0; first < batch.N; first += GhostBatchSize)
        {
            var ghost = batch with { N = Math.Min(GhostBatchSize, batch.N - first) };
            pieces.Add((batch.Start(first, 0)..batch.Start(first + ghost.N, 0), ghost));
        }
        return pieces;
    }
}
