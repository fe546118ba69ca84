using System.Text.Encodings.Web;
using System.Text.Json;

namespace BnNotebooks.Runner.Execution;

/// <summary>The libtorch that the run used.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Threads">How many threads it computes with.</param>
public sealed record TorchInfo(string Version, int Threads);

/// <summary>What a run ran on.</summary>
/// <param name="Packages">The packages that the course is about.</param>
/// <param name="Torch">The libtorch behind TorchSharp, or null where there is none.</param>
public sealed record RunEnvironment(IReadOnlyList<PackageInUse> Packages, TorchInfo? Torch);

/// <summary><c>report.json</c>: what was used, and how each notebook went.</summary>
public sealed record RunReport(
    string Host, IReadOnlyList<PackageInUse> Packages, TorchInfo? Torch, IReadOnlyList<NotebookResult> Notebooks)
{
    static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of the file.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Style) + "\n";
}
