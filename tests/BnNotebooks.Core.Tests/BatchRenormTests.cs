using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class BatchRenormTests
{
    public static TheoryData<nint[]> Shapes =>
        new(new nint[] { 6, 3 }, new nint[] { 2, 3, 4 }, new nint[] { 3, 3, 2, 2 }, new nint[] { 2, 3, 1, 2, 2 });

    [Theory, MemberData(nameof(Shapes))]
    public void With_rMax_1_and_dMax_0_it_is_batch_norm_in_training(nint[] shape)
    {
        var renorm = Every.Prepared(new BatchRenorm<double>(3, rMax: 1, dMax: 0));
        var batchNorm = Batch(shape.Length);
        CopyParameters(renorm, batchNorm);
        var x = Data.Normal<double>(seed: 1, shape, mean: 2);
        var gradient = Data.Normal<double>(seed: 2, shape);

        Close.Assert(batchNorm.Forward(x), renorm.Forward(x), 0, "output");
        Close.Assert(batchNorm.Backward(gradient), renorm.Backward(gradient), 0, "gradInput");
        Assert.Equal(batchNorm.Weight!.Gradients.ToArray(), renorm.Weight!.Gradients.ToArray());
        Assert.Equal(batchNorm.Bias!.Gradients.ToArray(), renorm.Bias!.Gradients.ToArray());
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Without_limits_training_gives_what_evaluation_gives(nint[] shape)
    {
        var layer = Every.Prepared(new BatchRenorm<double>(3, double.PositiveInfinity, double.PositiveInfinity, momentum: 0));
        var x = Data.Normal<double>(seed: 3, shape, mean: 2);

        var trained = layer.Forward(x);
        layer.Eval();

        Close.Assert(layer.Forward(x), trained, 1e-13, "output");       // double: a few roundings of values of a few units
    }

    [Fact]
    public void Near_its_running_statistics_a_batch_is_within_the_limits_and_comes_out_as_in_evaluation()
    {
        var layer = new BatchRenorm<double>(2, momentum: 1);
        layer.Forward(Data.Normal<double>(seed: 4, [100, 2], mean: 50, std: 3));
        var x = Data.Normal<double>(seed: 5, [10, 2], mean: 51, std: 2);
        layer.Eval();
        var evaluated = layer.Forward(x);
        layer.Train();

        Close.Assert(evaluated, layer.Forward(x), 1e-13, "output");
    }

    [Fact]
    public void Corrections_stop_at_their_limits()
    {
        // μ_B = 10 and σ_B = 8 against μ = 0 and σ = 1: r would be 8 and d 10.
        var layer = new BatchRenorm<double>(1, rMax: 2, dMax: 3, eps: 0);

        var y = layer.Forward(Tensor.Create(new double[] { 2, 18 }, [2, 1]));

        Assert.Equal([-1 * 2 + 3, 1 * 2 + 3], y.ToArray());

        // And the other way: μ_B = −10 and σ_B = 1/8.
        y = new BatchRenorm<double>(1, rMax: 2, dMax: 3, eps: 0).Forward(Tensor.Create([-10.125, -9.875], [2, 1]));

        Assert.Equal([-1 * 0.5 - 3, 1 * 0.5 - 3], y.ToArray());
    }

    [Fact]
    public void The_running_statistics_are_those_of_the_paper()
    {
        var layer = new BatchRenorm<double>(1, eps: 0.75, momentum: 0.25);

        layer.Forward(Tensor.Create(new double[] { 2.5, 5.5 }, [2, 1]));        // μ_B = 4, σ_B = √(1.5² + 0.75) = √3

        Assert.Equal(0.25 * 4, layer.RunningMean[0], 1e-15);
        Assert.Equal(0.75 + 0.25 * Math.Sqrt(3), layer.RunningStd[0], 1e-15);
    }

    [Fact]
    public void A_batch_is_corrected_by_the_running_statistics_before_it()
    {
        var x = Data.Normal<double>(seed: 6, [5, 2], mean: 1);
        var (still, moving) = (new BatchRenorm<double>(2, momentum: 0), new BatchRenorm<double>(2, momentum: 1));

        Close.Assert(still.Forward(x), moving.Forward(x), 0, "output");
        Assert.NotEqual(still.RunningMean.ToArray(), moving.RunningMean.ToArray());
    }

    // Central differences see r and d as constants only where the limits hold them: the batch's mean and deviation are far off.
    [Theory, MemberData(nameof(Shapes))]
    public void At_the_limits_and_in_evaluation_gradients_agree_with_central_differences(nint[] shape)
    {
        foreach (var (training, affine) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            var layer = Every.Prepared(new BatchRenorm<double>(3, rMax: 1.5, dMax: 0.5, momentum: 0, affine: affine));
            layer.Train(training);

            GradientCheck.Passes(layer, Data.Normal<double>(seed: 9, shape, mean: 40, std: 30));
        }
    }

    [Fact]
    public void Within_the_limits_the_gradient_is_that_of_a_batch_norm_with_γ_times_r()
    {
        const double eps = 1e-5;
        var x = Data.Normal<double>(seed: 10, [6, 3], mean: 1, std: 3);
        var gradient = Data.Normal<double>(seed: 11, [6, 3]);
        var layer = Every.Prepared(new BatchRenorm<double>(3, eps: eps, momentum: 0));
        var batchNorm = Batch(rank: 2);
        CopyParameters(layer, batchNorm);
        var statistics = ChannelStatistics.Of(x);
        for (var c = 0; c < 3; c++)
            batchNorm.Weight!.Values[c] *= Math.Sqrt(statistics.Variance[c] + eps) / layer.RunningStd[c];
        layer.Forward(x);
        batchNorm.Forward(x);

        Close.Assert(batchNorm.Backward(gradient), layer.Backward(gradient), 1e-14, "gradInput");
    }

    [Fact]
    public void The_limits_can_follow_a_schedule()
    {
        var x = Data.Normal<double>(seed: 14, [5, 2], mean: 1);
        var layer = new BatchRenorm<double>(2, rMax: 1, dMax: 0, momentum: 0);
        layer.Forward(x);

        (layer.RMax, layer.DMax) = (3, 5);

        Close.Assert(new BatchRenorm<double>(2).Forward(x), layer.Forward(x), 0, "output");
    }

    static BatchNorm<double> Batch(int rank) => rank switch
    {
        4 => new BatchNorm2d<double>(3) { Method = BatchNormMethod.Careful },
        5 => new BatchNorm3d<double>(3) { Method = BatchNormMethod.Careful },
        _ => new BatchNorm1d<double>(3) { Method = BatchNormMethod.Careful },
    };

    static void CopyParameters(BatchRenorm<double> from, BatchNorm<double> to)
    {
        from.Weight!.Values.CopyTo(to.Weight!.Values);
        from.Bias!.Values.CopyTo(to.Bias!.Values);
    }
}
