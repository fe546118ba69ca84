using TorchSharp;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// Dropout (Srivastava et al. 2014) that draws from a generator of the run's own; libtorch's draws from the one of the process.
/// </summary>
sealed class SeededDropout(double p, Random random) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(SeededDropout))
{
    public override torch.Tensor forward(torch.Tensor x)
    {
        if (!training || p == 0)
            return x;
        var kept = (float)(1 / (1 - p));
        var mask = new float[x.NumberOfElements];
        foreach (ref var value in mask.AsSpan())
            value = random.NextDouble() < p ? 0 : kept;
        return x * torch.tensor(mask, x.shape);
    }
}
