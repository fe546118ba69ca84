using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class SwitchableNormTests
{
    // A λ of 60 beside zeros leaves the other kinds a weight of e⁻⁶⁰ ≈ 1e-26.
    const double AllTheWeight = 60;

    // Double: a few roundings of values of size 1 to 10, in sums taken in another order.
    const double Rounding = 1e-12;

    [Theory, InlineData(true), InlineData(false)]
    public void With_all_the_weight_on_batch_statistics_it_is_batch_norm(bool training)
    {
        var x = Data.Normal<double>(seed: 2, [4, 3, 2, 3], mean: 5);
        var gradient = Data.Normal<double>(seed: 3, [4, 3, 2, 3]);
        var batchNorm = new BatchNorm2d<double>(3);
        var layer = Weighted(3, kind: 2);
        foreach (var either in new Layer<double>[] { batchNorm, layer })
        {
            either.Forward(Data.Normal<double>(seed: 4, [4, 3, 2, 3], mean: 5));
            either.Train(training);
        }

        Close.Assert(batchNorm.Forward(x), layer.Forward(x), Rounding, "output");
        Close.Assert(batchNorm.Backward(gradient), layer.Backward(gradient), Rounding, "gradInput");
        Close.Assert(batchNorm.Weight!.Grad, layer.Weight.Grad, Rounding, "weight.grad");
        Close.Assert(batchNorm.Bias!.Grad, layer.Bias.Grad, Rounding, "bias.grad");
        Close.Assert(batchNorm.RunningMean!, layer.RunningMean, Rounding, "running_mean");
        Close.Assert(batchNorm.RunningVar!, layer.RunningVar, Rounding, "running_var");
        Assert.Equal(batchNorm.NumBatchesTracked, layer.NumBatchesTracked);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void With_all_the_weight_on_instance_statistics_each_channel_of_each_sample_is_normalized_alone(bool training) =>
        EqualsBatchNormOf([1, 4 * 3, 6], kind: 0, training);

    [Theory, InlineData(true), InlineData(false)]
    public void With_all_the_weight_on_layer_statistics_each_sample_is_normalized_alone(bool training) =>
        EqualsBatchNormOf([1, 4, 3 * 6], kind: 1, training);

    [Fact]
    public void Means_and_variances_can_be_weighted_differently()
    {
        var x = Data.Normal<double>(seed: 5, [2, 1, 3], mean: 1, std: 2);
        var layer = new SwitchableNorm<double>(1, eps: 0);
        layer.MeanWeight.Values[0] = AllTheWeight;      // each instance's own mean
        layer.VarWeight.Values[2] = AllTheWeight;       // the variance of all

        var y = layer.Forward(x).ToArray();

        var values = x.ToArray();
        var mean = values.Average();
        var std = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        var expected = values.Select((v, i) => (v - values.Skip(i / 3 * 3).Take(3).Average()) / std).ToArray();
        Close.Assert<double>(expected, y, Rounding, "output");
    }

    [Fact]
    public void A_new_layer_weights_all_kinds_the_same()
    {
        var x = Data.Normal<double>(seed: 6, [3, 2, 4]);
        var equal = new SwitchableNorm<double>(2);
        equal.MeanWeight.Value.Fill(-7);
        equal.VarWeight.Value.Fill(3);

        // The softmax does not see what is added to every λ.
        Close.Assert(new SwitchableNorm<double>(2).Forward(x), equal.Forward(x), 0, "output");
    }

    [Theory, InlineData(1e4), InlineData(-1e4)]
    public void No_λ_is_too_large_or_too_small_for_its_power(double lambda)
    {
        var layer = new SwitchableNorm<double>(2);
        layer.MeanWeight.Values[0] = lambda;
        layer.VarWeight.Value.Fill(lambda);

        Assert.DoesNotContain(layer.Forward(Data.Normal<double>(seed: 7, [3, 2, 4])).ToArray(), double.IsNaN);
    }

    [Fact]
    public void Statistics_from_those_of_instances_lose_no_digits_to_a_large_mean()
    {
        var shifted = Data.Normal<double>(seed: 10, [2, 2, 4], mean: 1e8).ToArray();
        var centred = shifted.Select(v => v - 1e8).ToArray();       // exact: the two are of nearly the same size

        var y = new SwitchableNorm<double>(2, eps: 0).Forward(Tensor.Create(shifted, [2, 2, 4]));

        // Means are rounded to 1e-8, a double's neighbours at 1e8. From E[x²] − μ², variances would be off by more than 1.
        Close.Assert(new SwitchableNorm<double>(2, eps: 0).Forward(Tensor.Create(centred, [2, 2, 4])), y, 1e-7, "output");
    }

    [Fact]
    public void Batches_let_through_once_more_without_momentum_give_the_batch_average()
    {
        var layer = new SwitchableNorm<double>(1, momentum: null, useInstanceStatistics: false);
        layer.Forward(Tensor.Create([1e3, 5e3], [2, 1]));       // from when it was still training

        layer.ResetRunningStats();
        Assert.Equal((0.0, 1.0, 0L), (layer.RunningMean[0], layer.RunningVar[0], layer.NumBatchesTracked));
        foreach (var batch in new double[][] { [1, 3], [10, 14] })
            layer.Forward(Tensor.Create(batch, [2, 1]));

        Assert.Equal((2 + 12) / 2.0, layer.RunningMean[0], Rounding);
        Assert.Equal((2 + 8) / 2.0, layer.RunningVar[0], Rounding);
    }

    static void EqualsBatchNormOf(nint[] groups, int kind, bool training)
    {
        var x = Data.Normal<double>(seed: 8, [4, 3, 6], mean: 5);
        var gradient = Data.Normal<double>(seed: 9, [4, 3, 6]);
        var layer = Weighted(3, kind);
        layer.Train(training);
        var batchNorm = new BatchNorm1d<double>((int)groups[1], affine: false);

        var expected = batchNorm.Forward(Tensor.Create(x.ToArray(), groups));
        var expectedGradient = batchNorm.Backward(Tensor.Create(gradient.ToArray(), groups));

        Close.Assert<double>(expected.ToArray(), layer.Forward(x).ToArray(), Rounding, "output");
        Close.Assert<double>(expectedGradient.ToArray(), layer.Backward(gradient).ToArray(), Rounding, "gradInput");
    }

    static SwitchableNorm<double> Weighted(int features, int kind)
    {
        var layer = new SwitchableNorm<double>(features);
        layer.MeanWeight.Values[kind] = AllTheWeight;
        layer.VarWeight.Values[kind] = AllTheWeight;
        return layer;
    }
}
