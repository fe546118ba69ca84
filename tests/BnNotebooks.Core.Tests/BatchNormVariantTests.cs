using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>What is built around the batch norm: merging statistics, replicas, ghost batches, folding.</summary>
public class BatchNormVariantTests
{
    // Double throughout: what should be equal is so up to the rounding of a few sums.
    const double Rounding = 1e-12;

    [Theory, InlineData(1), InlineData(3), InlineData(9)]
    public void Statistics_of_two_parts_merge_into_those_of_the_whole(int first)
    {
        var whole = Data.Normal<double>(seed: 1, [10, 3, 2], mean: 1e4);
        var values = whole.ToArray();
        var a = ChannelStatistics.Of(Tensor.Create(values[..(first * 6)], [first, 3, 2]));
        var b = ChannelStatistics.Of(Tensor.Create(values[(first * 6)..], [10 - first, 3, 2]));
        var expected = ChannelStatistics.Of(whole);

        foreach (var merged in new[] { a.Merge(b), b.Merge(a) })
        {
            Assert.Equal(20, merged.Count);
            Close.Assert<double>(expected.Mean.ToArray(), merged.Mean.ToArray(), 1e-11, "mean");      // an ulp of 1e4 is 2e-12
            Close.Assert<double>(expected.Variance.ToArray(), merged.Variance.ToArray(), Rounding * 10, "variance");
            Close.Assert<double>(expected.UnbiasedVariance(), merged.UnbiasedVariance(), Rounding * 10, "unbiased variance");
        }
    }

    public static TheoryData<bool, int[]> Replicas => new MatrixTheoryData<bool, int[]>(
        [true, false], [[1, 5, 3], [9], [0, 9], [9, 0], [4, 0, 5], [0, 1, 0, 0, 8, 0]]);

    [Theory, MemberData(nameof(Replicas))]
    public void Synchronized_replicas_equal_one_big_batch_even_if_some_have_no_samples(bool training, int[] samples)
    {
        var x = Data.Normal<double>(seed: 2, [9, 2, 3], mean: 5);
        var gradient = Data.Normal<double>(seed: 3, [9, 2, 3]);
        var big = Trained(training);
        var replicas = new SyncBatchNorm<double>(Trained(training));
        var expected = big.Forward(x);
        var expectedGradient = big.Backward(gradient);

        var outputs = replicas.Forward(Split(x, samples));
        var gradients = replicas.Backward(Split(gradient, samples));

        Assert.Equal(samples.Select(n => new nint[] { n, 2, 3 }), outputs.Select(output => output.Lengths.ToArray()));
        Assert.Equal(samples.Select(n => new nint[] { n, 2, 3 }), gradients.Select(part => part.Lengths.ToArray()));
        Close.Assert(expected, Join(outputs, [9, 2, 3]), Rounding, "output");
        Close.Assert(expectedGradient, Join(gradients, [9, 2, 3]), Rounding, "gradInput");
        Close.Assert(big.Weight!.Grad, replicas.BatchNorm.Weight!.Grad, Rounding, "weight.grad");
        Close.Assert(big.Bias!.Grad, replicas.BatchNorm.Bias!.Grad, Rounding, "bias.grad");
        Close.Assert(big.RunningMean!, replicas.BatchNorm.RunningMean!, Rounding, "running_mean");
        Close.Assert(big.RunningVar!, replicas.BatchNorm.RunningVar!, Rounding, "running_var");
        Assert.Equal(big.NumBatchesTracked, replicas.BatchNorm.NumBatchesTracked);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Replicas_that_all_have_no_samples_leave_no_trace(bool training)
    {
        var replicas = new SyncBatchNorm<double>(Trained(training));
        var (before, none) = (Every.State(replicas.BatchNorm), Tensor.CreateFromShape<double>([0, 2, 3]));

        var outputs = replicas.Forward([none, none]);
        var gradients = replicas.Backward([none, none]);

        Assert.All([.. outputs, .. gradients], part => Assert.Equal(none.Lengths.ToArray(), part.Lengths.ToArray()));
        Assert.Equal(before, Every.State(replicas.BatchNorm));
        Assert.All(replicas.BatchNorm.Parameters, parameter => Assert.False(parameter.Gradients.ContainsAnyExcept(0)));
    }

    [Fact]
    public void A_ghost_batch_is_normalized_as_if_it_came_alone()
    {
        var x = Data.Normal<double>(seed: 4, [8, 2, 3]);
        var gradient = Data.Normal<double>(seed: 5, [8, 2, 3]);
        var ghost = new GhostBatchNorm<double>(Trained(training: true), ghostBatchSize: 3);
        var alone = Trained(training: true);
        var (outputs, gradients) = (new List<Tensor<double>>(), new List<Tensor<double>>());
        foreach (var (part, partGradient) in Split(x, 3, 3, 2).Zip(Split(gradient, 3, 3, 2)))
        {
            outputs.Add(alone.Forward(part));
            gradients.Add(alone.Backward(partGradient));
        }

        var output = ghost.Forward(x);
        var gradInput = ghost.Backward(gradient);

        Close.Assert(Join(outputs, [8, 2, 3]), output, 0, "output");
        Close.Assert(Join(gradients, [8, 2, 3]), gradInput, 0, "gradInput");
        Assert.Equal(alone.Weight!.Gradients.ToArray(), ghost.BatchNorm.Weight!.Gradients.ToArray());
        Assert.Equal(alone.RunningMean!.ToArray(), ghost.BatchNorm.RunningMean!.ToArray());
        Assert.Equal(alone.RunningVar!.ToArray(), ghost.BatchNorm.RunningVar!.ToArray());
        Assert.Equal(3, ghost.BatchNorm.NumBatchesTracked - 1);     // Trained has seen one
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Ghost_batches_begin_in_the_mode_of_their_batch_norm(bool training) =>
        Assert.Equal(training, new GhostBatchNorm<double>(Trained(training), 2).Training);

    [Fact]
    public void Ghost_batches_play_no_part_in_evaluation()
    {
        var x = Data.Normal<double>(seed: 6, [5, 2, 3]);
        var ghost = new GhostBatchNorm<double>(Trained(training: true), ghostBatchSize: 2);

        ghost.Eval();

        Close.Assert(Trained(training: false).Forward(x), ghost.Forward(x), 0, "output");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Folding_into_a_linear_layer_changes_nothing(bool withBias)
    {
        var batchNorm = Trained(training: false);
        var weight = Data.Normal<double>(seed: 7, [2, 4]);
        var bias = withBias ? Data.Normal<double>(seed: 8, [2]) : Tensor.CreateFromShape<double>([2]);
        var x = Data.Normal<double>(seed: 9, [6, 4]);
        var expected = batchNorm.Forward(Linear(x, weight, bias));

        var (foldedWeight, foldedBias) = withBias ? batchNorm.FoldInto(weight, bias) : batchNorm.FoldInto(weight);

        Close.Assert(expected, Linear(x, foldedWeight, foldedBias), Rounding, "output");
    }

    [Fact]
    public void Folding_a_batch_norm_without_gamma_and_beta_changes_nothing()
    {
        var batchNorm = new BatchNorm1d<double>(3, affine: false);
        batchNorm.Forward(Data.Normal<double>(seed: 1, [20, 3], mean: 2, std: 3));
        batchNorm.Eval();
        var linear = new Linear<double>(4, 3);
        var x = Data.Normal<double>(seed: 2, [5, 4]);
        var expected = batchNorm.Forward(linear.Forward(x));

        var (weight, bias) = batchNorm.FoldInto(linear.Weight.Value, linear.Bias!.Value);
        weight.FlattenTo(linear.Weight.Values);
        bias.FlattenTo(linear.Bias.Values);

        Close.Assert(expected, linear.Forward(x), Rounding, "output");
    }

    [Fact]
    public void One_value_in_each_of_two_replicas_is_enough()
    {
        var replicas = new SyncBatchNorm<double>(new BatchNorm1d<double>(1));

        var outputs = replicas.Forward([Tensor.Create([1.0], [1, 1]), Tensor.Create([5.0], [1, 1])]);

        Assert.Equal(-1, outputs[0][0, 0], 1e-5); // ε takes 1e-5/8 off
        Assert.Equal(1, outputs[1][0, 0], 1e-5);
    }

    [Fact]
    public void Folding_into_a_convolution_changes_nothing()
    {
        var batchNorm = Trained(training: false);
        var weight = Data.Normal<double>(seed: 10, [2, 3, 2]);
        var bias = Data.Normal<double>(seed: 11, [2]);
        var x = Data.Normal<double>(seed: 12, [4, 3, 5]);
        var expected = batchNorm.Forward(Convolution(x, weight, bias));

        var (foldedWeight, foldedBias) = batchNorm.FoldInto(weight, bias);

        Close.Assert(expected, Convolution(x, foldedWeight, foldedBias), Rounding, "output");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Folding_takes_a_layers_own_weight_and_its_bias_which_may_be_null(bool withBias)
    {
        var batchNorm = Trained(training: false);
        var linear = new Linear<double>(4, 2, withBias);
        var folded = new Linear<double>(4, 2);
        var x = Data.Normal<double>(seed: 13, [6, 4]);

        var (weight, bias) = batchNorm.FoldInto(linear.Weight.Value, linear.Bias?.Value);
        weight.CopyTo(folded.Weight.Value.AsTensorSpan());
        bias.CopyTo(folded.Bias!.Value.AsTensorSpan());

        Close.Assert(batchNorm.Forward(linear.Forward(x)), folded.Forward(x), Rounding, "output");
    }

    // A batch norm of two channels with a history.
    static BatchNorm1d<double> Trained(bool training)
    {
        var layer = new BatchNorm1d<double>(2);
        layer.Weight!.Values[0] = -0.5;
        layer.Weight.Values[1] = 2;
        layer.Bias!.Values[0] = 3;
        layer.Forward(Data.Normal<double>(seed: 100, [4, 2], mean: 1, std: 2));
        layer.Train(training);
        return layer;
    }

    static Tensor<double>[] Split(Tensor<double> x, params int[] samples)
    {
        var (values, perSample, first) = (x.ToArray(), (int)(x.Lengths[1] * x.Lengths[2]), 0);
        return [.. samples.Select(n => Tensor.Create(values[(first * perSample)..((first += n) * perSample)], [n, x.Lengths[1], x.Lengths[2]]))];
    }

    static Tensor<double> Join(IEnumerable<Tensor<double>> parts, ReadOnlySpan<nint> shape) =>
        Tensor.Create(parts.SelectMany(part => part.ToArray()).ToArray(), shape);

    static Tensor<double> Linear(Tensor<double> x, Tensor<double> weight, Tensor<double> bias)
    {
        var y = Tensor.CreateFromShape<double>([x.Lengths[0], weight.Lengths[0]]);
        for (nint n = 0; n < x.Lengths[0]; n++)
            for (nint o = 0; o < weight.Lengths[0]; o++)
            {
                y[n, o] = bias[o];
                for (nint i = 0; i < x.Lengths[1]; i++)
                    y[n, o] += weight[o, i] * x[n, i];
            }
        return y;
    }

    static Tensor<double> Convolution(Tensor<double> x, Tensor<double> weight, Tensor<double> bias)
    {
        var length = x.Lengths[2] - weight.Lengths[2] + 1;
        var y = Tensor.CreateFromShape<double>([x.Lengths[0], weight.Lengths[0], length]);
        for (nint n = 0; n < x.Lengths[0]; n++)
            for (nint o = 0; o < weight.Lengths[0]; o++)
                for (nint l = 0; l < length; l++)
                {
                    y[n, o, l] = bias[o];
                    for (nint i = 0; i < x.Lengths[1]; i++)
                        for (nint k = 0; k < weight.Lengths[2]; k++)
                            y[n, o, l] += weight[o, i, k] * x[n, i, l + k];
                }
        return y;
    }
}
