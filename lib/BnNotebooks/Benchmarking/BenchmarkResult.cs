using System.Text.Json.Serialization;

namespace BnNotebooks.Benchmarking;

/// <summary>
/// What one case took: medians in milliseconds of one call, of ours and of its rivals on the same numbers, measured next to
/// each other. The ratios follow from them.
/// </summary>
/// <param name="Case">Layer, mode and pass, for example <c>batchnorm2d/train/forward+backward</c>.</param>
/// <param name="Shape">The input's shape, for example <c>20x120x55x65</c>.</param>
/// <param name="Setting">
/// <c>as called</c>: as each API is normally used, with a new output each time; or <c>steady</c>: into memory that is already
/// mapped, for libtorch by an allocator that keeps its pages.
/// </param>
/// <param name="Threads">How many threads ours, libtorch and the copy may use.</param>
/// <param name="OursMs">The layer of BnNotebooks.Core.</param>
/// <param name="TorchMs">The same through TorchSharp.</param>
/// <param name="CopyMs">A plain copy of the input into an existing array: what moving the bytes once costs.</param>
/// <param name="AllocatedBytes">Managed bytes that a call of ours allocates, on all threads together.</param>
/// <param name="ScalarMs">A plain loop in C#, one number at a time, on one thread.</param>
/// <param name="TorchCallMs">
/// What the TorchSharp in use takes for a call that has next to nothing to do, an addition of two single numbers: on small
/// shapes it is a good part of <paramref name="TorchMs"/>.
/// </param>
public sealed record BenchmarkResult(
    [property: JsonPropertyName("case"), JsonPropertyOrder(0)] string Case,
    [property: JsonPropertyName("shape"), JsonPropertyOrder(1)] string Shape,
    [property: JsonPropertyName("setting"), JsonPropertyOrder(2)] string Setting,
    [property: JsonPropertyName("threads"), JsonPropertyOrder(3)] int Threads,
    [property: JsonPropertyName("ours_ms"), JsonPropertyOrder(4)] double OursMs,
    [property: JsonPropertyName("torch_ms"), JsonPropertyOrder(5)] double TorchMs,
    [property: JsonPropertyName("copy_ms"), JsonPropertyOrder(6)] double CopyMs,
    [property: JsonPropertyName("allocated_bytes"), JsonPropertyOrder(9)] long AllocatedBytes,
    [property: JsonPropertyName("scalar_ms"), JsonPropertyOrder(10)] double ScalarMs,
    [property: JsonPropertyName("torch_call_ms"), JsonPropertyOrder(11)] double TorchCallMs)
{
    /// <summary>The <see cref="Setting"/> in which each side is called as its users call it.</summary>
    public const string AsCalled = "as called";

    /// <summary>The <see cref="Setting"/> in which both sides write to memory that is already mapped.</summary>
    public const string Steady = "steady";

    /// <summary>How many times as fast as TorchSharp: over 1 is faster.</summary>
    [JsonPropertyName("vs_torch"), JsonPropertyOrder(7)]
    public double VsTorch => Rounded(TorchMs / OursMs);

    /// <summary>How many times as long as the plain copy: 1 is as fast as the memory allows.</summary>
    [JsonPropertyName("vs_copy"), JsonPropertyOrder(8)]
    public double VsCopy => Rounded(OursMs / CopyMs);

    // More digits than anyone can measure only make the file harder to read.
    static double Rounded(double ratio) => Math.Round(ratio, 3);
}
