using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>Tables of mistakes, one row each, and those that can be made with every layer.</summary>
public class MistakeTests
{
    static readonly Dictionary<string, Mistake> Mistakes =
        new[] { BatchNormMistakes.All, SampleNormMistakes.All, FurtherNormMistakes.All, SumMistakes.All, NetworkMistakes.All, NullMistakes.All }
            .SelectMany(table => table).ToDictionary(mistake => mistake.Name);

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_mistake_is_named_and_changes_nothing(string name)
    {
        var mistake = Mistakes[name];
        var layers = new Layers();

        AssertNamed(mistake.Exception, mistake.Argument, mistake.Says, () => mistake.Make(layers));

        layers.AssertUnchanged();
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void Of_every_layer_a_mistake_is_named_and_leaves_state_and_the_last_forward_pass_in_place(string name)
    {
        var (make, shape) = Every<float>.Layers[name];
        var layer = make();
        AssertNamed(typeof(InvalidOperationException), null, [$"{layer.GetType().Name}.Backward", "Forward first"], () => layer.Backward(Zeros(shape)));
        layer.Forward(Data.Normal<float>(seed: 1, shape));
        var gradient = Data.Normal<float>(seed: 2, shape);
        var expected = layer.Backward(gradient);
        var before = Every.State(layer);
        nint[] other = [.. shape[..^1], shape[^1] + 1], none = [0, .. shape[1..]];

        Refuses("output", () => layer.Forward(Zeros(shape), Zeros(other)), shape, other);
        Refuses("gradOutput", () => layer.Backward(Zeros(other)), shape, other);
        Refuses("gradInput", () => layer.Backward(Zeros(shape), Zeros(other)), shape, other);
        AssertNamed(typeof(ArgumentException), "state", ["another", "With strict: false"], () => layer.LoadStateDict(
            new Dictionary<string, StateTensor> { ["another"] = StateTensor.Over("another", new float[1], [1]) }));
        Close.Assert(expected, layer.Backward(gradient), 0, "gradInput");
        Assert.Equal(none, layer.Forward(Zeros(none)).Lengths.ToArray()); // no mistake: an empty batch gives an empty output
        Assert.Equal(before, Every.State(layer));

        static void Refuses(string argument, Action make, params nint[][] shapes) =>
            AssertNamed(typeof(ArgumentException), argument, [.. shapes.Select(shape => $"({string.Join(", ", shape)})")], make);
    }

    [Fact]
    public void A_refused_input_draws_no_noise()
    {
        var x = Data.Normal<float>(seed: 1, [4, 3]);
        var (disturbed, left) = (new StochasticBatchNorm(3, 8), new StochasticBatchNorm(3, 8));
        disturbed.Forward(x);
        left.Forward(x);

        Assert.Throws<ArgumentException>(() => disturbed.Forward(Zeros(4, 5)));

        Close.Assert(left.Forward(x), disturbed.Forward(x), 0, "next output");
    }

    [Fact]
    public void What_a_later_layer_refuses_reaches_no_layer_before_it()
    {
        var batchNorm = new BatchNorm1d(3);
        var network = new Sequential(batchNorm, new Linear(4, 2));

        Assert.Throws<ArgumentException>(() => network.Forward(Data.Normal<float>(seed: 1, [5, 3])));

        Assert.Equal(0, batchNorm.NumBatchesTracked);
    }

    [Fact]
    public void The_ends_of_the_ranges_are_no_mistakes()
    {
        Assert.Equal((0, 0, 0), (new BatchNorm1d(3, eps: 0).Eps, new LayerNorm(4, eps: 0).Eps, new RmsNorm(1, eps: 0).Eps));
        Assert.Equal((0, 1), (new BatchNorm1d(3, momentum: 0).Momentum, new BatchNorm1d(3, momentum: 1).Momentum));
        Assert.Equal((0, 1), (new InstanceNorm1d(3, momentum: 0).Momentum, new BatchRenorm(3, momentum: 1).Momentum));
        Assert.Equal((1, double.PositiveInfinity), (new BatchRenorm(3, rMax: 1).RMax, new BatchRenorm(3, dMax: double.PositiveInfinity).DMax));
        Assert.Equal(0, new BatchNorm1d(3) { NumBatchesTracked = 0 }.NumBatchesTracked);
        Assert.Equal((0, 1), (new Sgd(new Linear(1, 1).Parameters, lr: 0).Lr, new Sgd(new Linear(1, 1).Parameters, lr: 0, momentum: 1).Momentum));
    }

    static void AssertNamed(Type type, string? argument, string[] says, Action make)
    {
        var exception = Assert.Throws(type, make);

        Assert.All(says, words => Assert.Contains(words, exception.Message));
        if (exception is ArgumentException refused)
            Assert.Equal(argument, refused.ParamName);
    }
}
