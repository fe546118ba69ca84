using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Every layer against central differences, with its options, on all shapes that it takes.</summary>
public class GradientTests
{
    static readonly nint[][] Vectors = [[6, 3]], Sequences = [[2, 3, 4]], Images = [[3, 3, 2, 2]], Volumes = [[2, 3, 1, 2, 2]];
    static readonly nint[][] AnyRank = [.. Vectors, .. Sequences, .. Images, .. Volumes];
    static readonly bool[] Either = [true, false];

    static readonly Dictionary<string, (Func<Layer<double>> Make, nint[][] Shapes)> Cases = new(
    [
        .. BatchNorms(), .. SampleNorms(),
        Case("ghost batches", () => new GhostBatchNorm<double>(new BatchNorm2d<double>(2), ghostBatchSize: 3), [7, 2, 1, 2]),
        Case("frozen batch norm", () => new FrozenBatchNorm<double>(3, eps: 0.1), AnyRank),
        Case("batch norm without running statistics", () => new BatchNorm1d<double>(3, trackRunningStats: false), Vectors),
        Case("attentive norm, 1 component", () => new AttentiveNorm<double>(3, 1), AnyRank),
        Case("attentive norm, 4 components", () => new AttentiveNorm<double>(3, 4), AnyRank),
        // With momentum 0 and one draw, each forward pass is the same function.
        Case("stochastic batch norm", () => new StochasticBatchNorm<double>(3, 8, momentum: 0) { HoldNoise = true }, AnyRank),
        Case("stochastic batch norm, not affine", () => new StochasticBatchNorm<double>(3, 8, momentum: 0, affine: false) { HoldNoise = true }, AnyRank),
        Case("noisy batch norm", () => new NoisyBatchNorm<double>(3, 8, momentum: 0) { HoldNoise = true }, AnyRank),
        Case("noisy batch norm, not affine", () => new NoisyBatchNorm<double>(3, 8, momentum: 0, affine: false) { HoldNoise = true }, AnyRank),
        Case("switchable norm", () => new SwitchableNorm<double>(3), [.. Sequences, .. Images, [1, 3, 1, 2, 2]]),
        Case("switchable norm without instances", () => new SwitchableNorm<double>(3, useInstanceStatistics: false), AnyRank),
        Case("weight norm", () => new WeightNormLinear<double>(3, 4), [5, 3], [2, 4, 3], [3]),
        Case("weight norm without bias", () => new WeightNormLinear<double>(3, 4, bias: false), [5, 3], [2, 4, 3], [3]),
        Case("dynamic tanh", () => new DyT<double>(3), [5, 3], [2, 4, 3], [3]),
        Case("dynamic tanh of samples", () => new DyT<double>([4, 3]), [2, 4, 3]),
        Case("linear", () => new Linear<double>(4, 3), [5, 4], [2, 3, 4], [4]),
        Case("linear without bias", () => new Linear<double>(3, 3, bias: false), [5, 3]),
        Case("relu", () => new ReLU<double>(), [3, 4, 2]),
        Case("sigmoid", () => new Sigmoid<double>(), [3, 4, 2]),
        Case("identity", () => new Identity<double>(), [3, 4]),
        Case("one layer in a sequence", () => new Sequential<double>(new Linear<double>(4, 3)), [5, 4]),
        Case("nested sequences", () => new Sequential<double>(
            new Sequential<double>(new Linear<double>(4, 3), new Sigmoid<double>()), new Linear<double>(3, 2)), [5, 4]),
        Case("cross-entropy", () => new Loss(labels: [2, 0, 1, 2]), [4, 3]),
        Case("perceptron", () => new Mlp<double>([4, 6, 5, 3]), [7, 4]),
        Case("perceptron with sigmoids", () => new Mlp<double>([4, 6, 5, 3], activation: "sigmoid"), [7, 4]),
        Case("perceptron with batch norm", () => new Mlp<double>([4, 6, 5, 3], normalization: "batch"), [7, 4]),
        Case("perceptron with batch norm and cross-entropy", () => new Sequential<double>(
            new Mlp<double>([4, 6, 5, 3], normalization: "batch"), new Loss(labels: [0, 1, 2, 2, 1, 0, 0])), [7, 4]),
    ]);

    public static TheoryData<string, bool> Names => new MatrixTheoryData<string, bool>(Cases.Keys, Either);

    [Theory, MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences(string name, bool training)
    {
        var (make, shapes) = Cases[name];
        foreach (var shape in shapes)
        {
            var layer = Every.Prepared(make());
            layer.Train(training);

            GradientCheck.Passes(layer, Data.Normal<double>(seed: 1, shape, mean: 2, std: 3));
        }
    }

    static KeyValuePair<string, (Func<Layer<double>>, nint[][])> Case(string name, Func<Layer<double>> make, params nint[][] shapes) =>
        new(name, (make, shapes));

    static IEnumerable<KeyValuePair<string, (Func<Layer<double>>, nint[][])>> BatchNorms() =>
        from method in Enum.GetValues<BatchNormMethod>()
        from affine in Either
        from layer in new (string Name, Func<BatchNorm<double>> Make, nint[][] Shapes)[]
        {
            ("1d", () => new BatchNorm1d<double>(3, affine: affine), [.. Vectors, .. Sequences]),
            ("2d", () => new BatchNorm2d<double>(3, affine: affine, eps: 0.1), Images),
            ("3d", () => new BatchNorm3d<double>(3, affine: affine), Volumes),
        }
        select Case($"batch norm {layer.Name}, {method}, affine {affine}", () =>
        {
            var made = layer.Make();
            made.Method = method;
            return made;
        }, layer.Shapes);

    static IEnumerable<KeyValuePair<string, (Func<Layer<double>>, nint[][])>> SampleNorms() =>
        from affine in Either
        from layer in NormTests.Norms
        select Case($"{layer.Key}, affine {affine}", () => layer.Value.Make(0.01, affine), NormTests.Shape);

    /// <summary>The loss as a layer of one output, so that it can be checked as one.</summary>
    sealed class Loss(int[] labels) : Layer<double>
    {
        readonly SoftmaxCrossEntropy<double> loss = new();

        protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => (nint[])[1];

        protected override void ForwardCore(ReadOnlySpan<double> x, ReadOnlySpan<nint> shape, Span<double> y) =>
            y[0] = loss.Forward(new(x, shape), labels);

        protected override void BackwardCore(ReadOnlySpan<double> x, ReadOnlySpan<nint> shape, ReadOnlySpan<double> dy, Span<double> dx)
        {
            loss.Backward().FlattenTo(dx);
            foreach (ref var gradient in dx)
                gradient *= dy[0];
        }
    }
}
