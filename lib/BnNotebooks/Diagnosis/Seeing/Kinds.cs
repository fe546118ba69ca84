using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Diagnosis;

/// <summary>What kind of layer a module is, as far as normalization is concerned.</summary>
static class Kinds
{
    public static bool IsConvolution(torch.nn.Module module) => module is Convolution;

    /// <summary>Whether the layer is linear in its input, so that a bias of it is one shift for each channel.</summary>
    public static bool HasWeights(torch.nn.Module module) => module is Linear || IsConvolution(module);

    public static bool HasBias(torch.nn.Module module) => HasWeights(module) && module.has_parameter("bias") && module.get_parameter("bias") is not null;

    /// <summary>Whether the activation gives exactly 0 below a bound, so that a channel can close for good.</summary>
    public static bool ClosesChannels(torch.nn.Module module) => module is ReLU or ReLU6;

    /// <summary>How large a share of the values the layer drops in training, or 0.</summary>
    public static double Dropped(torch.nn.Module module) => module switch
    {
        Dropout dropout => dropout.p,
        Dropout1d dropout => dropout.p,
        Dropout2d dropout => dropout.p,
        Dropout3d dropout => dropout.p,
        AlphaDropout dropout => dropout.p,
        _ => 0,
    };
}
