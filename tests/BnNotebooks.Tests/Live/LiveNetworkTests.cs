using System.Numerics.Tensors;
using BnNotebooks.Core;
using static TorchSharp.torch;
using Tensor = System.Numerics.Tensors.Tensor;

namespace BnNotebooks.Tests.Live;

/// <summary>The loss and the optimizer beside libtorch's in double.</summary>
public class LiveNetworkTests
{
    // Both sides compute in double: what remains is a few roundings of numbers up to 10.
    const double Rounding = 1e-13;

    [Theory, InlineData(1), InlineData(50)]
    public void Cross_entropy_gives_what_libtorch_gives(double std)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var (samples, classes) = (random.Next(1, 9), random.Next(1, 13));
            var z = Numbers.Normal<double>(random, samples * classes, 0, std);
            int[] labels = [.. Enumerable.Range(0, samples).Select(_ => random.Next(classes))];
            var ours = new SoftmaxCrossEntropy<double>();
            var logits = tensor(z, [samples, classes], requires_grad: true);

            var loss = ours.Forward(Tensor.Create(z, [samples, classes]), labels);
            var expected = nn.functional.cross_entropy(logits, tensor(labels.Select(label => (long)label).ToArray(), int64));
            expected.backward();

            // Losses are up to some hundreds.
            Assert.Equal(expected.item<double>(), loss, 100 * Rounding);
            var gradient = ours.Backward();
            Assert.Equal(logits.shape, gradient.Lengths.ToArray().Select(length => (long)length));
            Numbers.Close(logits.grad!.data<double>().ToArray(), Numbers.Values(gradient), Rounding, $"gradient of seed {seed}");
        }
    }

    [Theory]
    [InlineData(0, 0), InlineData(0, 0.01), InlineData(0, 1), InlineData(0.5, 0), InlineData(0.5, 0.01), InlineData(0.5, 1)]
    [InlineData(0.9, 0), InlineData(0.9, 0.01), InlineData(0.9, 1), InlineData(1, 0), InlineData(1, 0.01), InlineData(1, 1)]
    public void Sgd_goes_where_libtorchs_goes(double momentum, double weightDecay)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var ours = new Parameter<double>("p", [1 + seed % 12], 0);
            Numbers.Normal<double>(random, ours.Values.Length, 0, 1).CopyTo(ours.Values);
            var theirs = new TorchSharp.Modules.Parameter(tensor(ours.Values.ToArray()));
            var sgd = new Sgd<double>([ours], lr: 0.1, momentum, weightDecay);
            using var torchSgd = optim.SGD([theirs], 0.1, momentum, weight_decay: weightDecay);

            for (var step = 0; step < 5; step++)
            {
                var gradient = Numbers.Normal<double>(random, ours.Values.Length, 0, 1);
                gradient.CopyTo(ours.Gradients);
                theirs.grad = tensor(gradient);
                sgd.Step();
                torchSgd.step();
            }

            Numbers.Close(theirs.data<double>().ToArray(), ours.Values.ToArray(), Rounding, $"seed {seed}");
        }
    }
}
