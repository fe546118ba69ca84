using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class HiddenLayerTests
{
    [Fact]
    public void The_table_of_a_layer_is_what_its_activation_function_gives()
    {
        var first = Small.Perceptron with { BatchSize = 150 };
        var signals = Signals.Follow(first)[0][1]; // the whole training data, in another order
        var data = HiddenLayer.AsData(first, layer: 2, seed: 1);

        Assert.Equal([150, 20], data.Train.Inputs.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal(Small.Images.Test.Labels, data.Test.Labels);
        Assert.Equal(signals.OutputTable.Signal, UnitTable.Of(data.Train).Signal, 1e-5); // float rounding
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)] // the output layer
    public void A_layer_that_is_not_hidden_is_refused(int layer) =>
        Assert.Contains("from 1 to 2", Assert.Throws<ArgumentException>(() => HiddenLayer.AsData(Small.Perceptron, layer, seed: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cnns_layer_is_refused() => Assert.Throws<ArgumentException>(() => HiddenLayer.AsData(Small.Cnn, layer: 1, seed: 1));

    [Fact]
    public void Training_moves_a_hidden_layer_the_further_the_larger_its_steps()
    {
        double Drift(double rate) => HiddenLayer.Drift(Small.Perceptron with { LearningRate = rate }, layer: 2, seed: 1);
        Assert.InRange(Drift(1e-9), 0, 1e-5);
        Assert.True(Drift(0.1) > Drift(0.01));
    }

    // Normalization divides the factor out: the loss stays, and the gradient of a function of W/‖W‖ is at right angles to W and
    // shrinks as W grows.
    [Fact]
    public void With_batch_norm_larger_weights_leave_the_loss_and_divide_the_gradient()
    {
        var looks = WeightScale.Look(Small.Perceptron with { Normalization = Norm.Batch }, layer: 2, seed: 1, 1, 2, 8);
        foreach (var look in looks)
        {
            Assert.Equal(looks[0].Loss, look.Loss, 1e-3); // ε weighs less beside a larger variance
            Assert.Equal(1, look.Gradient * look.Factor / looks[0].Gradient, 1e-2);
            Assert.Equal(1, look.Relative * look.Factor * look.Factor / looks[0].Relative, 1e-2);
            Assert.InRange(Math.Abs(look.Cosine), 0, 1e-3);
        }
    }

    [Fact]
    public void Without_it_the_loss_changes_with_the_weights()
    {
        var looks = WeightScale.Look(Small.Perceptron, layer: 2, seed: 1, 1, 8);
        Assert.True(Math.Abs(looks[1].Loss - looks[0].Loss) > 0.1);
        Assert.True(looks[1].Gradient > looks[0].Gradient);
    }

    [Fact]
    public void Only_a_hidden_layers_weights_can_be_looked_at() =>
        Assert.Throws<ArgumentException>(() => WeightScale.Look(Small.Perceptron, layer: 3, seed: 1, 1));
}
