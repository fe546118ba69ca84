using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>
/// One table, one row a mistake with a norm within samples or with batch renorm: what it throws, which argument it names, what
/// it says.
/// </summary>
public class SampleNormBadInputTests
{
    private sealed record Mistake(
        string Name, Type Exception, string? Argument, string[] Says, Func<Layer<float>> Make, Action<Layer<float>> Do);

    private static readonly Mistake[] Mistakes =
    [
        // Layer norm and RMS norm
        Input("layer norm: other length", ["ends in (4,)", "(2, 3)"], () => new LayerNorm(4), 2, 3),
        Input("layer norm: other lengths", ["ends in (3, 4)", "(2, 4, 3)"], () => new LayerNorm([3, 4]), 2, 4, 3),
        Input("layer norm: rank too low", ["ends in (3, 4)", "(4,)"], () => new LayerNorm([3, 4]), 4),
        Input("RMS norm: other length", ["ends in (4,)", "(2, 3)"], () => new RmsNorm(4), 2, 3),
        New<ArgumentException>("layer norm: no dimension", "normalizedShape", ["at least one dimension"], () => new LayerNorm([])),
        New<ArgumentException>("layer norm: a single value", "normalizedShape", ["more than one value", "(1, 1)"], () => new LayerNorm([1, 1])),
        New<ArgumentOutOfRangeException>("layer norm: length 0", "normalizedShape", ["(3, 0)", "at least 1"], () => new LayerNorm([3, 0])),
        New<ArgumentOutOfRangeException>("layer norm: length -4", "normalizedShape", ["(-4,)", "at least 1"], () => new LayerNorm(-4)),
        New<ArgumentOutOfRangeException>("layer norm: eps NaN", "eps", ["NaN"], () => new LayerNorm(4, eps: double.NaN)),
        New<ArgumentException>("RMS norm: no dimension", "normalizedShape", ["at least one dimension"], () => new RmsNorm([])),
        New<ArgumentOutOfRangeException>("RMS norm: length 0", "normalizedShape", ["(0,)", "at least 1"], () => new RmsNorm(0)),
        New<ArgumentOutOfRangeException>("RMS norm: eps negative", "eps", ["-1"], () => new RmsNorm(4, eps: -1)),

        // Group norm
        Input("group norm: rank 1", ["(N, C, …)", "rank 1", "(4,)"], () => new GroupNorm(2, 4), 4),
        Input("group norm: other channels", ["C = 4", "dimension 1 is 6"], () => new GroupNorm(2, 4), 2, 6, 3),
        Input("group norm: one value per group", ["more than one value per group", "(2, 4, 1)", "fewer groups than 4"],
            () => new GroupNorm(4, 4), 2, 4, 1),
        New<ArgumentException>("group norm: groups that do not divide", "numGroups", ["4 groups", "6 channels"], () => new GroupNorm(4, 6)),
        New<ArgumentException>("group norm: more groups than channels", "numGroups", ["8 groups", "4 channels"], () => new GroupNorm(8, 4)),
        New<ArgumentOutOfRangeException>("group norm: no groups", "numGroups", ["0", "at least 1"], () => new GroupNorm(0, 4)),
        New<ArgumentOutOfRangeException>("group norm: no channels", "numChannels", ["0", "at least 1"], () => new GroupNorm(1, 0)),
        New<ArgumentOutOfRangeException>("group norm: eps infinite", "eps", ["Infinity"], () => new GroupNorm(1, 4, double.PositiveInfinity)),

        // Instance norm
        Input("instance norm 1d: rank 1", ["(N, C, L) or (C, L)", "rank 1"], () => Tracked(), 3),
        Input("instance norm 1d: rank 4", ["(N, C, L) or (C, L)", "rank 4"], () => Tracked(), 2, 3, 4, 4),
        Input("instance norm 2d: rank 2", ["(N, C, H, W) or (C, H, W)", "rank 2"], () => new InstanceNorm2d(3), 2, 3),
        Input("instance norm 3d: rank 3", ["(N, C, D, H, W) or (C, D, H, W)", "rank 3"], () => new InstanceNorm3d(3), 2, 3, 4),
        Input("instance norm: other channels", ["C = 3", "dimension 1 is 4"], () => Tracked(), 2, 4, 5),
        Input("instance norm: other channels without a batch", ["C = 3", "dimension 0 is 4"], () => Tracked(), 4, 5),
        Input("instance norm: one position", ["more than one value per channel of a sample", "(2, 3, 1)", "Eval()"], () => Tracked(), 2, 3, 1),
        Input("instance norm: evaluation of one position", ["no running statistics"], () =>
        {
            var layer = new InstanceNorm1d(3);
            layer.Eval();
            return layer;
        }, 2, 3, 1),
        New<ArgumentOutOfRangeException>("instance norm: no channels", "numFeatures", ["0", "at least 1"], () => new InstanceNorm1d(0)),
        New<ArgumentOutOfRangeException>("instance norm: eps NaN", "eps", ["NaN"], () => new InstanceNorm2d(3, eps: double.NaN)),
        New<ArgumentOutOfRangeException>("instance norm: momentum NaN", "momentum", ["NaN"], () => new InstanceNorm3d(3, momentum: double.NaN)),
        New<ArgumentOutOfRangeException>("instance norm: momentum above 1", "momentum", ["1.5"], () => new InstanceNorm1d(3, momentum: 1.5)),

        // Batch renorm
        Input("batch renorm: rank 1", ["(N, C)", "rank 1", "(3,)"], () => new BatchRenorm(3), 3),
        Input("batch renorm: other channels", ["C = 3", "dimension 1 is 4"], () => new BatchRenorm(3), 2, 4),
        Input("batch renorm: one value per channel", ["more than one value per channel", "(1, 3)", "Eval()"], () => new BatchRenorm(3), 1, 3),
        New<ArgumentOutOfRangeException>("batch renorm: no channels", "numFeatures", ["0", "at least 1"], () => new BatchRenorm(0)),
        New<ArgumentOutOfRangeException>("batch renorm: rMax below 1", "rMax", ["0.5", "at least 1"], () => new BatchRenorm(3, rMax: 0.5)),
        New<ArgumentOutOfRangeException>("batch renorm: rMax NaN", "rMax", ["NaN"], () => new BatchRenorm(3, rMax: double.NaN)),
        New<ArgumentOutOfRangeException>("batch renorm: dMax negative", "dMax", ["-1", "at least 0"], () => new BatchRenorm(3, dMax: -1)),
        New<ArgumentOutOfRangeException>("batch renorm: dMax set to NaN", "dMax", ["NaN"], () => new BatchRenorm(3) { DMax = double.NaN }),
        New<ArgumentOutOfRangeException>("batch renorm: eps negative", "eps", ["-1"], () => new BatchRenorm(3, eps: -1)),
        New<ArgumentOutOfRangeException>("batch renorm: momentum negative", "momentum", ["-0.1"], () => new BatchRenorm(3, momentum: -0.1)),

        // What every layer has from the common shape, once for each
        .. Each((name, make) => new Mistake($"{name}: backward before forward", typeof(InvalidOperationException), null,
            [$"{name}.Backward", "Forward first"], make, layer => layer.Backward(Zeros(2, 4, 3)))),
        .. Each((name, make) => new Mistake($"{name}: output of another shape", typeof(ArgumentException), "output",
            ["(2, 4, 3)", "(2, 3, 4)"], make, layer => layer.Forward(Zeros(2, 4, 3), Zeros(2, 3, 4)))),
        .. Each((name, make) => new Mistake($"{name}: gradient of another shape", typeof(ArgumentException), "gradOutput",
            ["(2, 4, 3)", "(2, 4)"], () => WithForwardPass(make()), layer => layer.Backward(Zeros(2, 4)))),
        .. Each((name, make) => new Mistake($"{name}: the state of a batch norm", typeof(ArgumentException), "state",
            ["num_batches_tracked"], make, layer => layer.LoadStateDict(new BatchNorm1d(4, affine: false).StateDict()))),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(mistake => mistake.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_mistake_is_named_and_changes_nothing(string name)
    {
        var mistake = Mistakes.Single(m => m.Name == name);
        Layer<float>? layer = null;
        float[] before = [];

        var exception = Assert.Throws(mistake.Exception, () =>
        {
            layer = mistake.Make();
            before = StateOf(layer);
            mistake.Do(layer);
        });

        foreach (var words in mistake.Says)
            Assert.Contains(words, exception.Message);
        if (exception is ArgumentException argument)
            Assert.Equal(mistake.Argument, argument.ParamName);
        if (layer is not null)
            Assert.Equal(before, StateOf(layer));
    }

    [Fact]
    public void The_ends_of_the_ranges_are_no_mistakes()
    {
        Assert.Equal(0, new LayerNorm(4, eps: 0).Eps);
        Assert.Equal(0, new RmsNorm(1, eps: 0).Eps);
        Assert.Equal(0, new InstanceNorm1d(3, momentum: 0).Momentum);
        Assert.Equal(1, new BatchRenorm(3, momentum: 1).Momentum);
        Assert.Equal(1, new BatchRenorm(3, rMax: 1).RMax);
        Assert.Equal(double.PositiveInfinity, new BatchRenorm(3, dMax: double.PositiveInfinity).DMax);
    }

    private static Mistake Input(string name, string[] says, Func<Layer<float>> make, params nint[] shape) =>
        new(name, typeof(ArgumentException), "input", says, make, layer => layer.Forward(Zeros(shape)));

    private static Mistake New<TException>(string name, string argument, string[] says, Func<Layer<float>> make) =>
        new(name, typeof(TException), argument, says, make, _ => { });

    // Layers that take (2, 4, 3).
    private static IEnumerable<Mistake> Each(Func<string, Func<Layer<float>>, Mistake> mistake) =>
    [
        mistake("LayerNorm", () => new LayerNorm([4, 3])),
        mistake("RmsNorm", () => new RmsNorm(3)),
        mistake("GroupNorm", () => new GroupNorm(2, 4)),
        mistake("InstanceNorm1d", () => new InstanceNorm1d(4)),
        mistake("BatchRenorm", () => new BatchRenorm(4)),
    ];

    private static Layer<float> WithForwardPass(Layer<float> layer)
    {
        layer.Forward(Data.Normal<float>(seed: 1, [2, 4, 3]));
        return layer;
    }

    private static InstanceNorm1d Tracked() => new(3, affine: true, trackRunningStats: true);

    private static float[] StateOf(Layer<float> layer) =>
        [.. layer.StateDict().Values.Where(state => state.DType == "F32").SelectMany(state => state.To<float>().ToArray())];

    private static Tensor<float> Zeros(params nint[] shape) => Tensor.CreateFromShape<float>(shape);
}
