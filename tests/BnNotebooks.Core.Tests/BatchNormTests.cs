using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class BatchNormTests
{
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

    public static TheoryData<int, int, int, bool> Cases => new()
    {
        { 5, 3, 1, true }, { 5, 3, 1, false }, { 2, 4, 9, true }, { 3, 1, 100, false }, { 64, 2, 3, true },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Three_ways_of_computing_give_the_same(int n, int c, int l, bool training)
    {
        var x = Data.Normal<double>(seed: n, [n, c, l], mean: -4, std: 2);
        var gradient = Data.Normal<double>(seed: c, [n, c, l]);
        var (careful, carefulOutput, carefulGradient) = Run(BatchNormMethod.Careful);

        foreach (var method in new[] { BatchNormMethod.ByFormula, BatchNormMethod.Fast })
        {
            var (layer, output, gradInput) = Run(method);

            // Double: the three differ by the rounding of sums of up to 300 values of size 10.
            Close.Assert(carefulOutput, output, 1e-12, $"{method} output");
            Close.Assert(carefulGradient, gradInput, 1e-12, $"{method} gradInput");
            Close.Assert(careful.Weight!.Grad, layer.Weight!.Grad, 1e-12, $"{method} weight.grad");
            Close.Assert(careful.Bias!.Grad, layer.Bias!.Grad, 1e-12, $"{method} bias.grad");
            Close.Assert<double>(Every.State(careful), Every.State(layer), 1e-12, $"{method} state");
        }

        (BatchNorm1d<double>, Tensor<double>, Tensor<double>) Run(BatchNormMethod method)
        {
            var layer = Every.Prepared(new BatchNorm1d<double>(c) { Method = method });
            layer.Train(training);
            return (layer, layer.Forward(x), layer.Backward(gradient));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_layer_says_what_it_was_made_with(bool either)
    {
        var batchNorm = new BatchNorm1d(3, affine: either, trackRunningStats: !either);
        var instanceNorm = new InstanceNorm1d(3, affine: either, trackRunningStats: !either);

        Assert.Equal((either, !either), (batchNorm.Affine, batchNorm.TrackRunningStats));
        Assert.Equal((either, !either), (instanceNorm.Affine, instanceNorm.TrackRunningStats));
    }

    [Fact]
    public void The_fast_way_is_the_default() => Assert.Equal(BatchNormMethod.Fast, new BatchNorm1d(1).Method);
}
