using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// A start by data: layer after layer the weights are divided and the biases moved so that on some training samples every hidden
/// unit has mean 0 and standard deviation 1 before its activation (Salimans and Kingma 2016, section 3). The network is then the
/// same function as one with batch norm of these samples, and nothing is normalized from there on.
/// </summary>
static class NormalizedStart
{
    const double Eps = 1e-5; // as in batch norm: a unit that never changes must not be divided by 0

    /// <param name="model">Linear layers or convolutions and activations; it is changed.</param>
    /// <param name="x">The samples, in the shape that the network takes.</param>
    public static void Apply(Model model, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        using Scalar eps = Eps;
        model.Train(false);
        var output = model.Parts[^1].Layer;
        foreach (var part in model.Parts)
        {
            if (part.Kind == PartKind.Weights && part.Layer < output)
                Normalize(part.Module, part.Module.call(x), eps);
            x = part.Module.call(x);
        }
    }

    static void Normalize(torch.nn.Module<torch.Tensor, torch.Tensor> layer, torch.Tensor y, Scalar eps)
    {
        long[] overAllButUnits = [0, .. Enumerable.Range(2, (int)y.ndim - 2).Select(d => (long)d)];
        var mean = y.mean(overAllButUnits);
        var deviation = y.var(overAllButUnits, unbiased: false).add(eps).sqrt();
        foreach (var (name, parameter) in layer.named_parameters())
        {
            long[] perUnit = [deviation.shape[0], .. parameter.shape[1..].Select(_ => 1L)];
            parameter.copy_(name == "bias" ? (parameter - mean) / deviation : parameter / deviation.reshape(perUnit));
        }
    }
}
