using System.Buffers;
using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With batch norm, what is built around it, its state and its function.</summary>
internal static class BatchNormMistakes
{
    public static readonly Mistake[] All =
    [
        // The input of a layer
        Input("rank 1", "input", ["(N, C) or (N, C, L)", "rank 1", "(4,)"], on => on.BatchNorm.Forward(Zeros(4))),
        Input("rank 4 for 1d", "input", ["(N, C) or (N, C, L)", "(2, 3, 1, 1)"], on => on.BatchNorm.Forward(Zeros(2, 3, 1, 1))),
        Input("rank 2 for 2d", "input", ["(N, C, H, W)", "(2, 3)"], _ => new BatchNorm2d(3).Forward(Zeros(2, 3))),
        Input("rank 4 for 3d", "input", ["(N, C, D, H, W)", "(2, 3, 1, 1)"], _ => new BatchNorm3d(3).Forward(Zeros(2, 3, 1, 1))),
        Input("default span", "input", ["rank 0"], on => on.BatchNorm.Forward(default(ReadOnlyTensorSpan<float>))),
        Input("wrong feature count", "input", ["C = 3", "dimension 1 is 5"], on => on.BatchNorm.Forward(Zeros(4, 5))),
        Input("one value per channel", "input", ["more than one value per channel", "(1, 3)", "Eval()"], on => on.BatchNorm.Forward(Zeros(1, 3))),
        Input("one value per channel, one position", "input", ["(1, 3, 1)"], on => on.BatchNorm.Forward(Zeros(1, 3, 1))),
        Input("evaluation of one value without running statistics", "input", ["no running statistics"], _ =>
        {
            var untracked = new BatchNorm1d(3, trackRunningStats: false);
            untracked.Eval();
            untracked.Forward(Zeros(1, 3));
        }),

        // The caller's output
        Input("output of another rank", "output", ["(4, 3)", "(12,)"], on => on.BatchNorm.Forward(Zeros(4, 3), Zeros(12))),
        Input("output one further in the input's memory", "output", ["overlap", "'input'"],
            on => on.BatchNorm.Forward(Layers.View([4, 3], at: 0), Layers.View([4, 3], at: 1))),
        Input("output before the input's memory ends", "output", ["overlap"],
            on => on.BatchNorm.Forward(Layers.View([4, 3], at: 11), Layers.View([4, 3], at: 0))),
        Input("output the transpose of the input", "output", ["overlap"],
            on => on.BatchNorm.Forward(Layers.View([3, 3], at: 0), new TensorSpan<float>(Layers.Memory, [3, 3], [1, 3]))),
        Input("output whose elements share memory", "output", ["stride 0"],
            on => on.BatchNorm.Forward(Zeros(4, 3), new TensorSpan<float>(new float[3], [4, 3], [0, 1]))),

        // Backward
        new("backward after a forward that kept nothing", typeof(InvalidOperationException), null, ["GradEnabled"], _ =>
        {
            var layer = new BatchNorm1d(3) { GradEnabled = false };
            layer.Forward(Data.Normal<float>(1, [4, 3]));
            layer.Backward(Zeros(4, 3));
        }),
        Input("a gradient over a part of the input", "gradInput", ["overlap", "'input'"], _ =>
        {
            var (memory, layer) = (Data.Normal<float>(1, [5, 3]), new BatchNorm1d(3));
            layer.Forward(memory.Slice([new NRange(0, 4), NRange.All]));
            layer.Backward(Zeros(4, 3), memory.Slice([new NRange(1, 5), NRange.All]));
        }),
        Input("a gradient of another shape where the channels are last", "gradOutput", ["(2, 3, 2, 2)", "(2, 3, 1, 1)"], _ =>
        {
            var layer = new BatchNorm2d(3);
            layer.Forward(Tensor.Create(new float[24], [2, 3, 2, 2], RowMajor.ChannelsLastStrides([2, 3, 2, 2])));
            layer.Backward(Zeros(2, 3, 1, 1));
        }),
        Input("gradients that overlap", "gradInput", ["overlap", "'gradOutput'"],
            _ => Trained().Backward(Layers.View([4, 3], at: 0), Layers.View([4, 3], at: 2))),

        // Construction
        Range("no features", "numFeatures", ["0", "at least 1"], () => new BatchNorm1d(0)),
        Range("negative features", "numFeatures", ["-2"], () => new BatchNorm3d(-2)),
        Range("eps NaN", "eps", ["NaN"], () => new BatchNorm1d(3, eps: double.NaN)),
        Range("eps negative", "eps", ["-1"], () => new BatchNorm2d(3, eps: -1)),
        Range("eps infinite", "eps", ["Infinity"], () => new BatchNorm1d(3, eps: double.PositiveInfinity)),
        Range("momentum NaN", "momentum", ["NaN"], () => new BatchNorm1d(3, momentum: double.NaN)),
        Range("momentum negative", "momentum", ["-0.1"], () => new BatchNorm1d(3, momentum: -0.1)),
        Range("momentum above 1", "momentum", ["1.5"], () => new BatchNorm1d(3, momentum: 1.5)),

        Range("a negative number of batches", "value", ["-1", "not negative"], on => on.BatchNorm.NumBatchesTracked = -1),
        new("a method that is none", typeof(ArgumentOutOfRangeException), "method", ["7", "Fast, Careful or ByFormula"],
            on => on.BatchNorm.Method = (BatchNormMethod)7),

        // Around the batch norm
        Range("ghost batch of none", "ghostBatchSize", ["0", "at least 1"], () => new GhostBatchNorm<float>(new BatchNorm1d(3), 0)),
        Input("ghost batch with one value per channel", "input", ["ghost batch of 2", "(5, 3)", "Eval()"],
            on => new GhostBatchNorm<float>(on.BatchNorm, 2).Forward(Zeros(5, 3))),
        Input("ghost batch of the wrong feature count", "input", ["C = 3", "dimension 1 is 5"],
            on => new GhostBatchNorm<float>(on.BatchNorm, 2).Forward(Zeros(4, 5))),
        Input("no replicas", "inputs", ["at least one replica"], on => new SyncBatchNorm<float>(on.BatchNorm).Forward([])),
        Input("a replica of the wrong feature count", "inputs", ["C = 3", "(2, 4)"],
            on => new SyncBatchNorm<float>(on.BatchNorm).Forward([Zeros(2, 3), Zeros(2, 4)])),
        Input("replicas with one value per channel together", "inputs", ["more than one value"],
            on => new SyncBatchNorm<float>(on.BatchNorm).Forward([Zeros(1, 3)])),
        new("replicas backward before forward", typeof(InvalidOperationException), null, ["Forward first"],
            on => new SyncBatchNorm<float>(on.BatchNorm).Backward([Zeros(2, 3)])),
        Invalid("replicas backward after a forward that kept nothing", ["Forward first"], _ =>
        {
            var replicas = TwoReplicas();
            replicas.BatchNorm.Eval();
            replicas.BatchNorm.GradEnabled = false;
            replicas.Forward([Zeros(2, 3), Zeros(2, 3)]);
            replicas.Backward([Zeros(2, 3), Zeros(2, 3)]);
        }),
        Input("gradients of too few replicas", "gradOutputs", ["2 replicas", "there are 1"], _ => TwoReplicas().Backward([Zeros(2, 3)])),
        Input("a replica's gradient of another shape", "gradOutputs", ["(2, 3)", "(3, 3)"],
            _ => TwoReplicas().Backward([Zeros(2, 3), Zeros(3, 3)])),
        new("folding without running statistics", typeof(InvalidOperationException), null, ["running statistics"],
            _ => new BatchNorm1d(3, trackRunningStats: false).FoldInto(Zeros(3, 2))),
        Input("folding into other outputs", "weight", ["(3, …)", "(2, 3)"], on => on.BatchNorm.FoldInto(Zeros(2, 3))),
        Input("folding into a vector", "weight", ["(3, …)", "(3,)"], on => on.BatchNorm.FoldInto(Zeros(3))),
        Input("folding into a transposed convolution: of -1 groups", "weight", ["-1 groups"], on => on.BatchNorm.FoldInto(Zeros(6, 3, 2), transposedGroups: -1)),
        Input("folding into a transposed convolution: of no kernel", "weight", ["(in, 3/groups, …)", "(6, 3)"],
            on => on.BatchNorm.FoldInto(Zeros(6, 3), transposedGroups: 1)),
        Input("folding into a transposed convolution: of other outputs", "weight", ["(in, 3/groups, …)", "(6, 4, 2)"],
            on => on.BatchNorm.FoldInto(Zeros(6, 4, 2), transposedGroups: 1)),
        Input("folding into a transposed convolution: of inputs that groups do not divide", "weight", ["3 groups", "(4, 1, 2)"],
            on => on.BatchNorm.FoldInto(Zeros(4, 1, 2), transposedGroups: 3)),
        Input("folding into another bias", "bias", ["(3,)", "(2,)"], on => on.BatchNorm.FoldInto(Zeros(3, 2), Zeros(2))),
        Input("recalibration without a batch", "batches", ["at least one batch"], on => PreciseBatchNorm.Recalibrate(on.BatchNorm, [])),
        Input("statistics of a vector", "x", ["(N, C)", "(3,)"], _ => ChannelStatistics.Of(Zeros(3))),
        Input("statistics of nothing", "x", ["(0, 3)"], _ => ChannelStatistics.Of(Zeros(0, 3))),
        Input("merging other channels", "other", ["3 channels", "there are 2"],
            _ => ChannelStatistics.Of(Zeros(2, 3)).Merge(ChannelStatistics.Of(Zeros(2, 2)))),
        new("unbiased variance of one value", typeof(InvalidOperationException), null, ["at least two values"],
            _ => ChannelStatistics.Of(Zeros(1, 3)).UnbiasedVariance()),
        Input("saving under a name that is taken", "tensors", ["__metadata__"], _ =>
            SafeTensors.Save("unused", new Dictionary<string, StateTensor> { ["__metadata__"] = StateTensor.Over("x", new float[1], [1]) })),
        Input("state of an unknown type", "elements", ["Single, Double", "Char"], _ => StateTensor.Over("x", new char[1], [1])),
        Input("state of another size", "shape", ["1 elements", "(2,)"], _ => StateTensor.Over("x", new float[1], [2])),
        new("state read as another type", typeof(InvalidOperationException), null, ["'x' holds F32", "Double"],
            _ => StateTensor.Over("x", new float[1], [1]).To<double>()),

        // The function
        Input("Normalize: rank 3", "x", ["(N, F)", "(2, 3, 4)"], _ => BatchNormalization.Normalize(Zeros(2, 3, 4))),
        Input("Normalize: one sample", "x", ["two samples", "(1, 3)"], _ => BatchNormalization.Normalize(Zeros(1, 3))),
        Input("Normalize: no samples", "x", ["two samples", "(0, 3)"], _ => BatchNormalization.Normalize(Zeros(0, 3))),
        Input("Normalize: no features", "x", ["one feature", "(3, 0)"], _ => BatchNormalization.Normalize(Zeros(3, 0))),
        Range("Normalize: eps NaN", "eps", ["NaN"], () => BatchNormalization.Normalize(Zeros(2, 3), double.NaN)),
        Range("Normalize: eps negative", "eps", ["-1"], () => BatchNormalization.Normalize(Zeros(2, 3), -1)),
    ];

    static SyncBatchNorm<float> TwoReplicas()
    {
        var replicas = new SyncBatchNorm<float>(new BatchNorm1d(3));
        replicas.Forward([Data.Normal<float>(1, [2, 3]), Data.Normal<float>(2, [2, 3])]);
        return replicas;
    }

    static BatchNorm1d Trained()
    {
        var layer = new BatchNorm1d(3);
        layer.Forward(Data.Normal<float>(seed: 1, [4, 3]));
        return layer;
    }
}
