using BnNotebooks.Core;

namespace BnNotebooks.Experiments.Layers;

/// <summary>The layers written by hand that take images (N, C, H, W); those in <see cref="Normalizations"/> are for (N, C).</summary>
static class HandImages
{
    /// <summary>Makes the layer of a name for a number of channels.</summary>
    /// <exception cref="ArgumentException">The layer of this name does not take images.</exception>
    public static Layer<float> Create(string name, int channels) => name switch
    {
        "batch" => new BatchNorm2d(channels),
        "group" => new GroupNorm(Normalizations.Groups(channels), channels),
        "ghost" => new GhostBatchNorm<float>(new BatchNorm2d(channels), Normalizations.GhostBatchSize),
        "renorm" => new BatchRenorm(channels),
        "switchable" => new SwitchableNorm(channels),
        "attentive" => new AttentiveNorm(channels),
        "stochastic" => new StochasticBatchNorm(channels, noiseBatchSize: 32),
        _ => throw new ArgumentException($"The layer '{name}' normalizes vectors and takes no images. Take a Perceptron, or another layer.", nameof(name)),
    };
}
