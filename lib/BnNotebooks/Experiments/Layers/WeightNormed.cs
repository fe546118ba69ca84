using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// A linear layer or a convolution whose weight is computed of a length and a direction for each unit, w = g·v/‖v‖ (Salimans
/// and Kingma 2016, eq. 2); both are learned, and it starts where the plain layer would.
/// </summary>
sealed class WeightNormed : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    readonly Parameter weight_v, weight_g, bias;
    readonly Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> compute;

    /// <summary>Makes the layer.</summary>
    /// <param name="weight">The weight to start from, (out, in, …).</param>
    /// <param name="start">The biases to start from, (out).</param>
    /// <param name="compute">What the layer does with its input, the weight and the bias.</param>
    public WeightNormed(torch.Tensor weight, torch.Tensor start, Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> compute)
        : base(nameof(WeightNormed))
    {
        this.compute = compute;
        weight_g = torch.nn.Parameter(Length(weight));
        weight_v = torch.nn.Parameter(weight);
        bias = torch.nn.Parameter(start);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor x) => compute(x, weight_v * (weight_g / Length(weight_v)), bias);

    /// <summary>‖v‖ of each unit, (out, 1, …).</summary>
    static torch.Tensor Length(torch.Tensor weight)
    {
        // Held, for when there is no scope that does: a Tensor can be freed too early just as a Scalar can.
        using torch.Tensor squares = weight.Squared(), sums = squares.sum([.. Enumerable.Range(1, (int)weight.ndim - 1).Select(d => (long)d)], true);
        return sums.sqrt();
    }
}
