using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public sealed class FrozenBatchNormTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-frozen-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<nint[], bool> Shapes => new MatrixTheoryData<nint[], bool>(
        [[4, 3], [4, 3, 5], [4, 3, 2, 3], [2, 3, 2, 1, 3]], [true, false]);

    [Theory, MemberData(nameof(Shapes))]
    public void In_either_mode_it_does_what_the_batch_norm_does_in_evaluation(nint[] shape, bool training)
    {
        var (x, gradient) = (Data.Normal<float>(seed: 1, shape, mean: 2), Data.Normal<float>(seed: 2, shape));
        var batchNorm = Trained(shape.Length);
        var frozen = FrozenBatchNorm.From(batchNorm);
        var before = Every.State(frozen);
        batchNorm.Eval();
        frozen.Train(training);

        Close.Assert(batchNorm.Forward(x), frozen.Forward(x), 0, "output");
        Close.Assert(batchNorm.Backward(gradient), frozen.Backward(gradient), 0, "gradInput");

        Assert.Empty(frozen.Parameters);
        Assert.Equal(before, Every.State(frozen));
    }

    [Fact]
    public void A_batch_norms_state_loads_also_inside_of_a_network()
    {
        var file = Path.Combine(folder, "network.safetensors");
        var trained = new Sequential(new Linear(4, 3), Trained(rank: 2));
        var frozen = new Sequential(new Linear(4, 3), new FrozenBatchNorm(3));
        var x = Data.Normal<float>(seed: 3, [5, 4]);
        SafeTensors.Save(file, trained.StateDict());

        var loaded = frozen.LoadStateDict(SafeTensors.Load(file));

        Assert.Equal(["1.num_batches_tracked"], loaded.Unexpected);
        Assert.Empty(loaded.Missing);
        trained.Eval();
        Close.Assert(trained.Forward(x), frozen.Forward(x), 0, "output");
    }

    [Fact]
    public void Its_state_is_missing_nothing_that_a_batch_norm_needs()
    {
        var batchNorm = new BatchNorm2d(3);

        var loaded = batchNorm.LoadStateDict(FrozenBatchNorm.From(Trained(rank: 4)).StateDict());

        Assert.Equal(["num_batches_tracked"], loaded.Missing);
        Assert.Equal(Trained(rank: 4).RunningVar!.ToArray(), batchNorm.RunningVar!.ToArray());
    }

    [Fact]
    public void A_batch_norm_without_γ_and_β_freezes_with_ones_and_zeros()
    {
        var batchNorm = new BatchNorm1d(3, eps: 0.5, affine: false);
        batchNorm.Forward(Data.Normal<float>(seed: 4, [4, 3]));

        var frozen = FrozenBatchNorm.From(batchNorm);

        Assert.Equal([1, 1, 1], frozen.Weight.ToArray());
        Assert.Equal([0, 0, 0], frozen.Bias.ToArray());
        Assert.Equal(0.5, frozen.Eps);
        Assert.Equal(batchNorm.RunningMean!.ToArray(), frozen.RunningMean.ToArray());
    }

    [Fact]
    public void Nothing_is_shared_with_the_batch_norm()
    {
        var batchNorm = Trained(rank: 2);
        var frozen = FrozenBatchNorm.From(batchNorm);
        var before = Every.State(frozen);

        batchNorm.Weight!.Value.Fill(7);
        batchNorm.Forward(Data.Normal<float>(seed: 5, [4, 3]));

        Assert.Equal(before, Every.State(frozen));
    }

    [Fact]
    public void Without_running_statistics_there_is_nothing_to_freeze()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => FrozenBatchNorm.From(new BatchNorm1d(3, trackRunningStats: false)));

        Assert.Contains("running statistics", problem.Message);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void What_the_input_holds_does_not_enter_its_gradient(float bad)
    {
        var frozen = FrozenBatchNorm.From(Trained(rank: 2));
        var x = Data.Normal<float>(seed: 6, [4, 3]);
        var gradient = Data.Normal<float>(seed: 7, [4, 3]);
        frozen.Forward(x);
        var expected = frozen.Backward(gradient);
        x[1, 1] = bad;

        frozen.Forward(x);

        Close.Assert(expected, frozen.Backward(gradient), 0, "gradInput");
    }

    [Fact]
    public void A_state_that_is_loaded_between_the_passes_is_told()
    {
        var frozen = new FrozenBatchNorm(3);
        frozen.Forward(Data.Normal<float>(seed: 8, [4, 3]));

        frozen.LoadStateDict(Trained(rank: 2).StateDict());

        Assert.Contains("weight has changed", Assert.Throws<InvalidOperationException>(() => frozen.Backward(Mistakes.Mistake.Zeros(4, 3))).Message);
    }

    // A batch norm of three channels with a history.
    static BatchNorm<float> Trained(int rank)
    {
        BatchNorm<float> layer = rank switch { 4 => new BatchNorm2d(3), 5 => new BatchNorm3d(3), _ => new BatchNorm1d(3) };
        Data.Normal<float>(seed: 100, [3]).FlattenTo(layer.Weight!.Values);
        Data.Normal<float>(seed: 101, [3]).FlattenTo(layer.Bias!.Values);
        nint[] shape = [4, 3, 2, 2, 2];
        layer.Forward(Data.Normal<float>(seed: 102, shape.AsSpan(0, rank), mean: 1, std: 2));
        return layer;
    }

    [Fact]
    public void An_input_of_other_channels_is_refused_before_anything_is_made() =>
        Assert.Contains("(2, 4)", Assert.Throws<ArgumentException>(() => new FrozenBatchNorm(3).Forward(Data.Normal<float>(seed: 1, [2, 4]))).Message);
}
