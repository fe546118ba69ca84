using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class BatchNormGradientTests
{
    public static TheoryData<BatchNormMethod, bool, bool> Variants =>
        new MatrixTheoryData<BatchNormMethod, bool, bool>(Enum.GetValues<BatchNormMethod>(), [true, false], [true, false]);

    [Theory, MemberData(nameof(Variants))]
    public void Gradients_agree_with_central_differences(BatchNormMethod method, bool training, bool affine)
    {
        foreach (var (layer, shape) in Layers(affine))
        {
            layer.Method = method;
            Prepare(layer, training);

            GradientCheck.Passes(layer, Data.Normal<double>(seed: 1, shape, mean: 2, std: 3));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Gradients_of_ghost_batches_agree_with_central_differences(bool training)
    {
        var layer = new GhostBatchNorm<double>(new BatchNorm2d<double>(2), ghostBatchSize: 3);
        Prepare(layer.BatchNorm, training);
        layer.Train(training);

        GradientCheck.Passes(layer, Data.Normal<double>(seed: 2, [7, 2, 1, 2]));
    }

    [Fact]
    public void In_evaluation_without_running_statistics_the_gradient_flows_through_those_of_the_batch()
    {
        var layer = new BatchNorm1d<double>(3, trackRunningStats: false);
        layer.Eval();

        GradientCheck.Passes(layer, Data.Normal<double>(seed: 3, [5, 3]));
    }

    [Fact]
    public void In_training_the_gradient_has_no_part_along_a_shift_or_a_scaling_of_the_input()
    {
        var x = Data.Normal<double>(seed: 4, [9, 1]);
        var layer = new BatchNorm1d<double>(1, eps: 0);
        var y = layer.Forward(x).ToArray();

        var dx = layer.Backward(Data.Normal<double>(seed: 5, [9, 1])).ToArray();

        Assert.Equal(0, dx.Sum(), 1e-13);                               // double: a few roundings of values of size 1
        Assert.Equal(0, dx.Zip(y, (a, b) => a * b).Sum(), 1e-13);
    }

    [Fact]
    public void Gradients_of_the_parameters_add_up_until_they_are_zeroed()
    {
        var layer = new BatchNorm1d<double>(2);
        layer.Forward(Data.Normal<double>(seed: 6, [4, 2]));
        var gradient = Data.Normal<double>(seed: 7, [4, 2]);
        layer.Backward(gradient);
        var once = layer.Bias!.Gradients.ToArray();

        layer.Backward(gradient);

        Assert.Equal(once.Select(g => 2 * g), layer.Bias.Gradients.ToArray());
        layer.ZeroGrad();
        Assert.Equal([0, 0], layer.Bias.Gradients.ToArray());
    }

    private static IEnumerable<(BatchNorm<double>, nint[])> Layers(bool affine) =>
    [
        (new BatchNorm1d<double>(3, affine: affine), [6, 3]),
        (new BatchNorm1d<double>(2, affine: affine), [2, 2, 4]),
        (new BatchNorm2d<double>(2, affine: affine, eps: 0.1), [3, 2, 2, 3]),
        (new BatchNorm3d<double>(2, affine: affine), [2, 2, 1, 2, 3]),
    ];

    // Parameters and running statistics that are not those of a new layer.
    private static void Prepare(BatchNorm<double> layer, bool training)
    {
        for (var c = 0; c < layer.NumFeatures; c++)
        {
            layer.RunningMean![c] = 1 + c;
            layer.RunningVar![c] = 2 + c;
            if (!layer.Affine)
                continue;
            layer.Weight!.Values[c] = 0.5 + c;
            layer.Bias!.Values[c] = -1 - c;
        }
        layer.Train(training);
    }
}
