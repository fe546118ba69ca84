using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// What a layer keeps of the batches that it has seen in training, for evaluation: of each channel a mean and a spread, which is the
/// variance for most, and by which names they are saved.
/// </summary>
internal sealed class RunningStatistics<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] mean;
    private readonly T[] spread;

    /// <summary>Those of a new layer: mean 0, spread 1.</summary>
    /// <param name="channels">C.</param>
    /// <param name="spreadName">The name of the spread: <c>running_var</c>, or <c>running_std</c> for a standard deviation.</param>
    /// <param name="counted">Whether the number of batches is a part of the state, as in PyTorch's layers.</param>
    public RunningStatistics(int channels, string spreadName = "running_var", bool counted = true)
    {
        (mean, spread) = (new T[channels], new T[channels]);
        (Mean, Spread) = (Tensor.Create(mean), Tensor.Create(spread));
        Buffers = [StateTensor.Over("running_mean", mean, [channels]), StateTensor.Over(spreadName, spread, [channels])];
        if (counted)
            Buffers = [.. Buffers, StateTensor.Over("num_batches_tracked", Batches, [])];
        Reset();
    }

    /// <summary>The means, of shape (C,).</summary>
    public Tensor<T> Mean { get; }

    /// <summary>The variances or standard deviations, of shape (C,).</summary>
    public Tensor<T> Spread { get; }

    /// <summary>How many batches they have seen: the memory of a single number.</summary>
    public long[] Batches { get; } = new long[1];

    /// <summary>All of it by PyTorch's names: the live memory.</summary>
    public IReadOnlyList<StateTensor> Buffers { get; }

    /// <summary>Back to those of a new layer.</summary>
    public void Reset()
    {
        Array.Clear(mean);
        Array.Fill(spread, T.One);
        Batches[0] = 0;
    }

    /// <summary>Reads them, in double.</summary>
    public void CopyTo(Span<double> means, Span<double> spreads)
    {
        TensorPrimitives.ConvertTruncating<T, double>(mean, means);
        TensorPrimitives.ConvertTruncating<T, double>(spread, spreads);
    }

    /// <summary>Takes these instead, whatever there was.</summary>
    public void Set(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads)
    {
        TensorPrimitives.ConvertTruncating(means, mean);
        TensorPrimitives.ConvertTruncating(spreads, spread);
    }

    /// <summary>new = (1 − share)·old + share·batch.</summary>
    public void Move(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, double share) => Move(means, spreads, share, share);

    /// <summary>The same with another share of the batch in the spread: new = (1 − share)·old + shareOfSpread·batch.</summary>
    public void Move(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, double share, double shareOfSpread)
    {
        Move(mean, means, share, share);
        Move(spread, spreads, share, shareOfSpread);
    }

    private static void Move(T[] running, ReadOnlySpan<double> batch, double share, double shareOfBatch)
    {
        for (var c = 0; c < running.Length; c++)
            running[c] = T.CreateTruncating((1 - share) * double.CreateTruncating(running[c]) + shareOfBatch * batch[c]);
    }
}
