using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static BnNotebooks.Tests.Live.Numbers;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// Our batch renorm beside the paper's Algorithm 1 composed from libtorch's operators, with r and d detached: random shapes and
/// options, some steps of training and one of evaluation, each forward and backward.
/// </summary>
public class LiveBatchRenormTests
{
    private const int Cases = 300;      // of each element type
    private const int TrainingSteps = 3;

    private sealed record Case(int Seed, nint[] Shape, double RMax, double DMax, double Eps, double Momentum, bool Affine,
        double Mean, double Std)
    {
        public long Channels => Shape[1];

        public override string ToString() => $"seed {Seed}, ({string.Join(", ", Shape)}), rMax {RMax}, dMax {DMax}, eps {Eps}, "
            + $"momentum {Momentum}, affine {Affine}, data {Mean} ± {Std}";
    }

    private static readonly Gen<Case> AnyCase =
        from seed in Gen.Choose(0, int.MaxValue)
        from rank in Gen.Choose(2, 5)
        from samples in Gen.Choose(1, 8)
        from channels in Gen.Choose(1, 5)
        from positions in Gen.Choose(1, 4).ArrayOf(rank - 2)
        where samples * positions.Aggregate(1, (a, b) => a * b) > 1
        from rMax in Gen.Elements(1, 1.5, 3, double.PositiveInfinity)
        from dMax in Gen.Elements(0, 0.5, 5, double.PositiveInfinity)
        from eps in Gen.Elements(1e-5, 1e-3, 0.5)
        from momentum in Gen.Elements(0.01, 0.5, 1, 0)
        from affine in Gen.Elements(true, false)
        from mean in Gen.Elements(0, -3, 10.0)
        from std in Gen.Elements(1, 5, 0.1)
        select new Case(seed, [samples, channels, .. positions.Select(length => (nint)length)], rMax, dMax, eps, momentum, affine, mean, std);

    [Fact]
    public void In_double_we_give_what_the_paper_s_algorithm_gives_in_libtorch() => ForAll(c => Compare<double>(c));

    [Fact]
    public void In_float_we_give_what_it_gives_in_double_but_for_a_few_roundings() => ForAll(c => Compare<float>(c));

    private static void ForAll(Action<Case> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true), Prop.ForAll(AnyCase.ToArbitrary(), check));

    // The reference is libtorch in double on the same numbers, whatever our element type.
    private static void Compare<T>(Case c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(c.Seed);
        var channels = (int)c.Channels;
        var weight = c.Affine ? Normal<T>(random, channels, 1, 0.5) : null;
        var bias = c.Affine ? Normal<T>(random, channels, 0, 1) : null;
        var ours = new BatchRenorm<T>(channels, c.RMax, c.DMax, c.Eps, c.Momentum, c.Affine);
        weight?.CopyTo(ours.Weight!.Values);
        bias?.CopyTo(ours.Bias!.Values);
        var count = (int)TensorPrimitives.Product<nint>(c.Shape);
        long[] shape = [.. c.Shape.Select(length => (long)length)];

        for (var step = 0; step <= TrainingSteps; step++)
        {
            var training = step < TrainingSteps;
            var x = Normal<T>(random, count, c.Mean, c.Std);
            var gradOutput = Normal<T>(random, count, 0, 1);
            // Ours are rounded to T, so each step starts from there on both sides.
            var (runningMean, runningStd) = (Widen(Values(ours.RunningMean))!, Widen(Values(ours.RunningStd))!);
            var smallestStd = Math.Min(runningStd.Min(), SmallestStd(c, x));

            ours.Train(training);
            ours.ZeroGrad();
            var output = ours.Forward(Tensor.Create(x, c.Shape));
            var gradInput = ours.Backward(Tensor.Create(gradOutput, c.Shape));
            var expected = TorchAutograd.Run(Widen(x)!, shape, Widen(gradOutput)!, Widen(weight), Widen(bias), [channels],
                (input, gamma, beta) => Reference(c, input, gamma, beta, runningMean, runningStd, training));

            Near(expected.Output, output, "output");
            Near(expected.GradInput, gradInput, "gradInput");
            if (c.Affine)
            {
                Near(expected.GradWeight!, ours.Weight!.Grad, "weight.grad");
                Near(expected.GradBias!, ours.Bias!.Grad, "bias.grad");
            }
            Near(runningMean, ours.RunningMean, "running_mean");
            Near(runningStd, ours.RunningStd, "running_std");

            // γ·r and γ·d + β are rounded to T before they are used. As the mean of y is γ·d + β, no term of y is more than twice as
            // large as the largest y: together four roundings of that. Beside it what double itself costs: both sides round to
            // 1e-16 of x, which 1/σ magnifies, in the gradients up to three times.
            void Near(double[] reference, Tensor<T> values, string what) =>
                Close(reference, values,
                    4 * OneRounding<T>() * reference.Max(Math.Abs) + 1e-13 * Math.Pow(1 + 1 / smallestStd, 3),
                    $"{what} of step {step}: {c}");
        }
    }

    // The smallest σ_B of the channels.
    private static double SmallestStd<T>(Case c, T[] x) where T : IFloatingPointIeee754<T>
    {
        var positions = x.Length / (int)(c.Shape[0] * c.Channels);
        var channels = Widen(x)!.Select((value, i) => (value, i)).GroupBy(v => v.i / positions % c.Channels, v => v.value);
        return channels.Min(channel =>
        {
            var mean = channel.Average();
            return Math.Sqrt(channel.Average(v => (v - mean) * (v - mean)) + c.Eps);
        });
    }

    // Algorithm 1 of the paper. Leaves the new running statistics in the arrays.
    private static torch.Tensor Reference(
        Case c, torch.Tensor x, torch.Tensor? gamma, torch.Tensor? beta, double[] runningMean, double[] runningStd, bool training)
    {
        long[] perChannel = [1, c.Channels, .. Enumerable.Repeat(1L, c.Shape.Length - 2)];
        long[] overBatch = [0, .. Enumerable.Range(2, c.Shape.Length - 2).Select(d => (long)d)];
        var (mu, sigma) = (torch.tensor(runningMean, perChannel), torch.tensor(runningStd, perChannel));

        var normalized = (x - mu) / sigma;
        if (training)
        {
            var muB = x.mean(overBatch, keepdim: true);
            var sigmaB = (x.var(overBatch, unbiased: false, keepdim: true) + c.Eps).sqrt();
            var r = Clip(sigmaB.detach() / sigma, 1 / c.RMax, c.RMax);
            var d = Clip((muB.detach() - mu) / sigma, -c.DMax, c.DMax);
            normalized = (x - muB) / sigmaB * r + d;
            TorchAutograd.Values(mu + (muB.detach() - mu) * c.Momentum).CopyTo(runningMean, 0);
            TorchAutograd.Values(sigma + (sigmaB.detach() - sigma) * c.Momentum).CopyTo(runningStd, 0);
        }
        return gamma is null || beta is null ? normalized : normalized * gamma.view(perChannel) + beta.view(perChannel);
    }

    private static torch.Tensor Clip(torch.Tensor tensor, double least, double most) =>
        tensor.max(torch.full([1], least, torch.float64)).min(torch.full([1], most, torch.float64));
}
