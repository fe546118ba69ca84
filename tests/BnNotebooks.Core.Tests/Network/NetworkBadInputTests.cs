using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Network;

/// <summary>One table, one row a mistake: what it throws, which argument it names, what it says came and was expected.</summary>
public class NetworkBadInputTests
{
    private sealed record Mistake(string Name, Type Exception, string? Argument, string[] Says, Action<Mlp> Make);

    private static readonly Mistake[] Mistakes =
    [
        // Layers
        Input("linear: wrong feature count", "input", ["(…, 3)", "(4, 5)"], _ => new Linear(3, 2).Forward(Zeros(4, 5))),
        Input("linear: a number", "input", ["(…, 3)"], _ => new Linear(3, 2).Forward(default(ReadOnlyTensorSpan<float>))),
        Input("linear: output of another shape", "output", ["(4, 2)", "(4, 3)"], _ => new Linear(3, 2).Forward(Zeros(4, 3), Zeros(4, 3))),
        Input("linear: gradient of another shape", "gradOutput", ["(4, 2)", "(4, 3)"], _ =>
        {
            var linear = new Linear(3, 2);
            linear.Forward(Zeros(4, 3));
            linear.Backward(Zeros(4, 3));
        }),
        Range("linear: no inputs", "inFeatures", ["0", "at least 1"], _ => new Linear(0, 2)),
        Range("linear: no outputs", "outFeatures", ["-1", "at least 1"], _ => new Linear(2, -1)),
        Invalid("relu: backward before forward", ["ReLU.Backward", "Forward first"], _ => new ReLU().Backward(Zeros(2))),
        Invalid("sigmoid: backward before forward", ["Sigmoid.Backward", "Forward first"], _ => new Sigmoid().Backward(Zeros(2))),

        // Sequences of layers
        Input("sequence of nothing", "layers", ["at least one layer"], _ => new Sequential()),
        Input("a layer twice", "layers", ["layer 2 (ReLU)", "there before"], _ =>
        {
            var relu = new ReLU();
            new Sequential(relu, new Linear(3, 3), relu);
        }),
        Absent("a layer that is null", "layers", _ => new Sequential(new ReLU(), null!)),
        Input("layers that do not fit", null, ["Layer 1 (Linear)", "(…, 6)", "(4, 5)", "'input'"],
            _ => new Sequential(new Linear(3, 5), new Linear(6, 2)).Forward(Zeros(4, 3))),
        Input("network: wrong feature count", null, ["Layer 0 (Linear)", "(…, 3)", "(4, 2)"], network => network.Forward(Zeros(4, 2))),
        Input("network: a sequence where samples are wanted", null, ["Layer 1 (BatchNorm1d)", "C = 5"],
            network => network.Forward(Zeros(2, 4, 3))),
        Input("network: one sample in training", null, ["Layer 1 (BatchNorm1d)", "Eval()"], network => network.Forward(Zeros(1, 3))),
        Invalid("network: backward before forward", ["Mlp.Backward", "Forward first"], network => network.Backward(Zeros(4, 2))),
        Input("network: gradient of another shape", "gradOutput", ["(4, 2)", "(4, 5)"], _ =>
        {
            var other = new Mlp([3, 2]);
            other.Forward(Zeros(4, 3));
            other.Backward(Zeros(4, 5));
        }),
        Input("network: state of another one", "state", ["missing are '1.weight'", "'3.bias'"],
            network => network.LoadStateDict(new Mlp([3, 2]).StateDict())),

        // By a word
        Input("one size", "sizes", ["two sizes", "there are 1"], _ => new Mlp([3])),
        Range("a size of none", "sizes", ["0", "at least 1"], _ => new Mlp([3, 0, 2])),
        Input("perceptron: unknown normalization", "normalization", ["none, batch", "'bacth'"], _ => new Mlp([3, 2], normalization: "bacth")),
        Input("perceptron: unknown activation", "activation", ["relu, sigmoid", "'ReLU'"], _ => new Mlp([3, 2], activation: "ReLU")),
        Input("unknown normalization", "name", ["none, batch", "'Batch'"], _ => Normalizations.Create("Batch", 3)),
        Absent("no name", "name", _ => Normalizations.Create(null!, 3)),
        Range("normalization of no features", "features", ["0", "at least 1"], _ => Normalizations.Create("batch", 0)),
        Input("unknown activation", "name", ["relu, sigmoid", "''"], _ => Activations.Create("")),

        // The loss
        Input("loss: a vector", "logits", ["(N, C)", "(3,)"], _ => new SoftmaxCrossEntropy().Forward(Zeros(3), [0, 0, 0])),
        Input("loss: no samples", "logits", ["(N, C)", "(0, 3)"], _ => new SoftmaxCrossEntropy().Forward(Zeros(0, 3), [])),
        Input("loss: no classes", "logits", ["(N, C)", "(2, 0)"], _ => new SoftmaxCrossEntropy().Forward(Zeros(2, 0), [0, 0])),
        Input("loss: too few labels", "labels", ["4 samples", "there are 2"], _ => new SoftmaxCrossEntropy().Forward(Zeros(4, 3), [0, 1])),
        Range("loss: a label past the last class", "labels", ["0 to 2", "sample 1", "3"], _ => new SoftmaxCrossEntropy().Forward(Zeros(2, 3), [0, 3])),
        Range("loss: a negative label", "labels", ["0 to 2", "sample 0", "-1"], _ => new SoftmaxCrossEntropy().Forward(Zeros(2, 3), [-1, 3])),
        Invalid("loss: backward before forward", ["SoftmaxCrossEntropy.Backward", "Forward first"], _ => new SoftmaxCrossEntropy().Backward()),

        // The optimizer
        Input("sgd: nothing to optimize", "parameters", ["at least one parameter"], _ => new Sgd([], lr: 0.1)),
        Input("sgd: a parameter twice, by another name", "parameters", ["'weight'", "twice"],
            network => new Sgd([.. network.Parameters, .. network.Children[0].Parameters], lr: 0.1)),
        Range("sgd: learning rate negative", "lr", ["-0.1"], network => new Sgd(network.Parameters, lr: -0.1)),
        Range("sgd: learning rate NaN", "lr", ["NaN"], network => new Sgd(network.Parameters, lr: double.NaN)),
        Range("sgd: learning rate infinite, later", "lr", ["Infinity"],
            network => new Sgd(network.Parameters, lr: 1) { Lr = double.PositiveInfinity }),
        Range("sgd: momentum above 1", "momentum", ["1.1", "0 to 1"], network => new Sgd(network.Parameters, lr: 0.1, momentum: 1.1)),
        Range("sgd: momentum NaN", "momentum", ["NaN"], network => new Sgd(network.Parameters, lr: 0.1, momentum: double.NaN)),
        Range("sgd: weight decay negative", "weightDecay", ["-1"], network => new Sgd(network.Parameters, lr: 0.1, weightDecay: -1)),

        // Initial weights
        Input("kaiming of a bias", "weight", ["(out, in)", "'bias'", "(2,)"],
            _ => Initialization.KaimingNormal(new Linear(3, 2).Bias!, new Random(1))),
        Input("xavier of a bias", "weight", ["(out, in)", "(2,)"],
            _ => Initialization.XavierUniform(new Linear(3, 2).Bias!, new Random(1))),
        Range("kaiming with a slope that is no number", "a", ["NaN"],
            network => Initialization.KaimingUniform(network.Parameters[0], new Random(1), double.NaN)),
        Range("xavier with an infinite gain", "gain", ["Infinity"],
            network => Initialization.XavierNormal(network.Parameters[0], new Random(1), double.PositiveInfinity)),
        Absent("initialization without a generator", "random", network => Initialization.XavierNormal(network.Parameters[0], null!)),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(mistake => mistake.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_mistake_is_named_and_changes_nothing(string name)
    {
        var mistake = Mistakes.Single(m => m.Name == name);
        var network = new Mlp([3, 5, 2], normalization: "batch");
        var before = State(network);

        var exception = Assert.Throws(mistake.Exception, () => mistake.Make(network));

        foreach (var words in mistake.Says)
            Assert.Contains(words, exception.Message);
        if (exception is ArgumentException argument)
            Assert.Equal(mistake.Argument, argument.ParamName);
        Assert.Equal(before, State(network));
    }

    [Fact]
    public void What_a_later_layer_refuses_reaches_no_layer_before_it()
    {
        var batchNorm = new BatchNorm1d(3);
        var network = new Sequential(batchNorm, new Linear(4, 2));

        Assert.Throws<ArgumentException>(() => network.Forward(Data.Normal<float>(seed: 1, [5, 3])));

        Assert.Equal(0, batchNorm.NumBatchesTracked);
    }

    private static float[] State(Mlp network) =>
        [.. network.StateDict().Values.Where(state => state.DType == "F32").SelectMany(state => state.To<float>().ToArray())];

    private static Mistake Input(string name, string? argument, string[] says, Action<Mlp> make) =>
        new(name, typeof(ArgumentException), argument, says, make);

    private static Mistake Range(string name, string argument, string[] says, Action<Mlp> make) =>
        new(name, typeof(ArgumentOutOfRangeException), argument, says, make);

    private static Mistake Absent(string name, string argument, Action<Mlp> make) =>
        new(name, typeof(ArgumentNullException), argument, [], make);

    private static Mistake Invalid(string name, string[] says, Action<Mlp> make) =>
        new(name, typeof(InvalidOperationException), null, says, make);

    private static Tensor<float> Zeros(params nint[] shape) => Tensor.CreateFromShape<float>(shape);
}
