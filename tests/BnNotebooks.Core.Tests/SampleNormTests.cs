using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>What layer, group, instance and RMS norm are to one another and to batch norm, and what each has for itself.</summary>
public class SampleNormTests
{
    static readonly nint[] Shape = [2, 6, 2, 3];

    // Double: sums over a group in another order.
    const double Rounding = 1e-13;

    [Fact]
    public void Group_norm_with_one_group_is_layer_norm_over_channels_and_positions()
    {
        var (groupNorm, layerNorm) = (Every.Prepared(new GroupNorm<double>(1, 6)), new LayerNorm<double>([6, 2, 3]));
        for (var i = 0; i < 36; i++)    // layer norm has a γ and a β for each value: here, those of its channel
        {
            layerNorm.Weight!.Values[i] = groupNorm.Weight!.Values[i / 6];
            layerNorm.Bias!.Values[i] = groupNorm.Bias!.Values[i / 6];
        }

        SameForwardAndBackward(layerNorm, groupNorm);
        Close.Assert<double>(ByChannel(layerNorm.Weight!), groupNorm.Weight!.Gradients.ToArray(), Rounding, "weight.grad");
        Close.Assert<double>(ByChannel(layerNorm.Bias!), groupNorm.Bias!.Gradients.ToArray(), Rounding, "bias.grad");

        static double[] ByChannel(Parameter<double> parameter) => [.. parameter.Gradients.ToArray().Chunk(6).Select(channel => channel.Sum())];
    }

    [Fact]
    public void Group_norm_with_as_many_groups_as_channels_is_instance_norm()
    {
        var (groupNorm, instanceNorm) = (Every.Prepared(new GroupNorm<double>(6, 6)), Every.Prepared(new InstanceNorm2d<double>(6, affine: true)));

        SameForwardAndBackward(instanceNorm, groupNorm);
        Assert.Equal(instanceNorm.Weight!.Gradients.ToArray(), groupNorm.Weight!.Gradients.ToArray());
        Assert.Equal(instanceNorm.Bias!.Gradients.ToArray(), groupNorm.Bias!.Gradients.ToArray());
    }

    [Fact]
    public void Group_norm_takes_features_without_positions()
    {
        var x = Data.Normal<float>(seed: 2, [3, 4]);

        var y = new GroupNorm(2, 4).Forward(x);

        Assert.Equal(new LayerNorm(2).Forward(Tensor.Create(x.ToArray(), [3, 2, 2])).ToArray(), y.ToArray());
    }

    [Fact]
    public void Each_channel_of_each_sample_of_instance_norm_is_a_batch_norm_by_itself()
    {
        var x = Data.Normal<double>(seed: 1, [3, 2, 5], mean: 4);
        var y = new InstanceNorm1d<double>(2).Forward(x).ToArray();

        var alone = x.ToArray().Chunk(5).SelectMany(channel =>
            new BatchNorm1d<double>(1).Forward(Tensor.Create(channel, [1, 1, 5])).ToArray());

        Assert.Equal(alone, y);
    }

    [Fact]
    public void A_sample_without_a_batch_is_a_batch_of_one()
    {
        var x = Data.Normal<float>(seed: 3, [2, 3, 2]);
        var batch = Tensor.Create(x.ToArray(), [1, 2, 3, 2]);

        foreach (var layer in new Layer<float>[] { new InstanceNorm2d(2), new LayerNorm([2, 3, 2]), new RmsNorm([2, 3, 2]) })
        {
            Assert.Equal([2, 3, 2], layer.Forward(x).Lengths.ToArray());
            Assert.Equal(layer.Forward(batch).ToArray(), layer.Forward(x).ToArray());
        }
    }

    [Fact]
    public void A_shape_of_one_dimension_may_be_given_as_a_number()
    {
        var x = Data.Normal<float>(seed: 2, [2, 3, 4]);

        Assert.Equal(new LayerNorm([4]).Forward(x).ToArray(), new LayerNorm(4).Forward(x).ToArray());
        Assert.Equal([4], new LayerNorm(4).NormalizedShape);
    }

    [Fact]
    public void The_running_statistics_of_instance_norm_move_towards_the_averages_over_the_samples_and_its_counter_stays_0_as_in_PyTorch()
    {
        var layer = new InstanceNorm1d<double>(1, momentum: 0.25, trackRunningStats: true);

        layer.Forward(Tensor.Create(new double[] { 1, 3, 10, 14 }, [2, 1, 2]));     // means 2 and 12, unbiased variances 2 and 8

        Assert.Equal(0.25 * 7, layer.RunningMean![0], 1e-15);
        Assert.Equal(0.75 + 0.25 * 5, layer.RunningVar![0], 1e-15);
        Assert.Equal([0L], layer.StateDict()["num_batches_tracked"].To<long>().ToArray());
    }

    [Fact]
    public void Evaluation_of_instance_norm_uses_the_running_statistics_so_that_one_position_is_enough()
    {
        var layer = new InstanceNorm1d<double>(1, eps: 0, trackRunningStats: true);
        (layer.RunningMean![0], layer.RunningVar![0]) = (10, 4);
        layer.Eval();

        Assert.Equal([0, 1, -2, -0.5], layer.Forward(Tensor.Create(new double[] { 10, 12, 6, 9 }, [2, 1, 2])).ToArray());
        Assert.Equal([1], layer.Forward(Tensor.Create<double>([12], [1, 1, 1])).ToArray());
    }

    [Fact]
    public void Each_row_of_RMS_norm_comes_out_with_the_mean_square_of_the_input_over_itself_plus_ε()
    {
        const double eps = 0.5;
        var x = Data.Normal<double>(seed: 1, [3, 7], mean: 5);

        var y = new RmsNorm<double>(7, eps).Forward(x);

        foreach (var (before, after) in x.ToArray().Chunk(7).Zip(y.ToArray().Chunk(7)))
            Assert.Equal(MeanSquare(before) / (MeanSquare(before) + eps), MeanSquare(after), 1e-14);        // double: a few roundings

        static double MeanSquare(double[] row) => row.Average(v => v * v);
    }

    [Fact]
    public void Scaling_a_row_of_RMS_norm_changes_nothing_and_turning_its_sign_turns_the_outputs()
    {
        var x = Data.Normal<double>(seed: 2, [1, 6]);
        var layer = new RmsNorm<double>(6, eps: 0);
        var y = layer.Forward(x).ToArray();

        var scaled = layer.Forward(Tensor.Create(x.ToArray().Select(v => -7.5 * v).ToArray(), [1, 6]));

        Close.Assert<double>(y.Select(v => -v).ToArray(), scaled.ToArray(), 1e-14, "output");
    }

    [Fact]
    public void Of_a_row_with_mean_0_RMS_norm_is_layer_norm()
    {
        var x = Tensor.Create(new double[] { -3, 1, 2, 5, -1, -4 }, [2, 3]);

        Close.Assert(new LayerNorm<double>(3, eps: 0).Forward(x), new RmsNorm<double>(3, eps: 0).Forward(x), 1e-14, "output");
    }

    [Fact]
    public void Without_another_eps_that_of_RMS_norm_is_the_rounding_unit_of_the_type_as_in_PyTorch() =>
        Assert.Equal((Math.ScaleB(1, -23), Math.ScaleB(1, -52)), (new RmsNorm(3).Eps, new RmsNorm<double>(3).Eps));

    [Theory] // Squares that a float cannot hold are no trouble; zeros stay zeros; a single value comes out as its sign.
    [InlineData(new[] { 1e30f, -1e30f }, new[] { 1f, -1f }, 0)]
    [InlineData(new[] { 1e-40f, -1e-40f }, new[] { 1f, -1f }, 0)]
    [InlineData(new[] { 0f, 0f, 0f }, new[] { 0f, 0f, 0f }, 1e-5)]
    [InlineData(new[] { -5f }, new[] { -1f }, 0)]
    public void A_row_of_RMS_norm_may_be_huge_tiny_zero_or_a_single_value(float[] row, float[] expected, double eps) =>
        Close.Assert<float>(expected, new RmsNorm(row.Length, eps).Forward(Tensor.Create(row, [1, row.Length])).ToArray(), 1e-7, "output");

    static void SameForwardAndBackward(Layer<double> expected, Layer<double> actual)
    {
        var (x, gradient) = (Data.Normal<double>(seed: 5, Shape, mean: 2), Data.Normal<double>(seed: 6, Shape));

        Close.Assert(expected.Forward(x), actual.Forward(x), Rounding, "output");
        Close.Assert(expected.Backward(gradient), actual.Backward(gradient), Rounding, "gradInput");
    }
}
