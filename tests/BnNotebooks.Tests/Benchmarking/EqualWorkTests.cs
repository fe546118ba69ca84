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

    public static TheoryData<string, int[], Pass> Cases
    {
        get
        {
            var cases = new TheoryData<string, int[], Pass>();
            foreach (var pass in Enum.GetValues<Pass>())
            {
                cases.Add("batchnorm1d", [7, 5], pass);
                cases.Add("batchnorm1d", [4, 3, 9], pass);
                cases.Add("batchnorm2d", [3, 5, 7, 6], pass);
                cases.Add("batchnorm3d", [2, 3, 4, 3, 5], pass);
                cases.Add("layernorm", [4, 3, 5, 6], pass);
                cases.Add("groupnorm", [3, 64, 3, 5], pass); // 32 groups of two channels
                cases.Add("instancenorm", [3, 4, 5, 5], pass);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Ours_TorchSharp_and_the_plain_loop_agree(string layer, int[] shape, Pass pass)
    {
        var workload = new Workload(layer, pass, shape, BenchmarkResult.Steady, Threads: 1);
        var inputs = new Inputs(workload);
        using var entrants = new Entrants(inputs, workload);
        using var mode = entrants.EnterThread();

        entrants.Ours.Call();
        float[] ours = [.. inputs.Y], oursBack = [.. inputs.Dx];
        entrants.Scalar.Call();
        float[] scalar = [.. inputs.Y], scalarBack = [.. inputs.Dx];
        using var y = entrants.Torch.Run();

        Close(Values(y), ours, Agreement);
        Close(Values(y), scalar, Agreement);
        if (workload.Training && entrants.Ours.Layer is BatchNorm<float> { RunningMean: { } runningMean, RunningVar: { } runningVar })
        {
            var loop = (ScalarBatchNorm)entrants.Scalar.Norm;
            Close([.. runningMean], loop.RunningMean, Agreement);
            Close([.. runningVar], loop.RunningVar, Agreement);
        }
        if (!workload.Backward)
            return;

        Close(Values(entrants.Torch.X.grad!), oursBack, Agreement);
        Close(Values(entrants.Torch.X.grad!), scalarBack, Agreement);
        float[][] gradients = [entrants.Scalar.Norm.GammaGradient, entrants.Scalar.Norm.BetaGradient];
        Assert.Equal(entrants.Torch.Parameters.Length, entrants.Ours.Layer.Parameters.Count);
        foreach (var (index, parameter) in entrants.Torch.Parameters.Index())
        {
            Close(Values(parameter.grad!), entrants.Ours.Layer.Parameters[index].Gradients.ToArray(), AgreementOfSums);
            Close(Values(parameter.grad!), gradients[index], AgreementOfSums);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_second_call_gives_the_same_gradients_as_the_first(string layer, int[] shape, Pass pass)
    {
        var workload = new Workload(layer, pass, shape, BenchmarkResult.AsCalled, Threads: 1);
        using var entrants = new Entrants(new Inputs(workload), workload);
        using var mode = entrants.EnterThread();
        float[][] Gradients() => [.. entrants.Ours.Layer.Parameters.Select(parameter => parameter.Gradients.ToArray())];

        entrants.Ours.Call();
        entrants.Torch.Call();
        var (ours, torch) = (Gradients(), entrants.Torch.Parameters.Select(parameter => parameter.grad?.ToTensor().ToArray()).ToArray());
        entrants.Ours.Call();
        entrants.Torch.Call();

        Assert.Equal(ours, Gradients());
        Assert.Equal(torch, entrants.Torch.Parameters.Select(parameter => parameter.grad?.ToTensor().ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_copy_copies_every_number(int threads)
    {
        var workload = new Workload("batchnorm2d", Pass.EvalForward, [8, 33, 40, 40], BenchmarkResult.Steady, threads);
        var inputs = new Inputs(workload);
        using var copy = new Copy(inputs, workload);

        copy.Call();

        Assert.Equal(inputs.X, inputs.Y);
    }

    [Fact]
    public void BenchmarkDotNet_measures_a_case_of_them_all()
    {
        var workload = new Workload("batchnorm1d", Pass.TrainForwardBackward, [22, 102], BenchmarkResult.AsCalled, Threads: 1);

        var result = Measurement.Of(new Inputs(workload), workload, torchCallMs: 0.001);

        Assert.Equal(("batchnorm1d/train/forward+backward", "22x102"), (result.Case, result.Shape));
        Assert.All((double[])[result.OursMs, result.TorchMs, result.CopyMs, result.ScalarMs], ms => Assert.True(ms > 0 && double.IsFinite(ms)));
        Assert.True(result.AllocatedBytes >= 2 * workload.Length * sizeof(float)); // two new tensors, as called
    }

    static float[] Values(TorchSharp.torch.Tensor tensor) => tensor.ToTensor().ToArray();

    static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (expectedValue, actualValue) in expected.Zip(actual))
            Assert.InRange(Math.Abs((double)expectedValue - actualValue), 0, tolerance);
    }
}
