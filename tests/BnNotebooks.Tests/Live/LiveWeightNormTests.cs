using System.Numerics;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

public class LiveWeightNormTests
{
    [Fact]
    public void In_double_the_formula_in_torch_gives_the_same() => FurtherNormCase.ForAll(150, Compare<double>);

    [Fact]
    public void In_float_the_formula_in_torch_gives_the_same_rounded_once() => FurtherNormCase.ForAll(150, Compare<float>);

    private static void Compare<T>(FurtherNormCase c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = new WeightNormLinear<T>((int)c.Shape[^1], outFeatures: c.Size, bias: c.Option);
        Autograd.Compare(layer, c, Formula);
    }

    private static Tensor Formula(Tensor x, IReadOnlyDictionary<string, Tensor> state)
    {
        var v = state["weight_v"];
        var weight = state["weight_g"] * v / v.square().sum([1], keepdim: true).sqrt();
        return nn.functional.linear(x, weight, state.GetValueOrDefault("bias")!);
    }
}
