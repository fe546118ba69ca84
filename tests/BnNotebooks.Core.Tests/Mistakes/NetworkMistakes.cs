using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With layers in sequence, words for layers, the loss, the optimizer and initial weights.</summary>
internal static class NetworkMistakes
{
    public static readonly Mistake[] All =
    [
        // Layers
        Input("linear: wrong feature count", "input", ["(…, 3)", "(4, 5)"], _ => new Linear(3, 2).Forward(Zeros(4, 5))),
        Input("linear: a number", "input", ["(…, 3)"], _ => new Linear(3, 2).Forward(default(ReadOnlyTensorSpan<float>))),
        Range("linear: no inputs", "inFeatures", ["0", "at least 1"], _ => new Linear(0, 2)),
        Range("linear: no outputs", "outFeatures", ["-1", "at least 1"], _ => new Linear(2, -1)),

        // Sequences of layers
        Input("sequence of nothing", "layers", ["at least one layer"], _ => new Sequential()),
        Input("a layer twice", "layers", ["layer 2 (ReLU)", "is there before.", "make another one"], _ =>
        {
            var relu = new ReLU();
            new Sequential(relu, new Linear(3, 3), relu);
        }),
        Absent("a layer that is null", "layers", _ => new Sequential(new ReLU(), null!)),
        Input("layers that do not fit", null, ["Layer 1 (Linear)", "(…, 6)", "(4, 5)", "'input'"],
            _ => new Sequential(new Linear(3, 5), new Linear(6, 2)).Forward(Zeros(4, 3))),
        Input("network: wrong feature count", null, ["Layer 0 (Linear)", "(…, 3)", "(4, 2)"], on => on.Network.Forward(Zeros(4, 2))),
        Input("network: a sequence where samples are wanted", null, ["Layer 1 (BatchNorm1d)", "C = 5"],
            on => on.Network.Forward(Zeros(2, 4, 3))),
        Input("network: one sample in training", null, ["Layer 1 (BatchNorm1d)", "Eval()"], on => on.Network.Forward(Zeros(1, 3))),
        Input("network: state of another one", "state", ["missing are '1.weight'", "'3.bias'"],
            on => on.Network.LoadStateDict(new Mlp([3, 2]).StateDict())),

        // By a word
        Input("one size", "sizes", ["two sizes", "there are 1"], _ => new Mlp([3])),
        Range("a size of none", "sizes", ["0", "at least 1"], _ => new Mlp([3, 0, 2])),
        Input("perceptron: unknown normalization", "normalization", ["none, batch", "'bacth'"], _ => new Mlp([3, 2], normalization: "bacth")),
        Input("perceptron: unknown activation", "activation", ["relu, sigmoid", "'ReLU'"], _ => new Mlp([3, 2], activation: "ReLU")),
        Input("unknown normalization", "name", ["none, batch", "'Batch'"], _ => Normalizations.Create("Batch", 3)),
        Input("unknown normalization of images", "name", ["none, batch", "'Batch'"], _ => Normalizations.CreateForImages("Batch", 3)),
        Range("normalization of no channels", "channels", ["0", "at least 1"], _ => Normalizations.CreateForImages("batch", 0)),
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
            on => new Sgd([.. on.Network.Parameters, .. on.Network.Children[0].Parameters], lr: 0.1)),
        Range("sgd: learning rate negative", "lr", ["-0.1", "not negative"], on => new Sgd(on.Network.Parameters, lr: -0.1)),
        Range("sgd: learning rate NaN", "lr", ["NaN"], on => new Sgd(on.Network.Parameters, lr: double.NaN)),
        Range("sgd: learning rate infinite, later", "lr", ["Infinity"],
            on => new Sgd(on.Network.Parameters, lr: 1) { Lr = double.PositiveInfinity }),
        Range("sgd: momentum above 1", "momentum", ["1.1", "0 to 1"], on => new Sgd(on.Network.Parameters, lr: 0.1, momentum: 1.1)),
        Range("sgd: momentum NaN", "momentum", ["NaN"], on => new Sgd(on.Network.Parameters, lr: 0.1, momentum: double.NaN)),
        Range("sgd: weight decay negative", "weightDecay", ["-1"], on => new Sgd(on.Network.Parameters, lr: 0.1, weightDecay: -1)),

        // Initial weights
        Input("kaiming of a bias", "weight", ["(out, in)", "'bias'", "(2,)"],
            _ => Initialization.KaimingNormal(new Linear(3, 2).Bias!, new Random(1))),
        Input("xavier of a bias", "weight", ["(out, in)", "(2,)"],
            _ => Initialization.XavierUniform(new Linear(3, 2).Bias!, new Random(1))),
        Range("kaiming with a slope that is no number", "a", ["NaN", "finite"],
            on => Initialization.KaimingUniform(on.Network.Parameters[0], new Random(1), double.NaN)),
        Range("xavier with an infinite gain", "gain", ["Infinity"],
            on => Initialization.XavierNormal(on.Network.Parameters[0], new Random(1), double.PositiveInfinity)),
        Absent("initialization without a generator", "random", on => Initialization.XavierNormal(on.Network.Parameters[0], null!)),
    ];
}
