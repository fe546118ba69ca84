using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

/// <summary>Layer, group, instance and RMS norm beside what PyTorch computed.</summary>
public class SampleNormGoldenTests
{
    private static readonly IReadOnlyList<JsonElement> Cases = GoldenFile.Cases("sample_norms.json");

    public static TheoryData<int, string> All()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < Cases.Count; i++)
            data.Add(i, $"{Cases[i].GetProperty("layer")} {Cases[i].GetProperty("dtype")} {Cases[i].GetProperty("shape")} "
                + JsonSerializer.Serialize(Cases[i].GetProperty("options")));
        return data;
    }

    [Theory, MemberData(nameof(All))]
    public void A_layer_gives_what_torch_gives_forward_and_backward(int index, string description)
    {
        _ = description;
        if (Cases[index].GetProperty("dtype").GetString() == "float64")
            Replay<double>(Cases[index]);
        else
            Replay<float>(Cases[index]);
    }

    private static void Replay<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (layer, groupSize) = MakeLayer<T>(golden);
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            layer.Train(step.GetProperty("training").GetBoolean());
            layer.ZeroGrad();
            var input = step.Tensor<T>("input");

            var output = layer.Forward(input);
            var gradInput = layer.Backward(step.Tensor<T>("grad_output"));

            var (tolerance, gradientTolerance) = Tolerance(input, layer, groupSize);
            Close.Assert(step.Tensor<T>("output"), output, tolerance, "output");
            Close.Assert(step.Tensor<T>("grad_input"), gradInput, gradientTolerance, "grad_input");
            foreach (var parameter in layer.Parameters)
                Close.Assert(step.Tensor<T>("grad_" + parameter.Name), parameter.Grad, gradientTolerance, "grad_" + parameter.Name);
            if (layer is not InstanceNorm<T> { TrackRunningStats: true } tracked)
                continue;
            Close.Assert(step.Tensor<T>("running_mean"), tracked.RunningMean!, tolerance, "running_mean");
            Close.Assert(step.Tensor<T>("running_var"), tracked.RunningVar!, tolerance, "running_var");
            Assert.Equal(0, step.GetProperty("num_batches_tracked").GetInt64());      // torch does not count; nor do we
        }
    }

    // As for batch norm: libtorch computes in the tensor's own type, so its output is off by a few roundings of the largest α·x,
    // with α = γ/√(σ² + ε), and its gradients by as much relative to their size, which is α. Ours is one rounding of the result.
    private static (double Output, double Gradient) Tolerance<T>(Tensor<T> input, SampleNorm<T> layer, int groupSize)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var roundoff = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        var values = input.ToArray().Select(double.CreateChecked).ToArray();
        var variances = layer is InstanceNorm<T> { Training: false, RunningVar: { } running }
            ? running.ToArray().Select(double.CreateChecked)
            : values.Chunk(groupSize).Select(group => Variance(group, mean: layer is RmsNorm<T> ? 0 : group.Average()));
        var gamma = layer.Weight is null ? 1 : layer.Weight.Values.ToArray().Max(w => Math.Abs(double.CreateChecked(w)));
        var alpha = Math.Max(1, gamma) * Math.Max(1, 1 / Math.Sqrt(variances.Min() + layer.Eps));
        var largest = alpha * (1 + values.Max(Math.Abs));
        return (8 * roundoff * largest, 8 * roundoff * largest * alpha);
    }

    private static double Variance(double[] values, double mean) => values.Average(x => (x - mean) * (x - mean));

    private static (SampleNorm<T> Layer, int GroupSize) MakeLayer<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var options = golden.GetProperty("options");
        nint[] shape = Lengths(golden.GetProperty("shape"));
        nint[] normalized = options.TryGetProperty("normalized_shape", out var n) ? Lengths(n) : [];
        double? given = options.TryGetProperty("eps", out var e) ? e.GetDouble() : null;
        var eps = given ?? 1e-5;
        var momentum = options.TryGetProperty("momentum", out var m) ? m.GetDouble() : 0.1;
        var elementwise = Flag("elementwise_affine", true);
        var (affine, track) = (Flag("affine", false), Flag("track_running_stats", false));

        var name = golden.GetProperty("layer").GetString();
        SampleNorm<T> layer = name switch
        {
            "LayerNorm" => new LayerNorm<T>(normalized, eps, elementwise),
            "RMSNorm" => new RmsNorm<T>(normalized, given, elementwise),
            "GroupNorm" => new GroupNorm<T>(Number("num_groups"), Number("num_channels"), eps, Flag("affine", true)),
            "InstanceNorm1d" => new InstanceNorm1d<T>(Number("num_features"), eps, momentum, affine, track),
            "InstanceNorm2d" => new InstanceNorm2d<T>(Number("num_features"), eps, momentum, affine, track),
            _ => new InstanceNorm3d<T>(Number("num_features"), eps, momentum, affine, track),
        };
        foreach (var parameter in layer.Parameters)
            golden.Tensor<T>(parameter.Name).FlattenTo(parameter.Values);
        var groupSize = name switch
        {
            "LayerNorm" or "RMSNorm" => Product(normalized),
            "GroupNorm" => Product(shape[1..]) / Number("num_groups"),
            _ => Product(shape[^(name![^2] - '0')..]),      // the last dimension, two, or three
        };
        return (layer, groupSize);

        bool Flag(string option, bool otherwise) => options.TryGetProperty(option, out var value) ? value.GetBoolean() : otherwise;
        int Number(string option) => options.GetProperty(option).GetInt32();
    }

    private static nint[] Lengths(JsonElement shape) => [.. shape.EnumerateArray().Select(length => (nint)length.GetInt64())];

    private static int Product(nint[] shape) => (int)TensorPrimitives.Product<nint>(shape);
}
