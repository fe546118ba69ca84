using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>
/// The mistakes that can be made with switchable, attentive, stochastic and weight normalization: one table, one row a mistake,
/// as in <see cref="BadInputTests"/>.
/// </summary>
public class FurtherNormsBadInputTests
{
    private sealed record Mistake(string Name, Type Exception, string? Argument, string[] Says, Action<Layers> Make);

    /// <summary>One of each, of three features, for a mistake to be made with.</summary>
    private sealed class Layers
    {
        public SwitchableNorm Switchable { get; } = new(3);

        public AttentiveNorm Attentive { get; } = new(3, numComponents: 2);

        public StochasticBatchNorm Stochastic { get; } = new(3, noiseBatchSize: 8);

        public WeightNormLinear WeightNorm { get; } = new(3, 2);

        public Layer<float>[] All => [Switchable, Attentive, Stochastic, WeightNorm];
    }

    private static readonly Mistake[] Mistakes =
    [
        // The input of a layer
        Input("switchable: rank 1", "input", ["(N, C), (N, C, L)", "rank 1", "(3,)"], layers => layers.Switchable.Forward(Zeros(3))),
        Input("switchable: rank 6", "input", ["rank 6"], layers => layers.Switchable.Forward(Zeros(2, 3, 1, 1, 1, 2))),
        Input("switchable: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], layers => layers.Switchable.Forward(Zeros(4, 5, 2))),
        Input("switchable: one position per channel", "input", ["more than one position", "(4, 3)", "useInstanceStatistics: false"],
            layers => layers.Switchable.Forward(Zeros(4, 3))),
        Input("switchable: one position per channel in evaluation", "input", ["more than one position"], layers =>
        {
            layers.Switchable.Eval();
            layers.Switchable.Forward(Zeros(4, 3, 1, 1));
        }),
        Input("switchable: one value per channel", "input", ["more than one value per channel", "(1, 3)", "Eval()"],
            _ => new SwitchableNorm(3, useInstanceStatistics: false).Forward(Zeros(1, 3))),
        Input("attentive: rank 1", "input", ["rank 1"], layers => layers.Attentive.Forward(Zeros(3))),
        Input("attentive: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], layers => layers.Attentive.Forward(Zeros(4, 5))),
        Input("attentive: one value per channel", "input", ["more than one value per channel", "Eval()"],
            layers => layers.Attentive.Forward(Zeros(1, 3))),
        Input("stochastic: rank 1", "input", ["rank 1"], layers => layers.Stochastic.Forward(Zeros(3))),
        Input("stochastic: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], layers => layers.Stochastic.Forward(Zeros(4, 5))),
        Input("stochastic: one value per channel", "input", ["more than one value per channel", "Eval()"],
            layers => layers.Stochastic.Forward(Zeros(1, 3, 1))),
        Input("weight norm: wrong feature count", "input", ["(…, 3)", "(4, 5)"], layers => layers.WeightNorm.Forward(Zeros(4, 5))),
        Input("weight norm: no dimension", "input", ["(…, 3)"], layers => layers.WeightNorm.Forward(default(ReadOnlyTensorSpan<float>))),
        Input("weight norm: output of another shape", "output", ["(4, 2)", "(4, 3)"],
            layers => layers.WeightNorm.Forward(Zeros(4, 3), Zeros(4, 3))),

        // Backward
        Before("switchable: backward before forward", "SwitchableNorm.Backward", layers => layers.Switchable.Backward(Zeros(4, 3, 2))),
        Before("attentive: backward before forward", "AttentiveNorm.Backward", layers => layers.Attentive.Backward(Zeros(4, 3))),
        Before("stochastic: backward before forward", "StochasticBatchNorm.Backward", layers => layers.Stochastic.Backward(Zeros(4, 3))),
        Before("weight norm: backward before forward", "WeightNormLinear.Backward", layers => layers.WeightNorm.Backward(Zeros(4, 2))),
        Input("weight norm: gradient of the weight of another shape", "gradWeight", ["(3, 2, 5)", "(3, 2, 4)"],
            _ => new WeightNorm([3, 2, 5]).Backward(Zeros(3, 2, 4))),

        // Initialization from data
        Input("weight norm: initialization from one sample", "input", ["two samples", "(1, 3)"],
            layers => layers.WeightNorm.InitializeFrom(Zeros(1, 3))),
        Input("weight norm: initialization from samples that are all the same", "input", ["varies", "output 0", "is 0"],
            layers => layers.WeightNorm.InitializeFrom(Zeros(4, 3))),
        Input("weight norm: initialization from NaN", "input", ["finite", "NaN"],
            layers => layers.WeightNorm.InitializeFrom(Tensor.Create([1f, 2f, 3f, 4f, 5f, float.NaN], [2, 3]))),
        Input("weight norm: initialization from other features", "input", ["(…, 3)", "(4, 2)"],
            layers => layers.WeightNorm.InitializeFrom(Zeros(4, 2))),

        // Construction and options
        Range("switchable: no features", "numFeatures", ["0", "at least 1"], () => new SwitchableNorm(0)),
        Range("switchable: eps negative", "eps", ["-1"], () => new SwitchableNorm(3, eps: -1)),
        Range("switchable: momentum above 1", "momentum", ["1.5"], () => new SwitchableNorm(3, momentum: 1.5)),
        Range("attentive: no features", "numFeatures", ["0"], () => new AttentiveNorm(0)),
        Range("attentive: no components", "numComponents", ["0", "at least 1"], () => new AttentiveNorm(3, 0)),
        Range("attentive: eps NaN", "eps", ["NaN"], () => new AttentiveNorm(3, eps: double.NaN)),
        Range("attentive: momentum NaN", "momentum", ["NaN"], () => new AttentiveNorm(3, momentum: double.NaN)),
        Range("stochastic: no features", "numFeatures", ["0"], () => new StochasticBatchNorm(0, 8)),
        Range("stochastic: noise of a batch of one", "noiseBatchSize", ["1", "at least 2"], () => new StochasticBatchNorm(3, 1)),
        Range("stochastic: eps infinite", "eps", ["Infinity"], () => new StochasticBatchNorm(3, 8, eps: double.PositiveInfinity)),
        Range("stochastic: momentum negative", "momentum", ["-0.1"], () => new StochasticBatchNorm(3, 8, momentum: -0.1)),
        Range("stochastic: noise scale above 1", "value", ["1.5", "from 0", "to 1"], () => new StochasticBatchNorm(3, 8) { NoiseScale = 1.5 }),
        Range("stochastic: noise scale NaN", "value", ["NaN"], () => new StochasticBatchNorm(3, 8) { NoiseScale = double.NaN }),
        Range("weight norm: no inputs", "inFeatures", ["0", "at least 1"], () => new WeightNormLinear(0, 2)),
        Range("weight norm: no outputs", "outFeatures", ["0", "at least 1"], () => new WeightNormLinear(2, 0)),
        Range("weight norm: a length of 0", "shape", ["(3, 0)", "at least 1"], () => new WeightNorm([3, 0])),
        Input("weight norm: a weight of one dimension", "shape", ["(out, in)", "(3,)"], layers => { _ = new WeightNorm([3]); }),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(mistake => mistake.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_mistake_is_named_and_changes_nothing(string name)
    {
        var mistake = Mistakes.Single(m => m.Name == name);
        var layers = new Layers();
        var before = layers.All.Select(State).ToArray();

        var exception = Assert.Throws(mistake.Exception, () => mistake.Make(layers));

        foreach (var words in mistake.Says)
            Assert.Contains(words, exception.Message);
        if (exception is ArgumentException argument)
            Assert.Equal(mistake.Argument, argument.ParamName);
        Assert.Equal(before, layers.All.Select(State).ToArray());
    }

    [Fact]
    public void A_refused_input_draws_no_noise_and_leaves_the_last_forward_pass_in_place()
    {
        var (x, gradient) = (Data.Normal<float>(seed: 1, [4, 3]), Data.Normal<float>(seed: 2, [4, 3]));
        var (disturbed, left) = (new StochasticBatchNorm(3, 8), new StochasticBatchNorm(3, 8));
        disturbed.Forward(x);
        left.Forward(x);

        Assert.Throws<ArgumentException>(() => disturbed.Forward(Zeros(4, 5)));

        Close.Assert(left.Backward(gradient), disturbed.Backward(gradient), 0, "gradInput");
        Close.Assert(left.Forward(x), disturbed.Forward(x), 0, "next output");
    }

    private static double[] State(Layer<float> layer) => [.. layer.StateDict().Values.SelectMany(FurtherNormsStateTests.Values)];

    private static Mistake Input(string name, string argument, string[] says, Action<Layers> make) =>
        new(name, typeof(ArgumentException), argument, says, make);

    private static Mistake Range(string name, string argument, string[] says, Func<object> make) =>
        new(name, typeof(ArgumentOutOfRangeException), argument, says, _ => make());

    private static Mistake Before(string name, string method, Action<Layers> make) =>
        new(name, typeof(InvalidOperationException), null, [method, "Forward first"], make);

    private static Tensor<float> Zeros(params nint[] shape) => Tensor.CreateFromShape<float>(shape);
}
