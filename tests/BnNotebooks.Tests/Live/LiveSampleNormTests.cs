using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static BnNotebooks.Tests.Live.Numbers;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// Our layer, group, instance and RMS norms beside libtorch's (RMS norm composed from its operators): random shapes and options,
/// forward and backward.
/// </summary>
public class LiveSampleNormTests
{
    private const int Cases = 400;      // of each element type
    private const int TrainingSteps = 2;

    private enum Kind { Layer, Group, Instance, TrackedInstance, Rms }

    private sealed record Case(Kind Kind, int Seed, nint[] Shape, int Groups, int LastDimensions, double Eps, double Momentum, bool Affine,
        double Mean, double Std)
    {
        public nint[] NormalizedShape => Shape[^LastDimensions..];

        public nint[] ParameterShape => Kind is Kind.Layer or Kind.Rms ? NormalizedShape : [Shape[1]];

        /// <summary>How many neighbouring values are normalized together.</summary>
        public int GroupSize => Kind switch
        {
            Kind.Layer or Kind.Rms => Product(NormalizedShape),
            Kind.Group => Product(Shape[1..]) / Groups,
            _ => Product(Shape[2..]),
        };

        public override string ToString() => $"{Kind} norm, seed {Seed}, ({string.Join(", ", Shape)}), {Groups} groups, "
            + $"last {LastDimensions} dimensions, eps {Eps}, momentum {Momentum}, affine {Affine}, data {Mean} ± {Std}";
    }

    private static readonly Gen<Case> AnyCase =
        from kind in Gen.Elements(Enum.GetValues<Kind>())
        from seed in Gen.Choose(0, int.MaxValue)
        from rank in Gen.Choose(kind is Kind.Instance or Kind.TrackedInstance ? 3 : 2, 5)
        from samples in Gen.Choose(1, 5)
        from groups in Gen.Choose(1, 3)
        from channelsPerGroup in Gen.Choose(1, 3)
        from positions in Gen.Choose(1, 4).ArrayOf(rank - 2)
        from lastDimensions in Gen.Choose(1, rank)
        from eps in Gen.Elements(1e-5, 1e-3, 1e-12, 0.5)
        from momentum in Gen.Elements(0.1, 0, 1, 0.7)
        from affine in Gen.Elements(true, false)
        from mean in Gen.Elements(0, -3, 100.0)
        from std in Gen.Elements(1, 20, 0.01)
        let any = new Case(kind, seed, [samples, groups * channelsPerGroup, .. positions.Select(length => (nint)length)],
            groups, lastDimensions, eps, momentum, affine, mean, std)
        where any.GroupSize > 1 || kind is Kind.Rms
        select any;

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
        var (count, parameters) = (Product(c.Shape), Product(c.ParameterShape));
        var weight = c.Affine ? Normal<T>(random, parameters, 1, 0.5) : null;
        var bias = c.Affine && c.Kind is not Kind.Rms ? Normal<T>(random, parameters, 0, 1) : null;
        var ours = MakeLayer(c, weight, bias);
        var tracked = c.Kind is Kind.TrackedInstance ? (InstanceNorm<T>)ours : null;

        for (var step = 0; step <= TrainingSteps; step++)
        {
            var training = step < TrainingSteps;
            var x = Normal<T>(random, count, c.Mean, c.Std);
            var gradOutput = Normal<T>(random, count, 0, 1);
            // Ours are rounded to T, so each step starts from there on both sides.
            var runningMean = tracked is null ? null : Widen(Values(tracked.RunningMean!));
            var runningVar = tracked is null ? null : Widen(Values(tracked.RunningVar!));

            ours.Train(training);
            ours.ZeroGrad();
            var output = ours.Forward(Tensor.Create(x, c.Shape));
            var gradInput = ours.Backward(Tensor.Create(gradOutput, c.Shape));
            var (outputSlack, gradientSlack) = Slack(c, x, training ? null : runningVar);
            var expected = TorchAutograd.Run(Widen(x)!, Long(c.Shape), Widen(gradOutput)!, Widen(weight), Widen(bias), Long(c.ParameterShape),
                (input, gamma, beta) => Reference(c, input, gamma, beta, runningMean, runningVar, training));

            Close(expected.Output, output, outputSlack, $"output of step {step}: {c}");
            Close(expected.GradInput, gradInput, gradientSlack, $"gradInput of step {step}: {c}");
            if (weight is not null)
                Close(expected.GradWeight!, ours.Weight!.Grad, gradientSlack, $"weight.grad of step {step}: {c}");
            if (bias is not null)
                Close(expected.GradBias!, ours.Bias!.Grad, gradientSlack, $"bias.grad of step {step}: {c}");
            if (tracked is not null)
            {
                Close(runningMean!, tracked.RunningMean!, outputSlack, $"running_mean of step {step}: {c}");
                Close(runningVar!, tracked.RunningVar!, outputSlack, $"running_var of step {step}: {c}");
            }
        }
    }

    // Leaves libtorch's new running statistics in the arrays.
    private static torch.Tensor Reference(Case c, torch.Tensor x, torch.Tensor? gamma, torch.Tensor? beta,
        double[]? runningMean, double[]? runningVar, bool training)
    {
        switch (c.Kind)
        {
            case Kind.Layer:
                return torch.nn.functional.layer_norm(x, Long(c.NormalizedShape), gamma, beta, c.Eps);
            case Kind.Group:
                return torch.nn.functional.group_norm(x, c.Groups, gamma, beta, c.Eps);
            case Kind.Instance:
                return torch.nn.functional.instance_norm(x, null, null, gamma, beta, use_input_stats: true, 0.1, c.Eps);
            case Kind.TrackedInstance:
                var (mean, variance) = (torch.tensor(runningMean!), torch.tensor(runningVar!));
                var y = torch.nn.functional.instance_norm(x, mean, variance, gamma, beta, training, c.Momentum, c.Eps);
                TorchAutograd.Values(mean).CopyTo(runningMean!, 0);
                TorchAutograd.Values(variance).CopyTo(runningVar!, 0);
                return y;
            default:
                long[] dimensions = [.. Enumerable.Range(1, c.LastDimensions).Select(d => (long)-d)];
                var normalized = x / (x.square().mean(dimensions, keepdim: true) + c.Eps).sqrt();
                return gamma is null ? normalized : normalized * gamma;
        }
    }

    // Beside the one rounding to T, what double itself costs: both sides round x − μ to 1e-16 of x, which α = 1/√(σ² + ε)
    // magnifies; the sums have up to 9·4³ terms. γ is at most about 3; gradients are about α times as large as outputs.
    private static (double Output, double Gradient) Slack<T>(Case c, T[] x, double[]? runningVar) where T : IFloatingPointIeee754<T>
    {
        var values = Widen(x)!;
        var largest = values.Max(Math.Abs);
        var variances = runningVar ?? values.Chunk(c.GroupSize).Select(group =>
        {
            var mean = c.Kind is Kind.Rms ? 0 : group.Average();
            return group.Average(v => (v - mean) * (v - mean));
        });
        var alpha = Math.Max(1, 1 / Math.Sqrt(variances.Min() + c.Eps));
        var output = 1e-13 * (1 + largest * largest) * alpha;
        return (output, output * alpha * alpha);
    }

    private static SampleNorm<T> MakeLayer<T>(Case c, T[]? weight, T[]? bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var channels = (int)c.Shape[1];
        var track = c.Kind is Kind.TrackedInstance;
        SampleNorm<T> layer = c.Kind switch
        {
            Kind.Layer => new LayerNorm<T>(c.NormalizedShape, c.Eps, c.Affine),
            Kind.Rms => new RmsNorm<T>(c.NormalizedShape, c.Eps, c.Affine),
            Kind.Group => new GroupNorm<T>(c.Groups, channels, c.Eps, c.Affine),
            _ when c.Shape.Length == 3 => new InstanceNorm1d<T>(channels, c.Eps, c.Momentum, c.Affine, track),
            _ when c.Shape.Length == 4 => new InstanceNorm2d<T>(channels, c.Eps, c.Momentum, c.Affine, track),
            _ => new InstanceNorm3d<T>(channels, c.Eps, c.Momentum, c.Affine, track),
        };
        weight?.CopyTo(layer.Weight!.Values);
        bias?.CopyTo(layer.Bias!.Values);
        return layer;
    }

    private static int Product(nint[] shape) => (int)TensorPrimitives.Product<nint>(shape);

    private static long[] Long(nint[] shape) => [.. shape.Select(length => (long)length)];
}
