using System.Numerics;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

/// <summary>libtorch's batch norm with autograd, arrays in and arrays out, so that it can be held beside ours.</summary>
internal sealed class TorchBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double eps;
    private readonly double? momentum;
    private readonly T[]? weight;
    private readonly T[]? bias;
    private long batches;

    public TorchBatchNorm(int features, double eps, double? momentum, T[]? weight, T[]? bias, bool trackRunningStats)
    {
        (this.eps, this.momentum, this.weight, this.bias) = (eps, momentum, weight, bias);
        if (!trackRunningStats)
            return;
        RunningMean = new T[features];
        RunningVar = [.. Enumerable.Repeat(T.One, features)];
    }

    public T[]? RunningMean { get; set; }

    public T[]? RunningVar { get; set; }

    /// <summary>One forward and one backward pass.</summary>
    public (T[] Output, T[] GradInput, T[]? GradWeight, T[]? GradBias) Step(T[] input, long[] shape, T[] gradOutput, bool training)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        long[] perChannel = [shape[1]];
        var x = Leaf(input, shape, requiresGrad: true);
        var gamma = weight is null ? null : Leaf(weight, perChannel, requiresGrad: true);
        var beta = bias is null ? null : Leaf(bias, perChannel, requiresGrad: true);
        var mean = RunningMean is null ? null : Leaf(RunningMean, perChannel);
        var variance = RunningVar is null ? null : Leaf(RunningVar, perChannel);

        // What torch.nn.BatchNorm hands to this function: the share of the new batch, and whether to use the batch's statistics.
        if (training)
            batches++;
        var share = momentum ?? 1.0 / batches;
        var y = nn.functional.batch_norm(x, mean!, variance!, gamma!, beta!, training || mean is null, training ? share : 0, eps);
        y.backward([Leaf(gradOutput, shape)]);

        if (mean is not null && variance is not null)
            (RunningMean, RunningVar) = (Values(mean), Values(variance));
        return (Values(y), Values(x.grad!), gamma is null ? null : Values(gamma.grad!), beta is null ? null : Values(beta.grad!));
    }

    private static Tensor Leaf(T[] values, long[] shape, bool requiresGrad = false) => values switch
    {
        float[] floats => tensor(floats, shape, requires_grad: requiresGrad),
        double[] doubles => tensor(doubles, shape, requires_grad: requiresGrad),
        _ => throw new ArgumentException($"Expected float or double, but the values are {typeof(T).Name}.", nameof(values)),
    };

    private static T[] Values(Tensor tensor) => tensor.data<T>().ToArray();
}
