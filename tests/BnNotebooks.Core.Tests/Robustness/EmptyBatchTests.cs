using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Batches without samples, statistics that begin anew, and folding where it is easily done wrong.</summary>
public class EmptyBatchTests
{
    [Theory, MemberData(nameof(Every.NameAndMode), MemberType = typeof(Every))]
    public void An_empty_batch_comes_out_empty_and_leaves_no_trace(string name, bool training)
    {
        var (make, shape) = Every<double>.Layers[name];
        var (layer, none) = (make(), Tensor.CreateFromShape<double>([0, .. shape[1..]]));
        layer.Train(training);
        var before = Every.State(layer);

        Assert.Equal(none.Lengths, layer.Forward(none).Lengths);
        Assert.Equal(none.Lengths, layer.Backward(none).Lengths);

        Assert.Equal(before, Every.State(layer));
        Assert.All(layer.Parameters, parameter => Assert.Equal(-1, parameter.Gradients.IndexOfAnyExcept(0)));
    }

    [Fact]
    public void Running_statistics_can_be_taken_anew_as_the_average_over_some_batches()
    {
        var layer = new BatchNorm1d<double>(1);
        layer.Forward(Data.Normal<double>(seed: 1, [5, 1]));

        layer.ResetRunningStats();
        layer.Momentum = null;
        layer.Forward(Tensor.Create([1.0, 3], [2, 1]));
        layer.Forward(Tensor.Create([2.0, 6], [2, 1]));

        Assert.Equal((3, 5, 2), (layer.RunningMean![0], layer.RunningVar![0], layer.NumBatchesTracked));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Momentum = 1.5);
    }

    public static TheoryData<string> Resettable => ["batch norm", "with ReLU", "renorm", "instance"];

    [Theory, MemberData(nameof(Resettable))]
    public void Running_statistics_begin_anew_as_those_of_a_new_layer(string kind)
    {
        var (layer, reset) = Make();
        layer.Forward(Data.Normal<double>(seed: 1, [3, 2, 4], mean: 5));
        Assert.NotEqual(Every.State(Make().Layer), Every.State(layer));

        reset();

        Assert.Equal(Every.State(Make().Layer), Every.State(layer));

        (Layer<double> Layer, Action Reset) Make()
        {
            switch (kind)
            {
                case "batch norm":
                    var batchNorm = new BatchNorm1d<double>(2);
                    return (batchNorm, batchNorm.ResetRunningStats);
                case "with ReLU":
                    var withReLU = new BatchNormReLU<double>(2);
                    return (withReLU, withReLU.ResetRunningStats);
                case "renorm":
                    var renorm = new BatchRenorm<double>(2);
                    return (renorm, renorm.ResetRunningStats);
                default:
                    var instanceNorm = new InstanceNorm1d<double>(2, trackRunningStats: true);
                    return (instanceNorm, instanceNorm.ResetRunningStats);
            }
        }
    }

    [Theory, InlineData(1, 2), InlineData(2, 2), InlineData(2, 1)]
    public void Into_a_transposed_convolution_the_factors_go_by_its_second_dimension(int groups, int dimensions)
    {
        var batchNorm = new BatchNorm2d<double>(4, eps: 0);
        for (var c = 0; c < 4; c++)
            batchNorm.RunningVar![c] = 1 / Math.Pow(10, 2 * c);         // factors 1, 10, 100, 1000
        nint[] shape = dimensions == 2 ? [6, 4 / groups, 1, 2] : [6, 4 / groups, 2];
        var weight = Tensor.CreateFromShape<double>(shape);
        weight.Fill(1);

        var (folded, bias) = batchNorm.FoldInto(weight, bias: null, transposedGroups: groups);

        Assert.Equal(shape, folded.Lengths.ToArray());
        var factors = folded.ToArray();
        for (var i = 0; i < factors.Length; i++)
        {
            var (input, output) = (i / 2 / (4 / groups), i / 2 % (4 / groups));
            Assert.Equal(Math.Pow(10, input * groups / 6 * (4 / groups) + output), factors[i], tolerance: 1e-9);
        }
        Assert.Equal([0, 0, 0, 0], bias.ToArray());
        Assert.Throws<ArgumentException>(() => batchNorm.FoldInto(weight, bias: null, transposedGroups: 3));
    }
}
