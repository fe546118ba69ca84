using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

/// <summary>Our counterpart of a golden case's layer, and how near it must come.</summary>
internal static class GoldenLayers
{
    public static string Name(JsonElement golden) =>
        golden.TryGetProperty("layer", out var name) || golden.TryGetProperty("kind", out name) ? name.GetString()! : "normalize";

    public static Layer<T> Make<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var options = golden.TryGetProperty("options", out var given) ? given : JsonDocument.Parse("{}").RootElement;
        double? eps = options.TryGetProperty("eps", out var e) ? e.GetDouble() : null;
        double? momentum = !options.TryGetProperty("momentum", out var m) ? 0.1 : m.ValueKind == JsonValueKind.Null ? null : m.GetDouble();
        var elementwise = Flag("elementwise_affine", true);
        var (ofBatch, trackBatch) = (Flag("affine", true), Flag("track_running_stats", true));
        var (ofInstance, trackInstance) = (Flag("affine", false), Flag("track_running_stats", false));
        Layer<T> layer = Name(golden) switch
        {
            "BatchNorm1d" => new BatchNorm1d<T>(Channels(), eps ?? 1e-5, momentum, ofBatch, trackBatch),
            "BatchNorm2d" => new BatchNorm2d<T>(Channels(), eps ?? 1e-5, momentum, ofBatch, trackBatch),
            "BatchNorm3d" => new BatchNorm3d<T>(Channels(), eps ?? 1e-5, momentum, ofBatch, trackBatch),
            "LayerNorm" => new LayerNorm<T>(Lengths(options, "normalized_shape"), eps ?? 1e-5, elementwise),
            "RMSNorm" => new RmsNorm<T>(Lengths(options, "normalized_shape"), eps, elementwise),
            "GroupNorm" => new GroupNorm<T>(Number("num_groups"), Number("num_channels"), eps ?? 1e-5, ofBatch),
            "InstanceNorm1d" => new InstanceNorm1d<T>(Number("num_features"), eps ?? 1e-5, momentum!.Value, ofInstance, trackInstance),
            "InstanceNorm2d" => new InstanceNorm2d<T>(Number("num_features"), eps ?? 1e-5, momentum!.Value, ofInstance, trackInstance),
            "InstanceNorm3d" => new InstanceNorm3d<T>(Number("num_features"), eps ?? 1e-5, momentum!.Value, ofInstance, trackInstance),
            "DyT" => new DyT<T>(Lengths(options, "normalized_shape")),
            "Linear" => new WeightNormLinear<T>(Width("input"), Width("output"), golden.GetProperty("bias_used").GetBoolean()),
            "linear" => new Linear<T>(Width("input"), Width("output"), golden.TryGetProperty("bias", out _)),
            "relu" => new ReLU<T>(),
            "sigmoid" => new Sigmoid<T>(),
            var other => throw new InvalidDataException($"There is no layer for '{other}'."),
        };
        foreach (var parameter in layer.Parameters)
            golden.Tensor<T>(parameter.Name).FlattenTo(parameter.Values);
        return layer;

        bool Flag(string option, bool otherwise) => options.TryGetProperty(option, out var value) ? value.GetBoolean() : otherwise;
        int Number(string option) => options.GetProperty(option).GetInt32();
        int Channels() => (int)Lengths(golden, "shape")[1];
        int Width(string tensor) => (int)golden.Tensor<T>(tensor).Lengths[^1];
    }

    /// <summary>How far a tensor of a name may be from the expected one after a forward pass of this input.</summary>
    public static Func<string, Tensor<T>, double> Tolerance<T>(Layer<T> layer, JsonElement golden, Tensor<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var roundoff = Close.Roundoff<T>();
        switch (layer)
        {
            case ReLU<T>:       // computes nothing
                return (_, _) => 0;
            case Sigmoid<T>:    // a few roundings of a number up to 1, its gradient of one up to 3
                return (name, _) => (name == "output" ? 2 : 6) * roundoff;
            case DyT<T>:        // as those, with γ and β of a few units; the gradients are sums of at most a dozen terms
                return (_, expected) => OfSums(expected);
            case Linear<T>:
                // Sums are rounded after each term, in another order than torch's; such errors grow with the square root of the
                // number of terms, which is at most 70, and the largest terms are about 20.
                return (_, _) => Math.Sqrt(70) * 20 * roundoff;
            case WeightNormLinear<T>:
                return (_, expected) => OfSums(expected);
            default:
                // libtorch computes α·x + (β − α·μ) with α = γ/√(σ² + ε) in the tensor's own type, so its output is off by a few
                // roundings of the largest α·x, and its gradients by as much relative to their size, which is α. Ours is one
                // rounding of the result.
                var (largest, alpha) = Sizes(layer, golden, input);
                return (name, _) => 8 * roundoff * largest * (name.StartsWith("grad_") ? alpha : 1);
        }
    }

    /// <summary>torch rounds to its type after each operator, in sums of at most a dozen terms that cancel in part; ours is one rounding.</summary>
    public static double OfSums<T>(Tensor<T> expected) where T : unmanaged, IFloatingPointIeee754<T> =>
        8 * Close.Roundoff<T>() * Math.Max(1, expected.ToArray().Max(value => Math.Abs(double.CreateChecked(value))));

    // The largest α·x and the largest α, over all groups of values that are normalized together.
    static (double Largest, double Alpha) Sizes<T>(Layer<T> layer, JsonElement golden, Tensor<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = Doubles(input);
        var shape = Lengths(golden, "shape");
        var (eps, groups) = layer switch
        {
            BatchNorm<T> norm => (norm.Eps, values.Index().GroupBy(value => value.Index / Product(shape[2..]) % (int)shape[1], value => value.Item)
                .Select(channel => channel.ToArray())),
            GroupNorm<T> norm => (norm.Eps, values.Chunk(Product(shape[1..]) / norm.NumGroups)),
            InstanceNorm<T> norm => (norm.Eps, values.Chunk(Product(shape[^(Name(golden)[^2] - '0')..]))),      // 1d, 2d or 3d
            var norm => (((SampleNorm<T>)norm).Eps, values.Chunk(Product(Lengths(golden.GetProperty("options"), "normalized_shape")))),
        };
        var running = layer.Training ? null : layer.Buffers.FirstOrDefault(buffer => buffer.Name == "running_var")?.To<T>();
        var gammas = layer.Parameters.Count == 0 ? [1] : Array.ConvertAll(Doubles(layer.Parameters[0].Value), Math.Abs);
        var (largest, largestAlpha) = (1.0, 1.0);
        foreach (var (index, group) in groups.Index())
        {
            var mean = layer is RmsNorm<T> ? 0 : group.Average();
            var variance = running is null ? group.Average(x => (x - mean) * (x - mean)) : double.CreateChecked(running[index % (int)running.FlattenedLength]);
            var gamma = layer is BatchNorm<T> ? gammas[index % gammas.Length] : gammas.Max();
            var alpha = Math.Max(1, gamma) / Math.Sqrt(variance + eps);
            largestAlpha = Math.Max(largestAlpha, alpha);
            largest = Math.Max(largest, Math.Max(1, alpha) * (1 + group.Max(Math.Abs)));
        }
        return (largest, largestAlpha);
    }

    static double[] Doubles<T>(Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(tensor.ToArray(), double.CreateChecked);

    static nint[] Lengths(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(length => (nint)length.GetInt64())];

    static int Product(ReadOnlySpan<nint> shape) => (int)TensorPrimitives.Product<nint>([1, .. shape]);
}
