using BnNotebooks.Core;
using FsCheck;
using FsCheck.Fluent;

namespace BnNotebooks.Tests.Live;

/// <summary>A layer with an input's shape and options, of which it takes those that it has.</summary>
/// <param name="Groups">Of a group norm; divides the channels.</param>
/// <param name="LastDimensions">How many a layer or RMS norm normalizes over.</param>
/// <param name="Momentum">Null for the plain average of all batches, or the default where there is no such thing.</param>
/// <param name="Option">Whether what the layer can do without is there: running statistics, a bias, noise in evaluation.</param>
/// <param name="Size">Output features, components of attention, one less than the noise's batch size.</param>
internal sealed record LayerCase(LiveLayer Layer, int Seed, nint[] Shape, int Groups, int LastDimensions, double Eps,
    double? Momentum = 0.1, bool Affine = true, bool Option = true, int Size = 1, double RMax = 3, double DMax = 5,
    BatchNormMethod Method = BatchNormMethod.Fast, double Mean = 0, double Std = 1)
{
    public int Channels => (int)Shape[1];

    public int Count => Product(Shape);

    public int OutputCount => Product(OutputShape);

    /// <summary>N, C, and all positions as one dimension.</summary>
    public long[] Flat => [Shape[0], Shape[1], Product(Shape[2..])];

    public nint[] NormalizedShape => Shape[^LastDimensions..];

    public nint[] OutputShape => Layer is LiveLayer.Linear or LiveLayer.WeightNormLinear ? [.. Shape[..^1], Size] : Shape;

    public double FixedMomentum => Momentum ?? 0.1;

    /// <summary>A switchable norm cannot take the statistics of instances of one position.</summary>
    public bool UseInstanceStatistics => Option && Flat[2] > 1;

    // A layer that divides by the standard deviation of one value shows nothing but ε.
    bool HasSpread => Layer is LiveLayer.Rms or LiveLayer.DyT or LiveLayer.Linear or LiveLayer.WeightNormLinear or LiveLayer.Relu or LiveLayer.Sigmoid
        || NormalizedTogether(new double[Count])[0].Length > 1;

    /// <summary>The input's values in the groups that the layer normalizes together.</summary>
    public double[][] NormalizedTogether(double[] x) => Layer switch
    {
        LiveLayer.Layer or LiveLayer.Rms => [.. x.Chunk(Product(NormalizedShape))],
        LiveLayer.Group => [.. x.Chunk(Product(Shape[1..]) / Groups)],
        LiveLayer.Instance or LiveLayer.TrackedInstance => [.. x.Chunk((int)Flat[2])],
        _ => [.. x.Chunk((int)Flat[2]).Index().GroupBy(row => row.Index % Channels, row => row.Item)
            .Select(rows => (double[])[.. rows.SelectMany(row => row)])],
    };

    /// <summary>Checks random cases of a layer.</summary>
    public static void ForAll(LiveLayer layer, Action<LayerCase> check) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(
            layer switch { LiveLayer.Batch => 600, LiveLayer.BatchRenorm => 300, _ => 200 }),
        Prop.ForAll(Any(layer).ToArbitrary(), check));

    static Gen<LayerCase> Any(LiveLayer layer)
    {
        // Those of one norm in one pass stand the hardest input; the others are rougher, or have formulas that are.
        var ofInstances = layer is LiveLayer.Instance or LiveLayer.TrackedInstance;
        var hardest = ofInstances || layer is LiveLayer.Batch or LiveLayer.Layer or LiveLayer.Group or LiveLayer.Rms;
        var (leastRank, mostRank) = ofInstances ? (3, 5) : layer is LiveLayer.Linear ? (2, 2) : (2, 5);
        return
            from seed in Gen.Choose(0, int.MaxValue)
            from rank in Gen.Choose(leastRank, mostRank)
            from samples in Gen.Choose(1, 8)
            from groups in Gen.Choose(1, 3)
            from channelsPerGroup in Gen.Choose(1, layer is LiveLayer.Linear ? 7 : 3)
            from positions in Gen.Choose(1, 4).ArrayOf(rank - 2)
            from lastDimensions in Gen.Choose(1, rank)
            from eps in hardest ? Gen.Elements(1e-5, 1e-3, 1e-12, 0.5) : Gen.Elements(1e-5, 1e-3, 0.5)
            from momentum in Gen.Elements<double?>(0.1, 0, 1, 0.7, 0.01, null)
            from affine in Gen.Elements(true, false)
            from option in Gen.Elements(true, true, false)
            from size in Gen.Choose(1, 12)
            from rMax in Gen.Elements(1, 1.5, 3, double.PositiveInfinity)
            from dMax in Gen.Elements(0, 0.5, 5, double.PositiveInfinity)
            from method in Gen.Elements(BatchNormMethod.Fast, BatchNormMethod.Careful)
            from mean in hardest ? Gen.Elements(0, -3, 100.0) : Gen.Elements(0, -3, 10.0)
            from std in hardest ? Gen.Elements(1, 20, 0.01) : Gen.Elements(1, 5, 0.1)
            let any = new LayerCase(layer, seed, [samples, groups * channelsPerGroup, .. positions.Select(length => (nint)length)], groups,
                lastDimensions, eps, momentum, affine, option, size, rMax, dMax, method, mean, std)
            where any.HasSpread
            select any;
    }

    static int Product(nint[] shape) => (int)shape.Aggregate((nint)1, (product, length) => product * length);

    public override string ToString() => $"{Layer}, seed {Seed}, ({string.Join(", ", Shape)}), {Groups} groups, last {LastDimensions} "
        + $"dimensions, eps {Eps}, momentum {Momentum?.ToString() ?? "null"}, affine {Affine}, option {Option}, size {Size}, rMax {RMax}, "
        + $"dMax {DMax}, {Method}, data {Mean} ± {Std}";
}
