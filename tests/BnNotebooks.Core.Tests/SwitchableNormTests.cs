using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class SwitchableNormTests
{
    // A λ of 60 beside zeros leaves the other kinds a weight of e⁻⁶⁰ ≈ 1e-26.
    private const double AllTheWeight = 60;

    // Double: a few roundings of values of size 1 to 10, in sums taken in another order.
    private const double Rounding = 1e-12;

    public static TheoryData<bool, bool> Variants => new MatrixTheoryData<bool, bool>([true, false], [true, false]);

    [Theory, MemberData(nameof(Variants))]
    public void Gradients_agree_with_central_differences(bool training, bool useInstanceStatistics)
    {
        foreach (nint[] shape in useInstanceStatistics ? Images : [.. Images, [5, 3]])
        {
            var layer = Prepared((int)shape[1], useInstanceStatistics);
            layer.Train(training);

            GradientCheck.Passes(layer, Data.Normal<double>(seed: 1, shape, mean: 2, std: 3));
        }
    }

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

    [Fact]
    public void In_evaluation_no_sample_sees_another_and_the_running_statistics_stay()
    {
        var layer = Prepared(2, useInstanceStatistics: true);
        layer.Eval();
        var x = Data.Normal<double>(seed: 7, [3, 2, 4]);
        var (mean, variance) = (layer.RunningMean.ToArray(), layer.RunningVar.ToArray());

        var together = layer.Forward(x).ToArray();
        var last = layer.Forward(Tensor.Create(x.ToArray()[16..], [1, 2, 4])).ToArray();

        Assert.Equal(last, together[16..]);
        Assert.Equal(mean, layer.RunningMean.ToArray());
        Assert.Equal(variance, layer.RunningVar.ToArray());
    }

    private static void EqualsBatchNormOf(nint[] groups, int kind, bool training)
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

    private static nint[][] Images => [[3, 2, 2, 3], [2, 3, 4], [1, 2, 1, 2, 2]];

    private static SwitchableNorm<double> Weighted(int features, int kind)
    {
        var layer = new SwitchableNorm<double>(features);
        layer.MeanWeight.Values[kind] = AllTheWeight;
        layer.VarWeight.Values[kind] = AllTheWeight;
        return layer;
    }

    // Parameters and running statistics that are not those of a new layer.
    private static SwitchableNorm<double> Prepared(int features, bool useInstanceStatistics)
    {
        var layer = new SwitchableNorm<double>(features, useInstanceStatistics: useInstanceStatistics);
        var random = 20;
        foreach (var parameter in layer.Parameters)
            Data.Normal<double>(random++, parameter.Value.Lengths).FlattenTo(parameter.Values);
        for (var c = 0; c < features; c++)
        {
            layer.RunningMean[c] = 1 + c;
            layer.RunningVar[c] = 2 + c;
        }
        return layer;
    }
}
