using System.Text.Json.Serialization;

namespace BnNotebooks.Benchmarking;

/// <summary>
/// What one case took: medians in milliseconds of one call, of ours and of its rivals on the same numbers, measured next to
/// each other. The rest follows from them. Who has no time did not take part.
/// </summary>
/// <param name="Case">Layer, mode and pass, for example <c>batchnorm2d/train/forward+backward</c>.</param>
/// <param name="Shape">The input's shape, for example <c>20x120x55x65</c>.</param>
/// <param name="Setting">
/// <c>as called</c>: as each API is normally used, with a new output each time; or <c>steady</c>: into memory that is already
/// mapped, for libtorch by an allocator that keeps its pages.
/// </param>
/// <param name="Threads">How many threads everyone but the plain loop may use.</param>
/// <param name="OursMs">The layer of BnNotebooks.Core.</param>
/// <param name="OursP95Ms">What nineteen in twenty readings of ours stay below, each over at least 5 ms of calls.</param>
/// <param name="TorchMs">The same through TorchSharp, all tensors contiguous.</param>
/// <param name="TorchChannelsLastMs">The same in libtorch's channels_last layout, which inputs of four dimensions can have.</param>
/// <param name="OnnxMs">The same in ONNX Runtime, which has no backward pass.</param>
/// <param name="ScalarMs">A plain loop in C#, one number at a time, on one thread.</param>
/// <param name="UnfusedMs">Of a fused layer, what it does by the library's single layers; no rival.</param>
/// <param name="CopyMs">A plain copy of the input into an existing array.</param>
/// <param name="StreamingCopyMs">The same copy by stores past the caches.</param>
/// <param name="AllocatedBytes">Managed bytes that a call of ours allocates, on all threads together.</param>
/// <param name="OursFreshPages">Pages of memory that the system had to map for a call of ours; null where it does not say.</param>
/// <param name="RivalFreshPages">The same for a call of the best rival.</param>
/// <param name="TorchCallMs">
/// What the TorchSharp in use takes for a call that has next to nothing to do, an addition of two single numbers: on small
/// shapes it is a good part of <paramref name="TorchMs"/>.
/// </param>
public sealed record BenchmarkResult(
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("shape")] string Shape,
    [property: JsonPropertyName("setting")] string Setting,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("ours_ms")] double OursMs,
    [property: JsonPropertyName("ours_p95_ms")] double OursP95Ms,
    [property: JsonPropertyName("torch_ms")] double TorchMs,
    [property: JsonPropertyName("torch_channels_last_ms")] double? TorchChannelsLastMs,
    [property: JsonPropertyName("onnx_ms")] double? OnnxMs,
    [property: JsonPropertyName("scalar_ms")] double ScalarMs,
    [property: JsonPropertyName("unfused_ms")] double? UnfusedMs,
    [property: JsonPropertyName("copy_ms")] double CopyMs,
    [property: JsonPropertyName("streaming_copy_ms")] double StreamingCopyMs,
    [property: JsonPropertyName("allocated_bytes")] long AllocatedBytes,
    [property: JsonPropertyName("ours_fresh_pages")] long? OursFreshPages,
    [property: JsonPropertyName("rival_fresh_pages")] long? RivalFreshPages,
    [property: JsonPropertyName("torch_call_ms")] double TorchCallMs)
{
    /// <summary>The <see cref="Setting"/> in which each side is called as its users call it.</summary>
    public const string AsCalled = "as called";

    /// <summary>The <see cref="Setting"/> in which all sides write to memory that is already mapped.</summary>
    public const string Steady = "steady";

    /// <summary>The names of the rivals, for tables.</summary>
    public const string Torch = "libtorch", TorchChannelsLast = "libtorch channels_last", Onnx = "ONNX Runtime", Scalar = "plain loop";

    /// <summary>Who took part beside ours, and their medians in milliseconds.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, double Ms)> Rivals =>
        [.. new[] { (Torch, TorchMs), (TorchChannelsLast, TorchChannelsLastMs), (Onnx, OnnxMs), (Scalar, (double?)ScalarMs) }
            .Where(rival => rival.Item2 is not null).Select(rival => (rival.Item1, rival.Item2!.Value))];

    /// <summary>The fastest rival's name.</summary>
    [JsonPropertyName("best_rival")]
    public string BestRival => Rivals.MinBy(rival => rival.Ms).Name;

    /// <summary>The fastest rival's median, in milliseconds.</summary>
    [JsonIgnore]
    public double BestRivalMs => Rivals.Min(rival => rival.Ms);

    /// <summary>Whether ours is ahead beyond doubt: nineteen in twenty of its readings below the best rival's median.</summary>
    [JsonPropertyName("won")]
    public bool Won => OursP95Ms < BestRivalMs;

    /// <summary>How many times as fast as the best rival, by medians: over 1 is faster.</summary>
    [JsonPropertyName("vs_best")]
    public double VsBest => Rounded(BestRivalMs / OursMs);

    /// <summary>How many times as fast as libtorch in the better of its layouts.</summary>
    [JsonPropertyName("vs_torch")]
    public double VsTorch => Rounded(Math.Min(TorchMs, TorchChannelsLastMs ?? double.PositiveInfinity) / OursMs);

    /// <summary>The faster of the two copies, in milliseconds: what moving the bytes once takes at least.</summary>
    [JsonIgnore]
    public double LimitMs => Math.Min(CopyMs, StreamingCopyMs);

    /// <summary>How many times as long as the faster copy.</summary>
    [JsonPropertyName("vs_limit")]
    public double VsLimit => Rounded(OursMs / LimitMs);

    /// <summary>How many times as fast as the same by single layers; null unless the layer is a fused one.</summary>
    [JsonPropertyName("vs_unfused")]
    public double? VsUnfused => UnfusedMs is { } unfused ? Rounded(unfused / OursMs) : null;

    /// <summary>What tells it from other results: case, shape, setting and threads.</summary>
    [JsonIgnore]
    public string Key => KeyOf(Case, Shape, Setting, Threads);

    /// <summary>The same for a case that has no result yet.</summary>
    /// <param name="case">As <see cref="Case"/>.</param>
    /// <param name="shape">As <see cref="Shape"/>.</param>
    /// <param name="setting">As <see cref="Setting"/>.</param>
    /// <param name="threads">As <see cref="Threads"/>.</param>
    public static string KeyOf(string @case, string shape, string setting, int threads) =>
        $"{@case} {shape}, {setting}, {threads} thread{(threads == 1 ? "" : "s")}";

    // More digits than anyone can measure only make the file harder to read.
    static double Rounded(double ratio) => Math.Round(ratio, 3);
}
