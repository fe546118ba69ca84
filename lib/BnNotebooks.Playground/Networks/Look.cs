using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>
/// While it lives, passes of a network leave no trace in it, not even in training mode: the running averages are put back at the end,
/// and no random number is drawn. So a run does not depend on how often it is looked at.
/// </summary>
readonly struct Look : IDisposable
{
    readonly Layer<float> network;
    readonly (Tensor<float> Live, float[] Kept)[] averages;

    /// <param name="network">The network.</param>
    /// <param name="training">Whether its passes are those of training mode.</param>
    /// <param name="gradients">Whether a backward pass follows.</param>
    public Look(Layer<float> network, bool training, bool gradients = false)
    {
        this.network = network;
        network.Train(training);
        network.GradEnabled = gradients;
        HoldNoise(true);
        averages = training ? [.. network.Buffers.Where(buffer => buffer.DType == "F32").Select(Keep)] : [];
    }

    public void Dispose()
    {
        foreach (var (live, kept) in averages)
            kept.CopyTo(live.GetSpan([0], kept.Length));
        HoldNoise(false);
        network.GradEnabled = true;
        network.Train();
        network.ZeroGrad();
    }

    static (Tensor<float> Live, float[] Kept) Keep(StateTensor buffer)
    {
        var live = buffer.To<float>();
        return (live, live.GetSpan([0], (int)live.FlattenedLength).ToArray());
    }

    void HoldNoise(bool hold)
    {
        foreach (var layer in network.Children)
        {
            if (layer is StochasticBatchNorm<float> stochastic)
                stochastic.HoldNoise = hold;
            if (layer is NoisyBatchNorm<float> noisy)
                noisy.HoldNoise = hold;
        }
    }
}
