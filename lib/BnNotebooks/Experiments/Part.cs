using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>What a part of a network does.</summary>
public enum PartKind
{
    /// <summary>A linear layer or a convolution.</summary>
    Weights,

    /// <summary>A normalization.</summary>
    Norm,

    /// <summary>An activation function.</summary>
    Activation,

    /// <summary>Noise, dropout, or laying an image out as a row.</summary>
    Other,
}

/// <summary>One part of a network.</summary>
/// <param name="Layer">The number of its layer, from 1; the last is the output layer.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Module">The layer itself.</param>
public sealed record Part(int Layer, PartKind Kind, torch.nn.Module<torch.Tensor, torch.Tensor> Module);
