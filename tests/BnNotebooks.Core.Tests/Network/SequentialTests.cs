using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Network;

public class SequentialTests
{
    [Fact]
    public void Parameters_and_buffers_are_called_by_their_layers_place_as_in_PyTorch()
    {
        var network = new Mlp([4, 3, 2], normalization: "batch");

        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"], network.Parameters.Select(p => p.Name));
        Assert.Equal(["1.running_mean", "1.running_var", "1.num_batches_tracked"], network.Buffers.Select(b => b.Name));
        Assert.Equal(["0.0.weight", "0.0.bias"], new Sequential(new Sequential(new Linear(2, 1))).Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Parameters_are_the_layers_own_memory()
    {
        var linear = new Linear(3, 2);
        var network = new Sequential(new ReLU(), linear);
        network.Forward(Data.Normal<float>(seed: 1, [4, 3]));
        network.Backward(Data.Normal<float>(seed: 2, [4, 2]));

        network.Parameters[0].Values[5] = 42;

        Assert.Equal(42, linear.Weight.Value[1, 2]);
        Assert.Equal(linear.Weight.Gradients.ToArray(), network.Parameters[0].Gradients.ToArray());
        network.ZeroGrad();
        Assert.Equal([0, 0], linear.Bias!.Gradients.ToArray());
    }

    [Fact]
    public void A_sequence_does_what_its_layers_do_one_after_the_other()
    {
        var x = Data.Normal<float>(seed: 3, [5, 4]);
        var gradient = Data.Normal<float>(seed: 4, [5, 2]);
        var (first, second, third) = (new Linear(4, 3), new Sigmoid(), new Linear(3, 2));
        var expected = third.Forward(second.Forward(first.Forward(x)));
        var expectedGradient = first.Backward(second.Backward(third.Backward(gradient)));

        var network = new Sequential(new Linear(4, 3), new Sigmoid(), new Linear(3, 2));

        Close.Assert(expected, network.Forward(x), 0, "output");
        Close.Assert(expectedGradient, network.Backward(gradient), 0, "gradInput");
        Close.Assert(first.Weight.Grad, network.Parameters[0].Grad, 0, "0.weight.grad");
        Close.Assert(third.Bias!.Grad, network.Parameters[3].Grad, 0, "2.bias.grad");
    }

    [Fact]
    public void The_mode_of_a_sequence_is_that_of_all_its_layers()
    {
        var batchNorm = new BatchNorm1d(3);
        var network = new Sequential(new Sequential(batchNorm), new ReLU()) { GradEnabled = false };

        network.Eval();
        Assert.False(batchNorm.Training);
        Assert.False(batchNorm.GradEnabled);

        network.Train();
        network.GradEnabled = true;
        Assert.True(batchNorm.Training);
        Assert.True(batchNorm.GradEnabled);
    }

    [Fact]
    public void Networks_of_one_seed_start_the_same_whatever_their_normalization()
    {
        var plain = new Mlp([4, 3, 2], "none", seed: 5);
        var normalized = new Mlp([4, 3, 2], "batch", seed: 5).Parameters.ToDictionary(p => p.Name);

        Assert.Equal(["0.weight", "0.bias", "3.weight", "3.bias"], plain.Parameters.Select(p => p.Name));
        foreach (var parameter in plain.Parameters)
            Assert.Equal(parameter.Values.ToArray(), normalized[parameter.Name].Values.ToArray());
        Assert.NotEqual(plain.Parameters[0].Values.ToArray(), new Mlp([4, 3, 2], seed: 6).Parameters[0].Values.ToArray());
    }

    [Fact]
    public void Every_normalization_and_every_activation_makes_a_perceptron()
    {
        foreach (var normalization in Normalizations.Names)
            foreach (var activation in Activations.Names)
            {
                var network = new Mlp([4, 6, 6, 3], normalization, activation);
                var output = network.Forward(Data.Normal<float>(seed: 11, [5, 4]));

                Assert.True(TensorPrimitives.IsFiniteAll<float>(output.ToArray()), $"{normalization}, {activation}");
                Assert.Equal(output.Lengths.ToArray(), network.Forward(Data.Normal<float>(seed: 12, [5, 4])).Lengths.ToArray());
            }
    }

    [Theory, InlineData("none", "relu"), InlineData("batch", "relu"), InlineData("batch", "sigmoid")]
    public void A_perceptron_learns_what_no_linear_layer_can(string normalization, string activation)
    {
        // Exclusive or: no straight line parts {(0,0), (1,1)} from {(0,1), (1,0)}.
        var x = Tensor.Create([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
        int[] labels = [0, 1, 1, 0];
        var network = new Mlp([2, 16, 2], normalization, activation, seed: 1);
        var loss = new SoftmaxCrossEntropy();
        var sgd = new Sgd(network.Parameters, lr: 0.1, momentum: 0.9);

        for (var step = 0; step < 300; step++)
        {
            sgd.ZeroGrad();
            loss.Forward(network.Forward(x), labels);
            network.Backward(loss.Backward());
            sgd.Step();
        }

        // A linear layer stays at log 2 ≈ 0.69.
        Assert.InRange(loss.Forward(network.Forward(x), labels), 0, 0.05f);
    }
}
