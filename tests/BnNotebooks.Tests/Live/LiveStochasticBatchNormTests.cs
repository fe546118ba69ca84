using System.Numerics;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

public class LiveStochasticBatchNormTests
{
    [Fact]
    public void In_double_the_formula_in_torch_gives_the_same() => FurtherNormCase.ForAll(150, Compare<double>);

    [Fact]
    public void In_float_the_formula_in_torch_gives_the_same_rounded_once() => FurtherNormCase.ForAll(150, Compare<float>);

    private static void Compare<T>(FurtherNormCase c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = new StochasticBatchNorm<T>(c.Features, noiseBatchSize: 1 + c.Size, c.Eps, random: new Random(c.Seed))
        {
            NoiseInEval = c.Option,
        };
        Autograd.Compare(layer, c, (x, state) => Formula(x, state, layer, c));
    }

    // With the noise that the layer has just drawn.
    private static Tensor Formula<T>(Tensor x, IReadOnlyDictionary<string, Tensor> state, StochasticBatchNorm<T> layer, FurtherNormCase c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var mean = state["running_mean"] + state["running_var"].sqrt() * Autograd.Constant(layer.MeanNoise);
        var variance = state["running_var"] * Autograd.Constant(layer.VarianceNoise);
        var flat = x.view(c.Flat);
        var normalized = (flat - PerChannel(mean)) / (PerChannel(variance) + c.Eps).sqrt();
        return (PerChannel(state["weight"]) * normalized + PerChannel(state["bias"])).view(x.shape);
    }

    private static Tensor PerChannel(Tensor values) => values.view(1, -1, 1);
}
