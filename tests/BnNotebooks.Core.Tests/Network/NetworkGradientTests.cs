namespace BnNotebooks.Core.Tests.Network;

public class NetworkGradientTests
{
    public static TheoryData<string> Layers => [.. All.Keys];

    private static readonly Dictionary<string, (Func<Layer<double>> Make, nint[] Shape)> All = new()
    {
        ["linear"] = (() => new Linear<double>(4, 3), [5, 4]),
        ["linear without bias"] = (() => new Linear<double>(3, 3, bias: false), [5, 3]),
        ["linear on sequences"] = (() => new Linear<double>(4, 2), [2, 3, 4]),
        ["linear on one sample"] = (() => new Linear<double>(4, 2), [4]),
        ["relu"] = (() => new ReLU<double>(), [3, 4, 2]),
        ["sigmoid"] = (() => new Sigmoid<double>(), [3, 4, 2]),
        ["identity"] = (() => new Identity<double>(), [3, 4]),
        ["one layer in a sequence"] = (() => new Sequential<double>(new Linear<double>(4, 3)), [5, 4]),
        ["nested sequences"] = (() => new Sequential<double>(
            new Sequential<double>(new Linear<double>(4, 3), new Sigmoid<double>()), new Linear<double>(3, 2)), [5, 4]),
        ["cross-entropy"] = (() => new Loss(labels: [2, 0, 1, 2]), [4, 3]),
        ["perceptron"] = (() => new Mlp<double>([4, 6, 5, 3]), [7, 4]),
        ["perceptron with sigmoids"] = (() => new Mlp<double>([4, 6, 5, 3], activation: "sigmoid"), [7, 4]),
        ["perceptron with batch norm"] = (() => new Mlp<double>([4, 6, 5, 3], normalization: "batch"), [7, 4]),
        ["perceptron with batch norm and cross-entropy"] = (() => new Sequential<double>(
            new Mlp<double>([4, 6, 5, 3], normalization: "batch"), new Loss(labels: [0, 1, 2, 2, 1, 0, 0])), [7, 4]),
    };

    [Theory, MemberData(nameof(Layers))]
    public void Gradients_agree_with_central_differences(string name)
    {
        var (make, shape) = All[name];

        GradientCheck.Passes(make(), Data.Normal<double>(seed: 1, shape));
    }

    [Fact]
    public void Gradients_of_a_perceptron_in_evaluation_agree_with_central_differences()
    {
        var network = new Mlp<double>([4, 6, 3], normalization: "batch");
        network.Forward(Data.Normal<double>(seed: 2, [9, 4], mean: 1));
        network.Eval();

        GradientCheck.Passes(network, Data.Normal<double>(seed: 3, [5, 4]));
    }

    [Fact]
    public void Gradients_of_a_network_add_up_until_they_are_zeroed()
    {
        var network = new Mlp<double>([3, 4, 2], normalization: "batch");
        network.Forward(Data.Normal<double>(seed: 4, [5, 3]));
        var gradient = Data.Normal<double>(seed: 5, [5, 2]);
        network.Backward(gradient);
        var once = network.Parameters.Select(parameter => parameter.Gradients.ToArray()).ToArray();

        network.Backward(gradient);

        // Double: adding in another order rounds the last digit differently.
        foreach (var (parameter, expected) in network.Parameters.Zip(once))
            Close.Assert<double>(expected.Select(g => 2 * g).ToArray(), parameter.Gradients.ToArray(), 1e-14, parameter.Name);
        network.ZeroGrad();
        Assert.All(network.Parameters, parameter => Assert.All(parameter.Gradients.ToArray(), g => Assert.Equal(0, g)));
    }

    /// <summary>The loss as a layer of one output, so that it can be checked as one.</summary>
    private sealed class Loss(int[] labels) : Layer<double>
    {
        private readonly SoftmaxCrossEntropy<double> loss = new();

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
