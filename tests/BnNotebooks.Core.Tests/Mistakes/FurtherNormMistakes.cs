using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With switchable, attentive, frozen, stochastic and weight normalization.</summary>
internal static class FurtherNormMistakes
{
    public static readonly Mistake[] All =
    [
        // The input of a layer
        Input("switchable: rank 1", "input", ["(N, C), (N, C, L)", "rank 1", "(3,)"], on => on.Switchable.Forward(Zeros(3))),
        Input("switchable: rank 6", "input", ["rank 6"], on => on.Switchable.Forward(Zeros(2, 3, 1, 1, 1, 2))),
        Input("switchable: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], on => on.Switchable.Forward(Zeros(4, 5, 2))),
        Input("switchable: one position per channel", "input", ["more than one position", "(4, 3)", "useInstanceStatistics: false"],
            on => on.Switchable.Forward(Zeros(4, 3))),
        Input("switchable: one position per channel in evaluation", "input", ["more than one position"], on =>
        {
            on.Switchable.Eval();
            on.Switchable.Forward(Zeros(4, 3, 1, 1));
        }),
        Input("switchable: one value per channel", "input", ["more than one value per channel", "(1, 3)", "Eval()"],
            _ => new SwitchableNorm(3, useInstanceStatistics: false).Forward(Zeros(1, 3))),
        Input("attentive: rank 1", "input", ["rank 1"], on => on.Attentive.Forward(Zeros(3))),
        Input("attentive: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], on => on.Attentive.Forward(Zeros(4, 5))),
        Input("attentive: one value per channel", "input", ["more than one value per channel", "Eval()"],
            on => on.Attentive.Forward(Zeros(1, 3))),
        Refused("frozen: rank 1", ["rank 1", "(3,)"], () => new FrozenBatchNorm(3), 3),
        Refused("frozen: wrong feature count", ["C = 3", "dimension 1 is 5"], () => new FrozenBatchNorm(3), 4, 5),
        Input("stochastic: rank 1", "input", ["rank 1"], on => on.Stochastic.Forward(Zeros(3))),
        Input("stochastic: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], on => on.Stochastic.Forward(Zeros(4, 5))),
        Input("stochastic: one value per channel", "input", ["more than one value per channel", "Eval()"],
            on => on.Stochastic.Forward(Zeros(1, 3, 1))),
        Input("weight norm: wrong feature count", "input", ["(…, 3)", "(4, 5)"], on => on.WeightNorm.Forward(Zeros(4, 5))),
        Input("weight norm: no dimension", "input", ["(…, 3)"], on => on.WeightNorm.Forward(default(ReadOnlyTensorSpan<float>))),

        // Backward
        Input("weight norm: gradient of the weight of another shape", "gradWeight", ["(3, 2, 5)", "(3, 2, 4)"],
            _ => new WeightNorm([3, 2, 5]).Backward(Zeros(3, 2, 4))),

        // Initialization from data
        Input("weight norm: initialization from one sample", "input", ["two samples", "(1, 3)"],
            on => on.WeightNorm.InitializeFrom(Zeros(1, 3))),
        Input("weight norm: initialization from samples that are all the same", "input", ["varies", "output 0", "is 0"],
            on => on.WeightNorm.InitializeFrom(Zeros(4, 3))),
        Input("weight norm: initialization from NaN", "input", ["finite", "NaN"],
            on => on.WeightNorm.InitializeFrom(Tensor.Create([1f, 2f, 3f, 4f, 5f, float.NaN], [2, 3]))),
        Input("weight norm: initialization from numbers whose squares are infinite", "input", ["finite numbers"],
            _ => new WeightNormLinear<double>(1, 1).InitializeFrom(Tensor.Create([1e200, -1e200], [2, 1]))),
        Input("weight norm: initialization from other features", "input", ["(…, 3)", "(4, 2)"],
            on => on.WeightNorm.InitializeFrom(Zeros(4, 2))),

        // Construction and options
        Range("switchable: no features", "numFeatures", ["0", "at least 1"], () => new SwitchableNorm(0)),
        Range("switchable: eps negative", "eps", ["-1"], () => new SwitchableNorm(3, eps: -1)),
        Range("switchable: momentum above 1", "momentum", ["1.5"], () => new SwitchableNorm(3, momentum: 1.5)),
        Range("attentive: no features", "numFeatures", ["0"], () => new AttentiveNorm(0)),
        Range("attentive: no components", "numComponents", ["0", "at least 1"], () => new AttentiveNorm(3, 0)),
        Range("attentive: eps NaN", "eps", ["NaN"], () => new AttentiveNorm(3, eps: double.NaN)),
        Range("attentive: momentum NaN", "momentum", ["NaN"], () => new AttentiveNorm(3, momentum: double.NaN)),
        Range("frozen: no features", "numFeatures", ["0"], () => new FrozenBatchNorm(0)),
        Range("frozen: eps negative", "eps", ["-1"], () => new FrozenBatchNorm(3, eps: -1)),
        Range("stochastic: no features", "numFeatures", ["0"], () => new StochasticBatchNorm(0, 8)),
        Range("stochastic: noise of a batch of one", "noiseBatchSize", ["1", "at least 2"], () => new StochasticBatchNorm(3, 1)),
        Range("noisy: noise of a batch of one", "noiseBatchSize", ["1", "at least 2"], () => new NoisyBatchNorm(3, 1)),
        Range("stochastic: eps infinite", "eps", ["Infinity"], () => new StochasticBatchNorm(3, 8, eps: double.PositiveInfinity)),
        Range("stochastic: momentum negative", "momentum", ["-0.1"], () => new StochasticBatchNorm(3, 8, momentum: -0.1)),
        Range("stochastic: noise scale above 1", "value", ["1.5", "from 0", "to 1"], () => new StochasticBatchNorm(3, 8) { NoiseScale = 1.5 }),
        Range("stochastic: noise scale NaN", "value", ["NaN"], () => new StochasticBatchNorm(3, 8) { NoiseScale = double.NaN }),
        Range("weight norm: no inputs", "inFeatures", ["0", "at least 1"], () => new WeightNormLinear(0, 2)),
        Range("weight norm: no outputs", "outFeatures", ["0", "at least 1"], () => new WeightNormLinear(2, 0)),
        Range("weight norm: a length of 0", "shape", ["(3, 0)", "at least 1"], () => new WeightNorm([3, 0])),
        Input("weight norm: a weight of one dimension", "shape", ["(out, in)", "(3,)"], on => _ = new WeightNorm([3])),
    ];
}
