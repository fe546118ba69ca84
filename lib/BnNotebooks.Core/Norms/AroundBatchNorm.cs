using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// What the layers built around a batch norm have in common: its running statistics, its state and its checks. What each does
/// with them is its own.
/// </summary>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public abstract class AroundBatchNorm<T> : Layer<T>, IRecalibrated where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected readonly InnerBatchNorm<T> batchNorm;

    private protected AroundBatchNorm(int numFeatures, double eps, double? momentum, bool affine) =>
        batchNorm = new InnerBatchNorm<T>(numFeatures, eps, momentum, affine);

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures => batchNorm.NumFeatures;

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps => batchNorm.Eps;

    /// <summary>The share of the new batch in the running statistics, or null for the average over all batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double? Momentum { get => batchNorm.Momentum; set => batchNorm.Momentum = value; }

    /// <summary>The running mean, of shape (C,), zeros at first.</summary>
    public Tensor<T> RunningMean => batchNorm.RunningMean!;

    /// <summary>The running variance, of shape (C,), ones at first.</summary>
    public Tensor<T> RunningVar => batchNorm.RunningVar!;

    /// <summary>How many batches the running statistics have seen.</summary>
    public long NumBatchesTracked => batchNorm.NumBatchesTracked;

    /// <inheritdoc cref="BatchNorm{T}.ResetRunningStats"/>
    public void ResetRunningStats() => batchNorm.ResetRunningStats();

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers => batchNorm.Buffers;

    bool IRecalibrated.TrackRunningStats => true;

    Population? IRecalibrated.Population { set => ((IRecalibrated)batchNorm).Population = value; }

    void IRecalibrated.Adopt(Population population)
    {
        using var turn = Enter(shared: false);
        ((IRecalibrated)batchNorm).Adopt(population);
    }

    /// <inheritdoc/>
    public override void Train(bool mode = true)
    {
        base.Train(mode);
        batchNorm.Train(mode);
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        batchNorm.Check(input);
        return input;
    }
}
