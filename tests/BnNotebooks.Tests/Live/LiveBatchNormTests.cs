using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using FsCheck;
using FsCheck.Fluent;
using static BnNotebooks.Tests.Live.Numbers;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// Our batch norms beside libtorch's: random shapes and options, some steps of training and one of evaluation, each forward
/// and backward.
/// </summary>
public class LiveBatchNormTests
{
    private const int Cases = 600;      // of each element type
    private const int TrainingSteps = 2;

    private sealed record Case(int Seed, nint[] Shape, double Eps, double? Momentum, bool Affine, bool Track, BatchNormMethod Method,
        double Mean, double Std)
    {
        public override string ToString() => $"seed {Seed}, ({string.Join(", ", Shape)}), eps {Eps}, momentum {Momentum?.ToString() ?? "null"}, "
            + $"affine {Affine}, track {Track}, {Method}, data {Mean} ± {Std}";
    }

    private static readonly Gen<Case> AnyCase =
        from seed in Gen.Choose(0, int.MaxValue)
        from rank in Gen.Choose(2, 5)
        from samples in Gen.Choose(1, 8)
        from channels in Gen.Choose(1, 5)
        from positions in Gen.Choose(1, 4).ArrayOf(rank - 2)
        where samples * positions.Aggregate(1, (a, b) => a * b) > 1
        from eps in Gen.Elements(1e-5, 1e-3, 1e-12, 0.5)
        from momentum in Gen.Elements<double?>(0.1, 0, 1, 0.7, null)
        from affine in Gen.Elements(true, false)
        from track in Gen.Elements(true, true, false)
        from method in Gen.Elements(BatchNormMethod.Fast, BatchNormMethod.Careful)
        from mean in Gen.Elements(0, -3, 100.0)
        from std in Gen.Elements(1, 20, 0.01)
        select new Case(seed, [samples, channels, .. positions.Select(length => (nint)length)], eps, momentum, affine, track, method, mean, std);

    [Fact]
    public void In_double_we_give_what_libtorch_gives() => ForAll(c => Compare<double>(c));

    [Fact]
    public void In_float_we_give_what_libtorch_gives_in_double_rounded_once() => ForAll(c => Compare<float>(c));

    private static void ForAll(Action<Case> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true), Prop.ForAll(AnyCase.ToArbitrary(), check));

    // The reference is libtorch in double on the same numbers, whatever our element type.
    private static void Compare<T>(Case c) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(c.Seed);
        var features = (int)c.Shape[1];
        var weight = c.Affine ? Normal<T>(random, features, 1, 0.5) : null;
        var bias = c.Affine ? Normal<T>(random, features, 0, 1) : null;
        var ours = MakeLayer(c, weight, bias);
        var torch = new TorchBatchNorm<double>(features, c.Eps, c.Momentum, Widen(weight), Widen(bias), c.Track);
        var count = (int)TensorPrimitives.Product<nint>(c.Shape);

        for (var step = 0; step <= TrainingSteps; step++)
        {
            var training = step < TrainingSteps;
            var x = Normal<T>(random, count, c.Mean, c.Std);
            var gradOutput = Normal<T>(random, count, 0, 1);

            ours.Train(training);
            ours.ZeroGrad();
            var output = ours.Forward(Tensor.Create(x, c.Shape));
            var gradInput = ours.Backward(Tensor.Create(gradOutput, c.Shape));
            var expected = torch.Step(Widen(x)!, [.. c.Shape], Widen(gradOutput)!, training);

            var (outputSlack, gradientSlack) = Slack(c, x, torch.RunningVar, training);
            Close(expected.Output, output, outputSlack, $"output of step {step}: {c}");
            Close(expected.GradInput, gradInput, gradientSlack, $"gradInput of step {step}: {c}");
            if (c.Affine)
            {
                Close(expected.GradWeight!, ours.Weight!.Grad, gradientSlack, $"weight.grad of step {step}: {c}");
                Close(expected.GradBias!, ours.Bias!.Grad, gradientSlack, $"bias.grad of step {step}: {c}");
            }
            if (c.Track)
            {
                Close(torch.RunningMean!, ours.RunningMean!, outputSlack, $"running_mean of step {step}: {c}");
                Close(torch.RunningVar!, ours.RunningVar!, outputSlack, $"running_var of step {step}: {c}");

                // Ours are rounded to T, so the next step starts from there on both sides.
                torch.RunningMean = Widen(Values(ours.RunningMean!));
                torch.RunningVar = Widen(Values(ours.RunningVar!));
            }
        }
    }

    // Beside the one rounding to T, what double itself costs: both sides round x − μ to 1e-16 of x, which α = 1/√(σ² + ε)
    // magnifies; the sums have up to 8·4³ terms. γ is at most about 3; gradients are about α times as large as outputs.
    private static (double Output, double Gradient) Slack<T>(Case c, T[] x, double[]? runningVar, bool training)
        where T : IFloatingPointIeee754<T>
    {
        var largest = x.Max(v => Math.Abs(double.CreateChecked(v)));
        var smallestVariance = double.PositiveInfinity;
        var (features, positions) = ((int)c.Shape[1], x.Length / (int)(c.Shape[0] * c.Shape[1]));
        for (var channel = 0; channel < features; channel++)
        {
            double[] values = [.. x.Where((_, i) => i / positions % features == channel).Select(double.CreateChecked)];
            var mean = values.Average();
            smallestVariance = Math.Min(smallestVariance,
                training || runningVar is null ? values.Average(v => (v - mean) * (v - mean)) : runningVar[channel]);
        }
        var alpha = 1 / Math.Sqrt(smallestVariance + c.Eps);
        var output = 1e-13 * (1 + largest * largest) * Math.Max(1, alpha);
        return (output, output * Math.Max(1, alpha) * Math.Max(1, alpha));
    }

    private static BatchNorm<T> MakeLayer<T>(Case c, T[]? weight, T[]? bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var features = (int)c.Shape[1];
        BatchNorm<T> layer = c.Shape.Length switch
        {
            4 => new BatchNorm2d<T>(features, c.Eps, c.Momentum, c.Affine, c.Track),
            5 => new BatchNorm3d<T>(features, c.Eps, c.Momentum, c.Affine, c.Track),
            _ => new BatchNorm1d<T>(features, c.Eps, c.Momentum, c.Affine, c.Track),
        };
        weight?.CopyTo(layer.Weight!.Values);
        bias?.CopyTo(layer.Bias!.Values);
        layer.Method = c.Method;
        return layer;
    }
}
