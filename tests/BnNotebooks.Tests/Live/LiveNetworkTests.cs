using System.Numerics.Tensors;
using BnNotebooks.Core;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;
using Tensor = System.Numerics.Tensors.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

namespace BnNotebooks.Tests.Live;

/// <summary>Our network's parts beside libtorch's in double, on random shapes and options, forward and backward.</summary>
public class LiveNetworkTests
{
    private const int Cases = 200;

    // Both sides compute in double. Sums have up to 20 terms of up to 10 each; what remains is a few roundings of them.
    private const double Rounding = 1e-13;

    // What the flag decides, each test says: with or without a bias, ReLU or sigmoid, small or large logits.
    private sealed record Case(int Seed, int Samples, int Inputs, int Outputs, bool Flag, double Momentum, double WeightDecay)
    {
        public double[] Normal(int count, int stream, double std = 1)
        {
            var random = new Random(Seed + stream);
            return [.. Enumerable.Range(0, count).Select(_ =>
                std * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        }
    }

    private static readonly Gen<Case> AnyCase =
        from seed in Gen.Choose(0, int.MaxValue - 100)
        from samples in Gen.Choose(1, 8)
        from inputs in Gen.Choose(1, 20)
        from outputs in Gen.Choose(1, 12)
        from flag in Gen.Elements(true, false)
        from momentum in Gen.Elements(0, 0.5, 0.9, 1)
        from weightDecay in Gen.Elements(0, 0.01, 1)
        select new Case(seed, samples, inputs, outputs, flag, momentum, weightDecay);

    [Fact]
    public void Linear_gives_what_libtorch_gives() => ForAll(c =>
    {
        var ours = new Linear<double>(c.Inputs, c.Outputs, bias: c.Flag, new Random(c.Seed));
        var weight = Leaf(ours.Weight.Values.ToArray(), c.Outputs, c.Inputs);
        var bias = ours.Bias is null ? null : Leaf(ours.Bias.Values.ToArray(), c.Outputs);

        Compare(c, ours, c.Outputs, x => nn.functional.linear(x, weight, bias!));

        Close(weight.grad!, ours.Weight.Grad, c);
        if (bias is not null)
            Close(bias.grad!, ours.Bias!.Grad, c);
    });

    [Fact]
    public void Activations_give_what_libtorch_gives() => ForAll(c =>
    {
        if (c.Flag)
            Compare(c, new ReLU<double>(), c.Inputs, x => nn.functional.relu(x));
        else
            Compare(c, new Sigmoid<double>(), c.Inputs, nn.functional.sigmoid);
    });

    [Fact]
    public void Cross_entropy_gives_what_libtorch_gives() => ForAll(c =>
    {
        var z = c.Normal(c.Samples * c.Outputs, stream: 1, std: c.Flag ? 1 : 50);
        var random = new Random(c.Seed);
        int[] labels = [.. Enumerable.Range(0, c.Samples).Select(_ => random.Next(c.Outputs))];
        var ours = new SoftmaxCrossEntropy<double>();
        var logits = Leaf(z, c.Samples, c.Outputs);

        var loss = ours.Forward(Tensor.Create(z, [c.Samples, c.Outputs]), labels);
        var expected = nn.functional.cross_entropy(logits, tensor(labels.Select(label => (long)label).ToArray(), int64));
        expected.backward();

        // Losses are up to some hundreds.
        Assert.Equal(expected.item<double>(), loss, 100 * Rounding);
        Close(logits.grad!, ours.Backward(), c);
    });

    [Fact]
    public void Sgd_goes_where_libtorchs_goes() => ForAll(c =>
    {
        var ours = new Parameter<double>("p", [c.Outputs], 0);
        c.Normal(c.Outputs, stream: 1).CopyTo(ours.Values);
        var theirs = new TorchSharp.Modules.Parameter(tensor(ours.Values.ToArray()));
        var sgd = new Sgd<double>([ours], lr: 0.1, c.Momentum, c.WeightDecay);
        using var torchSgd = optim.SGD([theirs], 0.1, c.Momentum, weight_decay: c.WeightDecay);

        for (var step = 0; step < 5; step++)
        {
            var gradient = c.Normal(c.Outputs, stream: 2 + step);
            gradient.CopyTo(ours.Gradients);
            theirs.grad = tensor(gradient);
            sgd.Step();
            torchSgd.step();
        }

        Close(theirs, ours.Value, c);
    });

    private static void ForAll(Action<Case> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true),
        Prop.ForAll(AnyCase.ToArbitrary(), c =>
        {
            using var scope = NewDisposeScope();
            set_num_threads(1);
            check(c);
        }));

    private static void Compare(Case c, Layer<double> ours, int outputs, Func<TorchTensor, TorchTensor> torch)
    {
        var input = c.Normal(c.Samples * c.Inputs, stream: 1, std: 3);
        var gradOutput = c.Normal(c.Samples * outputs, stream: 2);
        var x = Leaf(input, c.Samples, c.Inputs);

        var output = ours.Forward(Tensor.Create(input, [c.Samples, c.Inputs]));
        var gradInput = ours.Backward(Tensor.Create(gradOutput, [c.Samples, outputs]));
        var y = torch(x);
        y.backward([tensor(gradOutput, [c.Samples, outputs])]);

        Close(y, output, c);
        Close(x.grad!, gradInput, c);
    }

    private static TorchTensor Leaf(double[] values, params long[] shape) => tensor(values, shape, requires_grad: true);

    private static void Close(TorchTensor expected, Tensor<double> actual, Case c)
    {
        Assert.Equal(expected.shape, actual.Lengths.ToArray().Select(length => (long)length));
        var values = new double[actual.FlattenedLength];
        actual.FlattenTo(values);
        var difference = expected.data<double>().ToArray().Zip(values, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= Rounding, $"They differ by {difference:g3}, allowed is {Rounding:g3}; {c}");
    }
}
