using System.Numerics;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

public class LiveSwitchableNormTests
{
    [Fact]
    public void In_double_the_formula_in_torch_gives_the_same() => FurtherNormCase.ForAll(150, Compare<double>);

    [Fact]
    public void In_float_the_formula_in_torch_gives_the_same_rounded_once() => FurtherNormCase.ForAll(150, Compare<float>);

    private static void Compare<T>(FurtherNormCase c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var useInstance = c.Option && c.Flat[2] > 1;
        var layer = new SwitchableNorm<T>(c.Features, c.Eps, useInstanceStatistics: useInstance);
        Autograd.Compare(layer, c, (x, state) => Formula(x, state, c, useInstance));
    }

    // Each kind's statistics from their definition, straight from the data.
    private static Tensor Formula(Tensor x, IReadOnlyDictionary<string, Tensor> state, FurtherNormCase c, bool useInstance)
    {
        var flat = x.view(c.Flat);
        var means = new List<Tensor> { flat.mean([2], keepdim: true), flat.mean([1, 2], keepdim: true), flat.mean([0, 2], keepdim: true) };
        var variances = new List<Tensor>
        {
            flat.var([2], unbiased: false, keepdim: true),
            flat.var([1, 2], unbiased: false, keepdim: true),
            flat.var([0, 2], unbiased: false, keepdim: true),
        };
        if (!c.Training)
            (means[2], variances[2]) = (PerChannel(state["running_mean"]), PerChannel(state["running_var"]));
        if (!useInstance)
        {
            means.RemoveAt(0);
            variances.RemoveAt(0);
        }

        var normalized = (flat - Mix(means, state["mean_weight"])) / (Mix(variances, state["var_weight"]) + c.Eps).sqrt();
        return (PerChannel(state["weight"]) * normalized + PerChannel(state["bias"])).view(x.shape);
    }

    private static Tensor Mix(List<Tensor> ofKinds, Tensor lambda)
    {
        var weights = nn.functional.softmax(lambda, 0);
        return ofKinds.Select((ofKind, k) => weights.select(0, k) * ofKind).Aggregate((a, b) => a + b);
    }

    private static Tensor PerChannel(Tensor values) => values.view(1, -1, 1);
}
