using System.Numerics.Tensors;
using BnNotebooks.Core;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;
using Linear = TorchSharp.Modules.Linear;

namespace BnNotebooks.Experiments;

/// <summary>Puts the batch norms of a perceptron into its linear layers, by <see cref="BatchNormFolding"/>.</summary>
static class Folding
{
    public static Model Fold(Model model)
    {
        List<Part> parts = [];
        foreach (var (i, part) in model.Parts.Index())
            switch (part.Module)
            {
                case Linear linear:
                    var next = i + 1 < model.Parts.Count ? model.Parts[i + 1].Module : null;
                    parts.Add(part with { Module = Folded(linear, next as BatchNorm) });
                    break;
                case BatchNorm when i > 0 && model.Parts[i - 1].Kind == PartKind.Weights:
                    break; // it is in the layer before it now
                case not null when part.Kind == PartKind.Activation:
                    parts.Add(part);
                    break;
                default:
                    throw new InvalidOperationException(
                        $"Expected a perceptron of linear layers, batch norms directly behind them and activations, but part {i} is a {part.Module?.GetName()}. Folding needs Placement.BeforeActivation.");
            }
        return new Model(parts, Trained.All);
    }

    static Linear Folded(Linear linear, BatchNorm? norm)
    {
        Tensor<float> weight = linear.weight.detach().ToTensor(), bias = linear.bias!.detach().ToTensor();
        if (norm is not null)
            (weight, bias) = ByHand(norm).FoldInto<float>(weight, bias);
        var folded = torch.nn.Linear(weight.Lengths[1], weight.Lengths[0]);
        using var quiet = torch.no_grad();
        using torch.Tensor w = weight.ToTorch(), b = bias.ToTorch();
        folded.weight.copy_(w);
        folded.bias!.copy_(b);
        return folded;
    }

    /// <summary>The library's layer with the numbers of libtorch's.</summary>
    static BatchNorm1d ByHand(BatchNorm norm)
    {
        var hand = new BatchNorm1d((int)norm.running_mean!.shape[0], norm.eps, affine: norm.weight is not null);
        void Copy(torch.Tensor? from, Span<float> to)
        {
            using var elements = from?.detach().data<float>();
            elements?.ToArray().CopyTo(to);
        }
        Copy(norm.weight, hand.Weight is { } gamma ? gamma.Values : default);
        Copy(norm.bias, hand.Bias is { } beta ? beta.Values : default);
        var (mean, variance) = (norm.running_mean!.ToTensor(), norm.running_var!.ToTensor());
        mean.CopyTo(hand.RunningMean!);
        variance.CopyTo(hand.RunningVar!);
        return hand;
    }
}
