using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Running statistics taken anew over given batches.</summary>
public class PreciseBatchNormTests
{
    // Double throughout: what should be equal is so up to the rounding of a few sums.
    const double Rounding = 1e-12;

    static readonly Dictionary<string, Func<Layer<double>>> LayersOfBatch = new()
    {
        ["batch norm"] = () => new BatchNorm1d<double>(3),
        ["batch norm with the plain average"] = () => new BatchNorm1d<double>(3, momentum: null),
        ["in a sequence in a sequence"] = () => new Sequential<double>(new Sequential<double>(new Identity<double>(), new BatchNorm1d<double>(3)), new ReLU<double>()),
        ["with ReLU in one pass"] = () => new BatchNormReLU<double>(3),
        ["ghost batches"] = () => new GhostBatchNorm<double>(new BatchNorm1d<double>(3), ghostBatchSize: 2),
        ["switchable"] = () => new SwitchableNorm<double>(3),
        ["attentive"] = () => new AttentiveNorm<double>(3),
        ["stochastic"] = () => new StochasticBatchNorm<double>(3, noiseBatchSize: 8),
        ["noisy"] = () => new NoisyBatchNorm<double>(3, noiseBatchSize: 8),
        ["renorm"] = () => new BatchRenorm<double>(3),
    };

    public static TheoryData<string, int[]> Cut => new MatrixTheoryData<string, int[]>(
        LayersOfBatch.Keys, [[12], [4, 4, 4], [2, 6, 4], [0, 6, 0, 6, 0]]);

    [Theory, MemberData(nameof(Cut))]
    public void However_the_samples_are_cut_the_statistics_are_those_of_all_values_together(string name, int[] samples)
    {
        var layer = Used(LayersOfBatch[name]());
        var x = Data.Normal<double>(seed: 1, [12, 3, 5], mean: 2, std: 3);
        var all = ChannelStatistics.Of(x);

        Assert.Equal(1, PreciseBatchNorm.Recalibrate(layer, Batches(x, samples)));

        Close.Assert(Tensor.Create(all.Mean.ToArray()), Buffer(layer, "running_mean"), Rounding, "running_mean");
        if (name == "renorm")
            Close.Assert(Tensor.Create(all.Variance.ToArray().Select(variance => Math.Sqrt(variance + 1e-5)).ToArray()), Buffer(layer, "running_std"), Rounding, "running_std");
        else
            Close.Assert(Tensor.Create(all.UnbiasedVariance()), Buffer(layer, "running_var"), Rounding * 10, "running_var");
    }

    [Fact]
    public void The_mean_is_that_of_the_means_and_the_variance_has_what_the_batches_differ_by()
    {
        var layer = new BatchNorm1d<double>(1);

        PreciseBatchNorm.Recalibrate(layer, [Tensor.Create([1.0, 3], [2, 1]), Tensor.Create([5.0, 7], [2, 1])]);

        // The batches have mean 2 and 6, and both the biased variance 1; 4 values of deviations 3, 1, 1, 3.
        Assert.Equal((4, 20 / 3.0, 2), (layer.RunningMean![0], layer.RunningVar![0], layer.NumBatchesTracked));
    }

    [Fact]
    public void A_later_layer_sees_what_the_earlier_ones_make_of_each_batch_in_training()
    {
        var (first, second) = (new BatchNorm1d<double>(2), new BatchNorm1d<double>(2));
        var network = new Sequential<double>(first, new Sigmoid<double>(), second);
        var x = Data.Normal<double>(seed: 2, [8, 2], mean: 4);
        Tensor<double>[] batches = Batches(x, [4, 4]);
        var (normalization, sigmoid) = (new BatchNorm1d<double>(2), new Sigmoid<double>());
        var expected = batches.Select(batch => ChannelStatistics.Of(sigmoid.Forward(normalization.Forward(batch)))).Aggregate((a, b) => a.Merge(b));

        Assert.Equal(2, PreciseBatchNorm.Recalibrate(network, batches));

        Close.Assert<double>(expected.Mean.ToArray(), second.RunningMean!.ToArray(), Rounding, "running_mean");
        Close.Assert<double>(expected.UnbiasedVariance(), second.RunningVar!.ToArray(), Rounding, "running_var");
    }

    [Theory, InlineData(3), InlineData(1)]
    public void Instance_norm_has_the_averages_over_the_instances(int batches)
    {
        var layer = new InstanceNorm1d<double>(2, momentum: 0.3, trackRunningStats: true);
        var x = Data.Normal<double>(seed: 3, [6, 2, 4], mean: 1);
        var once = new InstanceNorm1d<double>(2, momentum: 1, trackRunningStats: true);
        once.Forward(x);

        PreciseBatchNorm.Recalibrate(layer, Batches(x, batches == 1 ? [6] : [1, 2, 3]));

        Close.Assert(once.RunningMean!, layer.RunningMean!, Rounding, "running_mean");
        Close.Assert(once.RunningVar!, layer.RunningVar!, Rounding, "running_var");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void All_else_stays_as_it_was(bool training)
    {
        var (batchNorm, inner) = (new BatchNorm1d<double>(3, momentum: 0.3), new BatchNorm1d<double>(3));
        var linear = new Linear<double>(3, 3) { GradEnabled = false };
        var network = new Sequential<double>(linear, batchNorm, new GhostBatchNorm<double>(inner, 2));
        network.Forward(Data.Normal<double>(seed: 4, [4, 3]));
        network.Train(training);
        inner.Train(!training);
        linear.GradEnabled = true;
        network.GradEnabled = training;
        linear.GradEnabled = !training;
        batchNorm.Weight!.Grad.Fill(5);
        double[] parameters = [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

        PreciseBatchNorm.Recalibrate(network, [Data.Normal<double>(seed: 5, [6, 3])]);

        Assert.Equal((training, training, !training), (network.Training, batchNorm.Training, inner.Training));
        Assert.Equal((training, !training, training), (network.GradEnabled, linear.GradEnabled, batchNorm.GradEnabled));
        Assert.Equal(0.3, batchNorm.Momentum);
        Assert.Equal(parameters, network.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Equal([5, 5, 5], batchNorm.Weight.Gradients.ToArray());
        Assert.Equal((1, 3), (batchNorm.NumBatchesTracked, inner.NumBatchesTracked));       // six samples are three ghost batches
    }

    [Fact]
    public void Afterwards_training_moves_them_again()
    {
        var layer = new BatchNorm1d<double>(1, momentum: 0.5);
        PreciseBatchNorm.Recalibrate(layer, [Tensor.Create([1.0, 3], [2, 1])]);

        layer.Forward(Tensor.Create([5.0, 7], [2, 1]));

        Assert.Equal((4, 2), (layer.RunningMean![0], layer.NumBatchesTracked));
    }

    [Fact]
    public void Statistics_that_a_NaN_has_spoilt_are_sound_again()
    {
        var layer = new BatchNorm1d<double>(1);
        layer.Forward(Tensor.Create([double.NaN, 3], [2, 1]));

        PreciseBatchNorm.Recalibrate(layer, [Tensor.Create([1.0, 3], [2, 1])]);

        Assert.Equal((2, 2), (layer.RunningMean![0], layer.RunningVar![0]));
    }

    public static TheoryData<string> Refusals => ["another shape", "one value", "null", "no batch", "empty batches", "a sequence that ends in an error"];

    [Theory, MemberData(nameof(Refusals))]
    public void If_a_batch_is_refused_nothing_changes(string what)
    {
        var network = Used(new Sequential<double>(new BatchNorm1d<double>(3), new BatchRenorm<double>(3), new InstanceNorm1d<double>(3, trackRunningStats: true)));
        network.Eval();
        var before = Every.State(network);
        var good = Data.Normal<double>(seed: 6, [4, 3, 2]);

        Assert.ThrowsAny<Exception>(() => PreciseBatchNorm.Recalibrate(network, what switch
        {
            "another shape" => [good, Data.Normal<double>(seed: 7, [4, 2, 2])],
            "one value" => [good, Data.Normal<double>(seed: 7, [1, 3, 1])],
            "null" => [good, null!],
            "no batch" => [],
            "empty batches" => [Tensor.CreateFromShape<double>([0, 3, 2])],
            _ => Failing(good),
        }));

        Assert.Equal(before, Every.State(network));
        Assert.False(network.Training);
        network.Train();
        network.Forward(good);
        Assert.NotEqual(before, Every.State(network));

        static IEnumerable<Tensor<double>> Failing(Tensor<double> good)
        {
            yield return good;
            throw new IOException("The file ends here.");
        }
    }

    [Fact]
    public void A_layer_that_no_batch_reaches_keeps_its_own()
    {
        var network = new FirstOf(new BatchNorm1d<double>(3), new BatchNorm1d<double>(3));
        var before = Every.State(network.Children[1]);

        Assert.Equal(1, PreciseBatchNorm.Recalibrate(network, [Data.Normal<double>(seed: 8, [4, 3])]));

        Assert.Equal(before, Every.State(network.Children[1]));
        Assert.NotEqual(before, Every.State(network.Children[0]));
    }

    [Fact]
    public void Where_nothing_keeps_running_statistics_no_batch_is_asked_for()
    {
        var network = new Sequential<double>(new Linear<double>(3, 3), new LayerNorm<double>(3), new FrozenBatchNorm<double>(3),
            new BatchNorm1d<double>(3, trackRunningStats: false));

        Assert.Equal(0, PreciseBatchNorm.Recalibrate(network, Enumerable.Range(0, 1).Select<int, Tensor<double>>(_ => throw new IOException())));
    }

    /// <summary>A network that has two layers and uses one.</summary>
    sealed class FirstOf(Layer<double> used, Layer<double> unused) : Layer<double>
    {
        public override IReadOnlyList<Layer<double>> Children { get; } = [used, unused];

        protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => input;

        protected override void ForwardCore(ReadOnlySpan<double> x, ReadOnlySpan<nint> shape, Span<double> y) =>
            Children[0].Forward(new ReadOnlyTensorSpan<double>(x, shape), new TensorSpan<double>(y, shape));

        protected override void BackwardCore(ReadOnlySpan<double> x, ReadOnlySpan<nint> shape, ReadOnlySpan<double> dy, Span<double> dx) =>
            Children[0].Backward(new ReadOnlyTensorSpan<double>(dy, shape), new TensorSpan<double>(dx, shape));
    }

    // With a history in its running statistics.
    static Layer<double> Used(Layer<double> layer)
    {
        layer.Forward(Data.Normal<double>(seed: 100, [6, 3, 4], mean: -5));
        return layer;
    }

    static Tensor<double>[] Batches(Tensor<double> x, int[] samples)
    {
        var (values, first) = (x.ToArray(), 0);
        var perSample = values.Length / (int)x.Lengths[0];
        return [.. samples.Select(n => Tensor.Create(values[(first * perSample)..((first += n) * perSample)], [n, .. x.Lengths[1..]]))];
    }

    static Tensor<double> Buffer(Layer<double> layer, string name) => layer.Buffers.Single(buffer => buffer.Name.EndsWith(name, StringComparison.Ordinal)).To<double>();
}
