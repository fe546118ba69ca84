using TorchSharp;

namespace BnNotebooks.Experiments.Layers;

/// <summary>x, or slope·x where x is negative, by a Scalar that is held (see <see cref="Scalars"/>).</summary>
sealed class Leaky(double slope) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(Leaky))
{
    readonly Scalar slope = slope;

    public override torch.Tensor forward(torch.Tensor x) => x.leaky_relu(slope);
}
