using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With nothing where something is needed.</summary>
internal static class NullMistakes
{
    public static readonly Mistake[] All =
    [
        Absent("layer: no input", "input", on => on.BatchNorm.Forward((Tensor<float>)null!)),
        Absent("layer: no input for an output", "input", on => on.BatchNorm.Forward((Tensor<float>)null!, Zeros(4, 3))),
        Absent("layer: no state", "state", on => on.BatchNorm.LoadStateDict(null!)),
        Absent("sequence: no layers", "layers", _ => new Sequential(null!)),
        Absent("sgd: no parameters", "parameters", _ => new Sgd(null!, lr: 0.1)),
        Absent("initialization: no weight", "weight", _ => Initialization.KaimingNormal<float>(null!, new Random(1))),
        Absent("initialization, uniform: no generator", "random", on => Initialization.KaimingUniform(on.Network.Parameters[0], null!)),

        Absent("ghost batches: no batch norm", "batchNorm", _ => new GhostBatchNorm<float>(null!, 2)),
        Absent("replicas: no batch norm", "batchNorm", _ => new SyncBatchNorm<float>(null!)),
        Absent("replicas: no inputs", "inputs", on => new SyncBatchNorm<float>(on.BatchNorm).Forward(null!)),
        Absent("replicas: no gradients", "gradOutputs", on => new SyncBatchNorm<float>(on.BatchNorm).Backward(null!)),
        Absent("freezing no batch norm", "batchNorm", _ => FrozenBatchNorm<float>.From(null!)),
        Absent("folding no batch norm", "batchNorm", _ => ((BatchNorm<float>)null!).FoldInto(Zeros(3, 2))),
        Absent("folding into no weight", "weight", on => on.BatchNorm.FoldInto(null!)),
        Absent("merging with no statistics", "other", _ => ChannelStatistics.Of(Zeros(2, 3)).Merge(null!)),
        Absent("recalibration of no network", "network", _ => PreciseBatchNorm.Recalibrate<float>(null!, [])),
        Absent("recalibration by no batches", "batches", on => PreciseBatchNorm.Recalibrate(on.BatchNorm, null!)),
        Absent("weight norm from no layer", "linear", _ => WeightNormLinear<float>.From(null!)),

        Absent("sum: no input", "input", _ => new BatchNormAddReLU(3).Forward(null!, Zeros(4, 3))),
        Absent("sum: no input for an output", "input", _ => new BatchNormAddReLU(3).Forward(null!, Zeros(4, 3), Zeros(4, 3))),
        Absent("sum: no residual", "residual", _ => new BatchNormAddReLU(3).Forward(Zeros(4, 3), null!)),
        Absent("sum: no output", "output", _ => new BatchNormAddReLU(3).Forward(Zeros(4, 3), Zeros(4, 3), null!)),
        Absent("sum: no gradient", "gradOutput", _ => new BatchNormAddReLU(3).Backward(null!)),
        Absent("sum: no gradient for the results", "gradOutput", _ => new BatchNormAddReLU(3).Backward(null!, Zeros(4, 3), Zeros(4, 3))),
        Absent("sum: nowhere for the input's gradient", "gradInput", _ => new BatchNormAddReLU(3).Backward(Zeros(4, 3), null!, Zeros(4, 3))),
        Absent("sum: nowhere for the residual's gradient", "gradResidual", _ => new BatchNormAddReLU(3).Backward(Zeros(4, 3), Zeros(4, 3), null!)),
    ];
}
