using BnNotebooks.Benchmarking;
using BnNotebooks.Benchmarks;
using BnNotebooks.Core;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>The contestants of a benchmark compute the same numbers: else it would compare different work.</summary>
public sealed class EqualWorkTests
{
    // Values up to about 5 in single precision, where neighbouring floats lie 5e-7 apart, a few roundings each. Sums of
    // gradients are over up to 150 terms of at most 3.
    const double Agreement = 1e-5, AgreementOfSums = 2e-4;

    public static TheoryData<string, int[], Pass, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, int[], Pass, string>();
            foreach (var pass in Enum.GetValues<Pass>())
            {
                foreach (var setting in (string[])[BenchmarkResult.Steady, BenchmarkResult.AsCalled])
                {
                    cases.Add("batchnorm1d", [7, 5], pass, setting);
                    cases.Add("batchnorm1d", [4, 3, 9], pass, setting);
                    cases.Add("batchnorm2d", [3, 5, 7, 6], pass, setting);
                    cases.Add("batchnorm3d", [2, 3, 4, 3, 5], pass, setting);
                    cases.Add("layernorm", [4, 3, 5, 6], pass, setting);
                    cases.Add("groupnorm", [3, 64, 3, 5], pass, setting); // 32 groups of two channels
                    cases.Add("instancenorm", [3, 4, 5, 5], pass, setting);
                    cases.Add("batchnorm2d+relu", [3, 5, 7, 6], pass, setting);
                    cases.Add("batchnorm2d+add+relu", [3, 5, 7, 6], pass, setting);
                }
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Everyone_computes_the_same(string layer, int[] shape, Pass pass, string setting)
    {
        var workload = new Workload(layer, pass, shape, setting, Threads: 1);
        using var entrants = new Entrants(new Inputs(workload), workload);
        using var mode = entrants.EnterThread();

        var ours = entrants.Ours.Compute();
        foreach (var other in new[] { entrants.Scalar, entrants.Unfused, entrants.Torch, entrants.TorchChannelsLast, (Computing?)entrants.Onnx })
        {
            if (other is null)
                continue;
            var outcome = other.Compute();
            Close(ours.Y, outcome.Y, Agreement);
            if (!workload.Backward)
                continue;
            Close(ours.Dx!, outcome.Dx!, Agreement);
            Close(ours.Dz ?? [], outcome.Dz ?? [], Agreement);
            var gradients = outcome.Gradients!.Where(gradient => gradient.Length > 0).ToArray(); // instance norm learns nothing
            Assert.Equal(ours.Gradients!.Length, gradients.Length);
            foreach (var (expected, actual) in ours.Gradients!.Zip(gradients))
                Close(expected, actual, AgreementOfSums);
        }
    }

    [Theory]
    [InlineData("batchnorm2d", Pass.TrainForward, new[] { 2, 3, 4, 4 }, 5)] // both layouts, ONNX Runtime and two copies beside the loop
    [InlineData("batchnorm2d", Pass.TrainForwardBackward, new[] { 2, 3, 4, 4 }, 4)] // ONNX Runtime has no backward pass
    [InlineData("batchnorm1d", Pass.EvalForward, new[] { 7, 5 }, 4)] // channels_last is a layout of images
    [InlineData("batchnorm2d+relu", Pass.TrainForward, new[] { 2, 3, 4, 4 }, 6)] // and ours unfused
    public void Who_takes_part_depends_on_the_case(string layer, Pass pass, int[] shape, int others)
    {
        var workload = new Workload(layer, pass, shape, BenchmarkResult.Steady, Threads: 1);
        using var entrants = new Entrants(new Inputs(workload), workload);
        string[] names = [nameof(Contest.Unfused), nameof(Contest.Torch), nameof(Contest.TorchChannelsLast), nameof(Contest.Onnx),
            nameof(Contest.Copy), nameof(Contest.StreamingCopy)];

        Assert.Equal(others, names.Count(name => entrants[name] is not null));
    }

    [Fact]
    public void The_plain_loop_moves_the_running_statistics_as_ours_does()
    {
        var workload = new Workload("batchnorm2d", Pass.TrainForward, [3, 5, 7, 6], BenchmarkResult.Steady, Threads: 1);
        var inputs = new Inputs(workload);
        var (ours, loop) = (new Ours(inputs, workload), new Scalar(inputs, workload));

        ours.Call();
        loop.Call();

        var (layer, norm) = ((BatchNorm<float>)ours.Layer, (ScalarBatchNorm)loop.Norm);
        Close([.. layer.RunningMean!], norm.RunningMean, Agreement);
        Close([.. layer.RunningVar!], norm.RunningVar, Agreement);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_second_call_gives_the_same_gradients_as_the_first(string layer, int[] shape, Pass pass, string setting)
    {
        var workload = new Workload(layer, pass, shape, setting, Threads: 1);
        using var entrants = new Entrants(new Inputs(workload), workload);
        using var mode = entrants.EnterThread();

        foreach (var contestant in new[] { entrants.Ours, entrants.Torch })
            Assert.Equal(contestant.Compute().Gradients, contestant.Compute().Gradients);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void A_copy_copies_every_number(int threads, bool streaming)
    {
        var workload = new Workload("batchnorm2d", Pass.EvalForward, [7, 33, 37, 41], BenchmarkResult.Steady, threads);
        var inputs = new Inputs(workload);
        using var copy = new Copy(inputs, workload, streaming);

        copy.Call();

        Assert.Equal(inputs.X, inputs.Y);
    }

    [Theory]
    [InlineData(Pass.TrainForwardBackward, new[] { 22, 102 }, false, false)]
    [InlineData(Pass.TrainForward, new[] { 2, 3, 8, 8 }, true, true)]
    public void BenchmarkDotNet_measures_all_who_take_part(Pass pass, int[] shape, bool channelsLast, bool onnx)
    {
        var workload = new Workload(shape.Length == 2 ? "batchnorm1d" : "batchnorm2d", pass, shape, BenchmarkResult.AsCalled, Threads: 1);

        var result = Measurement.Of(new Inputs(workload), workload, torchCallMs: 0.001);

        Assert.Equal((workload.Case, workload.Shape), (result.Case, result.Shape));
        Assert.Equal((channelsLast, onnx, false), (result.TorchChannelsLastMs is not null, result.OnnxMs is not null, result.UnfusedMs is not null));
        Assert.All(result.Rivals.Select(rival => rival.Ms).Concat([result.OursMs, result.CopyMs, result.StreamingCopyMs]), ms => Assert.True(ms > 0 && double.IsFinite(ms)));
        Assert.True(result.OursP95Ms >= result.OursMs);
        Assert.True(result.AllocatedBytes >= workload.Length * sizeof(float)); // a new tensor, as called
    }

    static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (expectedValue, actualValue) in expected.Zip(actual))
            Assert.InRange(Math.Abs((double)expectedValue - actualValue), 0, tolerance);
    }
}
