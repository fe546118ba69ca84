using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class NoisyBatchNormTests
{
    [Fact]
    public void With_the_noise_of_a_huge_batch_it_is_batch_norm()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3], mean: 2, std: 3);
        var (noisy, plain) = (new NoisyBatchNorm<double>(3, 10_000_000), new BatchNorm1d<double>(3));

        Assert.All(noisy.Forward(x).Zip(plain.Forward(x)), pair => Assert.Equal(pair.Second, pair.First, 1e-2));
    }

    [Fact]
    public void Noise_moves_and_stretches_a_channel_as_one_and_differs_from_pass_to_pass()
    {
        var x = Data.Normal<double>(seed: 1, [16, 1], mean: 2, std: 3);
        var layer = new NoisyBatchNorm<double>(1, 8);

        var (first, second) = (layer.Forward(x), layer.Forward(x));

        var factors = Enumerable.Range(1, 15).Select(n => (first[n, 0] - first[0, 0]) / (second[n, 0] - second[0, 0])).ToArray();
        Assert.All(factors, factor => Assert.Equal(factors[0], factor, 1e-6));
        Assert.True(Math.Abs(factors[0] - 1) > 1e-3, $"{factors[0]}");
    }

    [Fact]
    public void Evaluation_has_no_noise()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3], mean: 2, std: 3);
        var (noisy, plain) = (new NoisyBatchNorm<double>(3, 8), new BatchNorm1d<double>(3));
        noisy.Forward(x);
        plain.Forward(x);
        noisy.Eval();
        plain.Eval();

        Assert.All(noisy.Forward(x).Zip(plain.Forward(x)), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Noise_that_is_held_outlives_a_pass_in_evaluation_mode()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3], mean: 2, std: 3);
        var layer = new NoisyBatchNorm<double>(3, 8) { HoldNoise = true };
        var before = layer.Forward(x);
        layer.Eval();
        layer.Forward(x);
        layer.Train();

        Assert.Equal(before.ToArray(), layer.Forward(x).ToArray());
    }

    [Fact]
    public void Unlike_stochastic_batch_norm_it_takes_a_common_shift_and_scale_of_its_input_away()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3], mean: 0, std: 1);
        var moved = Tensor.Add(Tensor.Multiply(x, 100.0), 1000.0);
        double Change(Layer<double> layer) => layer.Forward(x).Zip(layer.Forward(moved), (a, b) => Math.Abs(a - b)).Max();

        Assert.True(Change(new NoisyBatchNorm<double>(3, 8) { HoldNoise = true }) < 1e-3);
        Assert.True(Change(new StochasticBatchNorm<double>(3, 8) { HoldNoise = true }) > 100);
    }

    // y = r·x̂ + d with r = 1/√V and d = −r·U: two samples of a channel give back its U and V.
    [Fact]
    public void The_noise_is_that_of_the_mean_and_variance_of_a_batch_of_the_imitated_size()
    {
        const int Channels = 20_000, M = 8;
        var x = Data.Normal<double>(seed: 1, [4, Channels], mean: 2, std: 3);
        var (plain, noisy) = (new BatchNorm1d<double>(Channels, eps: 0.5).Forward(x), new NoisyBatchNorm<double>(Channels, M, eps: 0.5).Forward(x));

        double[] u = new double[Channels], v = new double[Channels];
        for (var c = 0; c < Channels; c++)
        {
            var r = (noisy[0, c] - noisy[1, c]) / (plain[0, c] - plain[1, c]);
            (u[c], v[c]) = (plain[0, c] - noisy[0, c] / r, 1 / (r * r));
        }

        // Of 20,000 draws the mean of U is off by 0.0025, its variance 1/M by 0.0013, the mean of V, (M − 1)/M + ε, by 0.0033: four of these each.
        Assert.Equal(0, u.Average(), 0.01);
        Assert.Equal(1.0 / M, u.Average(value => value * value), 0.005);
        Assert.Equal((M - 1.0) / M + 0.5, v.Average(), 0.013);
    }

    [Fact]
    public void The_generator_that_it_is_given_decides_the_noise()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3]);
        Tensor<double> With(int seed) => new NoisyBatchNorm<double>(3, noiseBatchSize: 2, random: new Random(seed)).Forward(x);

        Assert.Equal(With(5).ToArray(), With(5).ToArray());
        Assert.NotEqual(With(5).ToArray(), With(6).ToArray());
    }
}
