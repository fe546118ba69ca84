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
    public void Unlike_stochastic_batch_norm_it_takes_a_common_shift_and_scale_of_its_input_away()
    {
        var x = Data.Normal<double>(seed: 1, [16, 3], mean: 0, std: 1);
        var moved = Tensor.Add(Tensor.Multiply(x, 100.0), 1000.0);
        double Change(Layer<double> layer) => layer.Forward(x).Zip(layer.Forward(moved), (a, b) => Math.Abs(a - b)).Max();

        Assert.True(Change(new NoisyBatchNorm<double>(3, 8) { HoldNoise = true }) < 1e-3);
        Assert.True(Change(new StochasticBatchNorm<double>(3, 8) { HoldNoise = true }) > 100);
    }
}
