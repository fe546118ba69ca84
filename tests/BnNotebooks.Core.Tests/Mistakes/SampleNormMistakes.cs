using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With a norm within samples or with batch renorm.</summary>
internal static class SampleNormMistakes
{
    public static readonly Mistake[] All =
    [
        // Layer norm and RMS norm
        Refused("layer norm: other length", ["ends in (4,)", "(2, 3)"], () => new LayerNorm(4), 2, 3),
        Refused("layer norm: other lengths", ["ends in (3, 4)", "(2, 4, 3)"], () => new LayerNorm([3, 4]), 2, 4, 3),
        Refused("layer norm: rank too low", ["ends in (3, 4)", "(4,)"], () => new LayerNorm([3, 4]), 4),
        Refused("RMS norm: other length", ["ends in (4,)", "(2, 3)"], () => new RmsNorm(4), 2, 3),
        Input("layer norm: no dimension", "normalizedShape", ["at least one dimension"], _ => new LayerNorm([])),
        Input("layer norm: a single value", "normalizedShape", ["more than one value", "(1, 1)"], _ => new LayerNorm([1, 1])),
        Range("layer norm: length 0", "normalizedShape", ["(3, 0)", "at least 1"], () => new LayerNorm([3, 0])),
        Range("layer norm: length -4", "normalizedShape", ["(-4,)", "at least 1"], () => new LayerNorm(-4)),
        Range("layer norm: eps NaN", "eps", ["NaN"], () => new LayerNorm(4, eps: double.NaN)),
        Input("RMS norm: no dimension", "normalizedShape", ["at least one dimension"], _ => new RmsNorm([])),
        Range("RMS norm: length 0", "normalizedShape", ["(0,)", "at least 1"], () => new RmsNorm(0)),
        Range("RMS norm: eps negative", "eps", ["-1"], () => new RmsNorm(4, eps: -1)),

        // Dynamic tanh
        Refused("dynamic tanh: other length", ["ends in (4,)", "(2, 3)"], () => new DyT(4), 2, 3),
        Input("dynamic tanh: no dimension", "normalizedShape", ["at least one dimension"], _ => new DyT([])),
        Range("dynamic tanh: length 0", "normalizedShape", ["(0,)", "at least 1"], () => new DyT(0)),
        Range("dynamic tanh: alpha NaN", "alpha", ["NaN", "finite"], () => new DyT(4, alpha: double.NaN)),

        // Group norm
        Refused("group norm: rank 1", ["(N, C, …)", "rank 1", "(4,)"], () => new GroupNorm(2, 4), 4),
        Refused("group norm: other channels", ["C = 4", "dimension 1 is 6"], () => new GroupNorm(2, 4), 2, 6, 3),
        Refused("group norm: one value per group", ["more than one value per group", "(2, 4, 1)", "fewer groups than 4"],
            () => new GroupNorm(4, 4), 2, 4, 1),
        Input("group norm: groups that do not divide", "numGroups", ["4 groups", "6 channels"], _ => new GroupNorm(4, 6)),
        Input("group norm: more groups than channels", "numGroups", ["8 groups", "4 channels"], _ => new GroupNorm(8, 4)),
        Range("group norm: no groups", "numGroups", ["0", "at least 1"], () => new GroupNorm(0, 4)),
        Range("group norm: no channels", "numChannels", ["0", "at least 1"], () => new GroupNorm(1, 0)),
        Range("group norm: eps infinite", "eps", ["Infinity"], () => new GroupNorm(1, 4, double.PositiveInfinity)),

        // Instance norm
        Refused("instance norm 1d: rank 1", ["(N, C, L) or (C, L)", "rank 1"], () => Tracked(), 3),
        Refused("instance norm 1d: rank 4", ["(N, C, L) or (C, L)", "rank 4"], () => Tracked(), 2, 3, 4, 4),
        Refused("instance norm 2d: rank 2", ["(N, C, H, W) or (C, H, W)", "rank 2"], () => new InstanceNorm2d(3), 2, 3),
        Refused("instance norm 3d: rank 3", ["(N, C, D, H, W) or (C, D, H, W)", "rank 3"], () => new InstanceNorm3d(3), 2, 3, 4),
        Refused("instance norm: other channels", ["C = 3", "dimension 1 is 4"], () => Tracked(), 2, 4, 5),
        Refused("instance norm: other channels without a batch", ["C = 3", "dimension 0 is 4"], () => Tracked(), 4, 5),
        Refused("instance norm: one position", ["more than one value per channel of a sample", "(2, 3, 1)", "Eval()"], () => Tracked(), 2, 3, 1),
        Refused("instance norm: evaluation of one position", ["no running statistics"], () =>
        {
            var layer = new InstanceNorm1d(3);
            layer.Eval();
            return layer;
        }, 2, 3, 1),
        Range("instance norm: no channels", "numFeatures", ["0", "at least 1"], () => new InstanceNorm1d(0)),
        Range("instance norm: eps NaN", "eps", ["NaN"], () => new InstanceNorm2d(3, eps: double.NaN)),
        Range("instance norm: momentum NaN", "momentum", ["NaN"], () => new InstanceNorm3d(3, momentum: double.NaN)),
        Range("instance norm: momentum above 1", "momentum", ["1.5"], () => new InstanceNorm1d(3, momentum: 1.5)),

        // Batch renorm
        Refused("batch renorm: rank 1", ["(N, C)", "rank 1", "(3,)"], () => new BatchRenorm(3), 3),
        Refused("batch renorm: other channels", ["C = 3", "dimension 1 is 4"], () => new BatchRenorm(3), 2, 4),
        Refused("batch renorm: one value per channel", ["more than one value per channel", "(1, 3)", "Eval()"], () => new BatchRenorm(3), 1, 3),
        Range("batch renorm: no channels", "numFeatures", ["0", "at least 1"], () => new BatchRenorm(0)),
        Range("batch renorm: rMax below 1", "rMax", ["0.5", "at least 1"], () => new BatchRenorm(3, rMax: 0.5)),
        Range("batch renorm: rMax NaN", "rMax", ["NaN"], () => new BatchRenorm(3, rMax: double.NaN)),
        Range("batch renorm: dMax negative", "dMax", ["-1", "at least 0"], () => new BatchRenorm(3, dMax: -1)),
        Range("batch renorm: dMax set to NaN", "dMax", ["NaN"], () => new BatchRenorm(3) { DMax = double.NaN }),
        Range("batch renorm: eps negative", "eps", ["-1"], () => new BatchRenorm(3, eps: -1)),
        Range("batch renorm: momentum negative", "momentum", ["-0.1"], () => new BatchRenorm(3, momentum: -0.1)),
    ];

    static InstanceNorm1d Tracked() => new(3, affine: true, trackRunningStats: true);
}
