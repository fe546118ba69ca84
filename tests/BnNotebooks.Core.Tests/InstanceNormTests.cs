using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public sealed class InstanceNormTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bn-instance-norm-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_channel_of_each_sample_is_a_batch_norm_by_itself()
    {
        var x = Data.Normal<double>(seed: 1, [3, 2, 5], mean: 4);
        var y = new InstanceNorm1d<double>(2).Forward(x).ToArray();

        var alone = x.ToArray().Chunk(5).SelectMany(channel =>
            new BatchNorm1d<double>(1).Forward(Tensor.Create(channel, [1, 1, 5])).ToArray());

        Assert.Equal(alone, y);
    }

    [Fact]
    public void Permuting_samples_and_channels_of_the_input_permutes_those_of_the_output()
    {
        var x = Data.Normal<double>(seed: 2, [3, 2, 5]);
        var y = new InstanceNorm1d<double>(2).Forward(x).ToArray();
        double[] reversed = [.. x.ToArray().Chunk(5).Reverse().SelectMany(channel => channel)];

        var ofReversed = new InstanceNorm1d<double>(2).Forward(Tensor.Create(reversed, [3, 2, 5])).ToArray();

        Assert.Equal(y.Chunk(5).Reverse().SelectMany(channel => channel), ofReversed);
    }

    [Fact]
    public void A_sample_without_a_batch_is_a_batch_of_one()
    {
        var x = Data.Normal<float>(seed: 3, [2, 3, 2]);

        var y = new InstanceNorm2d(2).Forward(x);

        Assert.Equal([2, 3, 2], y.Lengths.ToArray());
        Assert.Equal(new InstanceNorm2d(2).Forward(Tensor.Create(x.ToArray(), [1, 2, 3, 2])).ToArray(), y.ToArray());
    }

    [Fact]
    public void The_running_statistics_move_towards_the_averages_over_the_samples()
    {
        var layer = new InstanceNorm1d<double>(1, momentum: 0.25, trackRunningStats: true);

        layer.Forward(Tensor.Create(new double[] { 1, 3, 10, 14 }, [2, 1, 2]));     // means 2 and 12, unbiased variances 2 and 8

        Assert.Equal(0.25 * 7, layer.RunningMean![0], 1e-15);
        Assert.Equal(0.75 + 0.25 * 5, layer.RunningVar![0], 1e-15);
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them_alone()
    {
        var layer = new InstanceNorm1d<double>(1, eps: 0, trackRunningStats: true);
        (layer.RunningMean![0], layer.RunningVar![0]) = (10, 4);
        layer.Eval();

        var y = layer.Forward(Tensor.Create(new double[] { 10, 12, 6, 9 }, [2, 1, 2]));

        Assert.Equal([0, 1, -2, -0.5], y.ToArray());
        Assert.Equal((10, 4), (layer.RunningMean[0], layer.RunningVar[0]));
    }

    [Fact]
    public void In_evaluation_with_running_statistics_one_position_is_enough()
    {
        var layer = new InstanceNorm2d(3, trackRunningStats: true);
        layer.Eval();

        Assert.Equal([2, 3, 1, 1], layer.Forward(Data.Normal<float>(seed: 4, [2, 3, 1, 1])).Lengths.ToArray());
    }

    [Fact]
    public void A_value_that_is_no_number_spoils_the_running_statistics_of_its_channel_only()
    {
        var layer = new InstanceNorm1d(3, trackRunningStats: true);
        var x = Data.Normal<float>(seed: 5, [2, 3, 4]);
        x[1, 1, 2] = float.NaN;

        layer.Forward(x);

        Assert.Equal([false, true, false], layer.RunningMean!.ToArray().Select(float.IsNaN));
        Assert.Equal([false, true, false], layer.RunningVar!.ToArray().Select(float.IsNaN));
    }

    [Fact]
    public void The_state_has_the_names_of_PyTorch()
    {
        Assert.Empty(new InstanceNorm2d(3).StateDict());
        Assert.Equal(["weight", "bias"], new InstanceNorm2d(3, affine: true).StateDict().Keys);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
            new InstanceNorm2d(3, affine: true, trackRunningStats: true).StateDict().Keys);
    }

    [Fact]
    public void A_saved_layer_comes_back_to_the_last_bit_and_its_counter_stays_0_as_in_PyTorch()
    {
        var file = Path.Combine(folder, "instance-norm.safetensors");
        var saved = new InstanceNorm1d(2, affine: true, trackRunningStats: true);
        Data.Normal<float>(seed: 6, [2]).FlattenTo(saved.Weight!.Values);
        saved.Forward(Data.Normal<float>(seed: 7, [4, 2, 3]));
        SafeTensors.Save(file, saved.StateDict());

        var loaded = new InstanceNorm1d(2, affine: true, trackRunningStats: true);
        loaded.LoadStateDict(SafeTensors.Load(file));

        Assert.Equal(saved.Weight.Values.ToArray(), loaded.Weight!.Values.ToArray());
        Assert.Equal(saved.RunningMean!.ToArray(), loaded.RunningMean!.ToArray());
        Assert.Equal(saved.RunningVar!.ToArray(), loaded.RunningVar!.ToArray());
        Assert.Equal(new byte[8], File.ReadAllBytes(file)[^8..]);       // num_batches_tracked comes last
    }
}
