using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class BatchNormPropertyTests
{
    // A float holds seven digits; outputs are of size 1 to 4, rounded once.
    private const double OneRounding = 5e-7;

    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 2, 1, 1, 1 }, { 22, 102, 1, 1 }, { 4, 3, 5, 6 }, { 1, 2, 3, 3 }, { 64, 7, 2, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Each_channel_comes_out_with_mean_0_and_variance_σ2_over_σ2_plus_ε(int n, int c, int h, int w)
    {
        const double eps = 0.5;     // large, so that the shrinking shows
        var x = Data.Normal<double>(seed: n, [n, c, h, w], mean: 3, std: 2);

        var y = new BatchNorm2d<double>(c, eps).Forward(x);

        for (var channel = 0; channel < c; channel++)
        {
            var variance = Variance(Channel(x, channel));
            Assert.Equal(0, Channel(y, channel).Average(), 1e-13);      // double: a few roundings of values of size 1
            Assert.Equal(variance / (variance + eps), Variance(Channel(y, channel)), 1e-13);
        }
    }

    [Fact]
    public void Scaling_and_shifting_a_channel_of_the_input_changes_nothing()
    {
        var x = Data.Normal<double>(seed: 1, [10, 4]);
        var moved = Tensor.Create(x.ToArray().Select((v, i) => v * (i % 4 + 0.5) - 7 * (i % 4)).ToArray(), [10, 4]);

        // ε = 0, because ε does not scale with the input.
        var layer = new BatchNorm1d<double>(4, eps: 0);

        Close.Assert(layer.Forward(x), layer.Forward(moved), 1e-12, "output");
    }

    [Fact]
    public void Permuting_samples_and_channels_of_the_input_permutes_those_of_the_output()
    {
        var x = Data.Normal<float>(seed: 2, [3, 2, 4]);
        float[] reversedByHand = [.. Enumerable.Range(0, 24).Select(i => x[2 - i / 8, 1 - i / 4 % 2, i % 4])];

        var y = new BatchNorm1d(2).Forward(x);
        var ofReversed = new BatchNorm1d(2).Forward(Tensor.Create(reversedByHand, [3, 2, 4]));

        float[] expected = [.. Enumerable.Range(0, 24).Select(i => y[2 - i / 8, 1 - i / 4 % 2, i % 4])];
        Close.Assert(Tensor.Create(expected, [3, 2, 4]), ofReversed, OneRounding, "output");
    }

    [Fact]
    public void With_momentum_1_evaluation_after_one_step_differs_from_training_by_the_unbiased_variance_only()
    {
        var x = Data.Normal<double>(seed: 3, [5, 2]);
        var layer = new BatchNorm1d<double>(2, eps: 0, momentum: 1);

        var trained = layer.Forward(x);
        layer.Eval();
        var evaluated = layer.Forward(x);

        // 5 samples: the unbiased variance is 5/4 of the biased one.
        var expected = trained.ToArray().Select(v => v * Math.Sqrt(4.0 / 5)).ToArray();
        Close.Assert(Tensor.Create(expected, [5, 2]), evaluated, 1e-13, "output");
    }

    [Fact]
    public void Without_momentum_the_running_statistics_are_the_averages_over_all_batches()
    {
        var layer = new BatchNorm1d<double>(1, momentum: null);
        foreach (var batch in new double[][] { [1, 3], [10, 14], [100, 100] })
            layer.Forward(Tensor.Create(batch, [2, 1]));

        Assert.Equal(3, layer.NumBatchesTracked);
        Assert.Equal((2 + 12 + 100) / 3.0, layer.RunningMean![0], 1e-12);
        Assert.Equal((2 + 8 + 0) / 3.0, layer.RunningVar![0], 1e-12);
    }

    [Fact]
    public void Evaluation_changes_no_running_statistics()
    {
        var layer = new BatchNorm1d(2);
        layer.Forward(Data.Normal<float>(seed: 4, [4, 2]));
        var (mean, variance) = (layer.RunningMean!.ToArray(), layer.RunningVar!.ToArray());

        layer.Eval();
        layer.Forward(Data.Normal<float>(seed: 5, [1, 2]));

        Assert.Equal(mean, layer.RunningMean!.ToArray());
        Assert.Equal(variance, layer.RunningVar!.ToArray());
        Assert.Equal(1, layer.NumBatchesTracked);
    }

    [Fact]
    public void Without_running_statistics_evaluation_normalizes_by_the_batch_too()
    {
        var x = Data.Normal<float>(seed: 6, [4, 2], mean: 50);
        var layer = new BatchNorm1d(2, trackRunningStats: false);

        var trained = layer.Forward(x);
        layer.Eval();

        Assert.Null(layer.RunningMean);
        Close.Assert(trained, layer.Forward(x), 0, "output");
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        // Steps of 1/16 around a million are exact in float, and so is their pattern after normalization.
        float[] pattern = [-2, -1, 0, 1, 2];
        var shifted = Tensor.Create(pattern.Select(v => 1e6f + v / 16).ToArray(), [5, 1]);

        var y = new BatchNorm1d(1, eps: 0).Forward(shifted);

        Close.Assert(Tensor.Create(pattern.Select(v => v / MathF.Sqrt(2)).ToArray(), [5, 1]), y, OneRounding, "output");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_number_spoils_its_own_channel_only(float bad)
    {
        var clean = Data.Normal<float>(seed: 7, [4, 3]);
        var spoiled = Tensor.Create(clean.ToArray(), [4, 3]);
        spoiled[1, 1] = bad;
        var layer = new BatchNorm1d(3);

        var y = layer.Forward(spoiled);

        var expected = new BatchNorm1d(3).Forward(clean);
        for (var n = 0; n < 4; n++)
        {
            Assert.True(float.IsNaN(y[n, 1]));
            Assert.Equal(expected[n, 0], y[n, 0]);
            Assert.Equal(expected[n, 2], y[n, 2]);
        }
        Assert.True(float.IsNaN(layer.RunningVar![1]));
        Assert.True(float.IsFinite(layer.RunningVar[0]) && float.IsFinite(layer.RunningVar[2]));
    }

    [Fact]
    public void A_constant_channel_comes_out_as_zeros()
    {
        var y = new BatchNorm1d(1).Forward(Tensor.Create([0.1f, 0.1f, 0.1f], [3, 1]));

        Assert.Equal([0, 0, 0], y.ToArray());
    }

    private static double[] Channel(Tensor<double> x, int channel)
    {
        var count = (int)(x.Lengths[2] * x.Lengths[3]);
        return [.. x.ToArray().Where((_, i) => i / count % x.Lengths[1] == channel)];
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
