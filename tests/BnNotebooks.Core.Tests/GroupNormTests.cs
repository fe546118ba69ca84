using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class GroupNormTests
{
    private static readonly nint[] Shape = [2, 6, 2, 3];

    [Fact]
    public void With_one_group_it_is_layer_norm_over_channels_and_positions()
    {
        var (groupNorm, layerNorm) = (new GroupNorm<double>(1, 6), new LayerNorm<double>([6, 2, 3]));
        SetParameters(groupNorm);
        for (var i = 0; i < 36; i++)    // layer norm has a γ and a β for each value: here, those of its channel
        {
            layerNorm.Weight!.Values[i] = groupNorm.Weight!.Values[i / 6];
            layerNorm.Bias!.Values[i] = groupNorm.Bias!.Values[i / 6];
        }

        SameForwardAndBackward(layerNorm, groupNorm);
        Close.Assert<double>(ByChannel(layerNorm.Weight!), groupNorm.Weight!.Gradients.ToArray(), 1e-13, "weight.grad");
        Close.Assert<double>(ByChannel(layerNorm.Bias!), groupNorm.Bias!.Gradients.ToArray(), 1e-13, "bias.grad");

        static double[] ByChannel(Parameter<double> parameter) => [.. parameter.Gradients.ToArray().Chunk(6).Select(channel => channel.Sum())];
    }

    [Fact]
    public void With_as_many_groups_as_channels_it_is_instance_norm()
    {
        var (groupNorm, instanceNorm) = (new GroupNorm<double>(6, 6), new InstanceNorm2d<double>(6, affine: true));
        SetParameters(groupNorm);
        SetParameters(instanceNorm);

        SameForwardAndBackward(instanceNorm, groupNorm);
        Assert.Equal(instanceNorm.Weight!.Gradients.ToArray(), groupNorm.Weight!.Gradients.ToArray());
        Assert.Equal(instanceNorm.Bias!.Gradients.ToArray(), groupNorm.Bias!.Gradients.ToArray());
    }

    [Fact]
    public void Permuting_channels_within_a_group_permutes_those_of_the_output()
    {
        var x = Data.Normal<double>(seed: 1, [3, 4, 5]);
        var y = new GroupNorm<double>(2, 4).Forward(x);

        var ofSwapped = new GroupNorm<double>(2, 4).Forward(Swapped(x));

        Close.Assert(Swapped(y), ofSwapped, 1e-14, "output");       // sums in another order

        // Channels 0 and 1, and 2 and 3, change places.
        static Tensor<double> Swapped(Tensor<double> t) =>
            Tensor.Create(t.ToArray().Chunk(5).Chunk(2).SelectMany(pair => pair[1].Concat(pair[0])).ToArray(), t.Lengths);
    }

    [Fact]
    public void It_takes_features_without_positions()
    {
        var x = Data.Normal<float>(seed: 2, [3, 4]);

        var y = new GroupNorm(2, 4).Forward(x);

        Assert.Equal(new LayerNorm(2).Forward(Tensor.Create(x.ToArray(), [3, 2, 2])).ToArray(), y.ToArray());
    }

    [Fact]
    public void The_state_has_the_names_and_shapes_of_PyTorch()
    {
        var state = new GroupNorm(2, 6).StateDict();

        Assert.Equal(["weight", "bias"], state.Keys);
        Assert.All(state.Values, tensor => Assert.Equal([6], tensor.Shape));
        Assert.Empty(new GroupNorm(2, 6, affine: false).StateDict());
    }

    [Fact]
    public void Weights_start_as_ones_and_biases_as_zeros()
    {
        var layer = new GroupNorm(1, 3);

        Assert.Equal([1, 1, 1], layer.Weight!.Values.ToArray());
        Assert.Equal([0, 0, 0], layer.Bias!.Values.ToArray());
    }

    private static void SetParameters(SampleNorm<double> layer)
    {
        Data.Normal<double>(seed: 3, [6], mean: 1, std: 0.5).FlattenTo(layer.Weight!.Values);
        Data.Normal<double>(seed: 4, [6]).FlattenTo(layer.Bias!.Values);
    }

    private static void SameForwardAndBackward(Layer<double> expected, Layer<double> actual)
    {
        var x = Data.Normal<double>(seed: 5, Shape, mean: 2);
        var gradient = Data.Normal<double>(seed: 6, Shape);

        // Double: sums over a group in another order.
        Close.Assert(expected.Forward(x), actual.Forward(x), 1e-13, "output");
        Close.Assert(expected.Backward(gradient), actual.Backward(gradient), 1e-13, "gradInput");
    }
}
