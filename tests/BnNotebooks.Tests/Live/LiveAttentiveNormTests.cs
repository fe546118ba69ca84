using System.Numerics;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

public class LiveAttentiveNormTests
{
    [Fact]
    public void In_double_the_formula_in_torch_gives_the_same() => FurtherNormCase.ForAll(150, Compare<double>);

    [Fact]
    public void In_float_the_formula_in_torch_gives_the_same_rounded_once() => FurtherNormCase.ForAll(150, Compare<float>);

    private static void Compare<T>(FurtherNormCase c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = new AttentiveNorm<T>(c.Features, numComponents: c.Size, c.Eps);
        Autograd.Compare(layer, c, (x, state) => Formula(x, state, c));
    }

    private static Tensor Formula(Tensor x, IReadOnlyDictionary<string, Tensor> state, FurtherNormCase c)
    {
        var flat = x.view(c.Flat);
        var normalized = nn.functional.batch_norm(
            flat, state["running_mean"], state["running_var"], training: c.Training, momentum: 0, eps: c.Eps);
        var attention = nn.functional.linear(flat.mean([2]), state["attention.weight"], state["attention.bias"]).sigmoid();
        var (gamma, beta) = (attention.matmul(state["weight"]), attention.matmul(state["bias"]));
        return (gamma.unsqueeze(2) * normalized + beta.unsqueeze(2)).view(x.shape);
    }
}
