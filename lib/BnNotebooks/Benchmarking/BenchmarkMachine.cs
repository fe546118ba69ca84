using System.Text.Json.Serialization;

namespace BnNotebooks.Benchmarking;

/// <summary>What results were measured on, and against which versions of the rivals.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">How many of its threads there are.</param>
/// <param name="VectorBits">The width of its vectors as .NET uses them, in bits; 0 without any.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="Libtorch">libtorch's version.</param>
/// <param name="TorchSharp">The version of TorchSharp, through which it is called.</param>
/// <param name="OnnxRuntime">ONNX Runtime's version.</param>
/// <param name="Remark">What makes the results doubtful, or null.</param>
public sealed record BenchmarkMachine(
    [property: JsonPropertyName("processor")] string Processor,
    [property: JsonPropertyName("cores")] int Cores,
    [property: JsonPropertyName("vector_bits")] int VectorBits,
    [property: JsonPropertyName("runtime")] string Runtime,
    [property: JsonPropertyName("libtorch")] string Libtorch,
    [property: JsonPropertyName("torchsharp")] string TorchSharp,
    [property: JsonPropertyName("onnx_runtime")] string OnnxRuntime,
    [property: JsonPropertyName("remark")] string? Remark)
{
    /// <summary>The machine in a few words.</summary>
    [JsonIgnore]
    public string Hardware => $"{Processor}, {Cores} cores, {VectorBits}-bit vectors, {Runtime}";

    /// <summary>The rivals with their versions and layouts.</summary>
    [JsonIgnore]
    public string Rivals => $"libtorch {Libtorch} (contiguous and channels_last), ONNX Runtime {OnnxRuntime} and a plain loop";

    /// <summary>Whether results of both may stand in one table.</summary>
    public bool IsLike(BenchmarkMachine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Remark = null } == other with { Remark = null };
    }

    /// <summary>All of it, in a line or a few.</summary>
    public override string ToString() =>
        $"{Hardware}; against {Rivals}, libtorch through TorchSharp {TorchSharp}" + (Remark is null ? "" : $"\n{Remark}");
}
