using TorchSharp;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// Gives each unit of a vector one position, (N, C) to (N, C, 1) and back: TorchSharp's GroupNorm refuses an input without
/// positions, which libtorch's takes.
/// </summary>
sealed class OnVectors : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    readonly torch.nn.Module<torch.Tensor, torch.Tensor> inner;

    /// <summary>Makes the layer.</summary>
    /// <param name="inner">The layer that wants positions.</param>
    public OnVectors(torch.nn.Module<torch.Tensor, torch.Tensor> inner) : base(nameof(OnVectors))
    {
        this.inner = inner;
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor x) => inner.call(x.unsqueeze(2)).view(x.shape);
}
