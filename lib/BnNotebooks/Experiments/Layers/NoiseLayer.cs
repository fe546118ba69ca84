using TorchSharp;

namespace BnNotebooks.Experiments.Layers;

/// <summary><see cref="NormNoise"/> as a layer: in training another shift, stretch and jitter in every forward pass.</summary>
sealed class NoiseLayer(NormNoise noise, Random random) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(NoiseLayer))
{
    public override torch.Tensor forward(torch.Tensor x)
    {
        if (!training)
            return x;
        var shape = x.shape;
        long[] perUnit = [1, shape[1], .. shape[2..].Select(_ => 1L)];
        float[] shift = new float[shape[1]], stretch = new float[shape[1]], jitter = new float[x.NumberOfElements];
        random.FillUniform(shift, noise.Shift);
        for (var j = 0; j < stretch.Length; j++)
            stretch[j] = (float)(1 + noise.Stretch * random.NextDouble());
        random.FillNormal(jitter, noise.Jitter);
        return (x * torch.tensor(stretch, perUnit)).Plus(torch.tensor(shift, perUnit)).Plus(torch.tensor(jitter, shape));
    }
}
