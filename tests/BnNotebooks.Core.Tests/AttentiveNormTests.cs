using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class AttentiveNormTests
{
    // Double: a few roundings of values of size 1 to 10.
    const double Rounding = 1e-13;

    [Theory, InlineData(true), InlineData(false)]
    public void With_one_component_and_an_attention_of_1_it_is_batch_norm(bool training)
    {
        var x = Data.Normal<double>(seed: 2, [4, 3, 2, 3], mean: 5);
        var gradient = Data.Normal<double>(seed: 3, [4, 3, 2, 3]);
        var layer = new AttentiveNorm<double>(3, numComponents: 1);
        layer.AttentionWeight.Value.Fill(0);
        layer.AttentionBias.Value.Fill(50);         // sigmoid(50) = 1 − 2e-22, which rounds to 1
        var batchNorm = new BatchNorm2d<double>(3);
        layer.Weight.Values.CopyTo(batchNorm.Weight!.Values);
        layer.Bias.Values.CopyTo(batchNorm.Bias!.Values);
        foreach (var either in new Layer<double>[] { batchNorm, layer })
        {
            either.Forward(Data.Normal<double>(seed: 4, [4, 3, 2, 3], mean: 5));
            either.Train(training);
        }

        Close.Assert(batchNorm.Forward(x), layer.Forward(x), Rounding, "output");
        Close.Assert(batchNorm.Backward(gradient), layer.Backward(gradient), Rounding, "gradInput");
        Close.Assert<double>(batchNorm.Weight.Gradients.ToArray(), layer.Weight.Gradients.ToArray(), Rounding, "weight.grad");
        Close.Assert<double>(batchNorm.Bias.Gradients.ToArray(), layer.Bias.Gradients.ToArray(), Rounding, "bias.grad");
        Close.Assert(batchNorm.RunningMean!, layer.RunningMean, 0, "running_mean");
        Close.Assert(batchNorm.RunningVar!, layer.RunningVar, 0, "running_var");
        Assert.Equal(batchNorm.NumBatchesTracked, layer.NumBatchesTracked);
    }

    [Fact]
    public void Components_that_are_all_the_same_are_one_weighted_by_all_the_attention()
    {
        var x = Data.Normal<double>(seed: 5, [3, 2, 4]);
        var layer = Every.Prepared(new AttentiveNorm<double>(2, numComponents: 3));
        layer.Weight.Value.Fill(1.5);
        layer.Bias.Value.Fill(0.25);

        var y = layer.Forward(x).ToArray();

        var normalized = new BatchNorm1d<double>(2, affine: false).Forward(x).ToArray();
        var attention = layer.Attention.ToArray();
        var expected = normalized.Select((v, i) => attention.Skip(i / 8 * 3).Take(3).Sum() * (1.5 * v + 0.25)).ToArray();
        Close.Assert<double>(expected, y, Rounding, "output");
    }

    [Fact]
    public void A_samples_attention_depends_on_that_sample_alone()
    {
        var layer = Every.Prepared(new AttentiveNorm<double>(2, numComponents: 3));
        var x = Data.Normal<double>(seed: 6, [2, 2, 4]).ToArray();
        layer.Forward(Tensor.Create(x, [2, 2, 4]));
        var together = layer.Attention.ToArray();

        layer.Forward(Tensor.Create(x[8..], [1, 2, 4]));

        Assert.Equal(together[3..], layer.Attention.ToArray());
        Assert.All(together, lambda => Assert.InRange(lambda, 0, 1));
        Assert.NotEqual(together[..3], together[3..]);
    }

    [Fact]
    public void Attention_far_out_is_0_or_1_and_no_NaN()
    {
        var layer = new AttentiveNorm<double>(1, numComponents: 2);
        layer.AttentionWeight.Value.Fill(0);
        layer.AttentionBias.Values[0] = -1e4;
        layer.AttentionBias.Values[1] = 1e4;

        layer.Forward(Data.Normal<double>(seed: 7, [2, 1]));
        layer.Backward(Data.Normal<double>(seed: 8, [2, 1]));

        Assert.Equal([0, 1, 0, 1], layer.Attention.ToArray());
        Assert.Equal([0, 0], layer.AttentionBias.Gradients.ToArray());
    }

    [Fact]
    public void A_new_layer_scales_by_about_1_shifts_by_about_0_and_attends_by_at_most_one_over_the_root_of_its_features()
    {
        var layer = new AttentiveNorm<double>(25, numComponents: 40);

        // Of 1000 draws a mean has the standard error 0.1/√1000 = 0.003 and a standard deviation one of 0.002.
        Assert.Empty(layer.Attention.ToArray());
        foreach (var (parameter, mean) in new[] { (layer.Weight, 1.0), (layer.Bias, 0.0) })
        {
            Assert.Equal(mean, parameter.Values.ToArray().Average(), 0.015);
            Assert.Equal(0.1, Math.Sqrt(Data.Variance(parameter.Values.ToArray())), 0.01);
        }
        Assert.InRange(layer.AttentionWeight.Values.ToArray().Max(Math.Abs), 0.19, 0.2);
        Assert.InRange(layer.AttentionBias.Values.ToArray().Max(Math.Abs), 0.15, 0.2);
    }

    [Fact]
    public void The_same_generator_makes_the_same_layer_and_components_differ()
    {
        var (a, b, c) = (new AttentiveNorm(4), new AttentiveNorm(4, random: new Random(0)), new AttentiveNorm(4, random: new Random(1)));

        Assert.Equal(a.Weight.Values.ToArray(), b.Weight.Values.ToArray());
        Assert.Equal(a.AttentionWeight.Values.ToArray(), b.AttentionWeight.Values.ToArray());
        Assert.NotEqual(a.Weight.Values.ToArray(), c.Weight.Values.ToArray());
        Assert.Equal(a.Weight.Values.Length, a.Weight.Values.ToArray().Distinct().Count());
    }
}
