using System.Text.Encodings.Web;
using System.Text.Json;

namespace BnNotebooks.Runner.Execution;

/// <summary>A package that the run used.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">The version that was resolved.</param>
/// <param name="StandIn">True for a stand-in of ours, false for the real package.</param>
public sealed record PackageInfo(string Id, string Version, bool StandIn);

/// <summary>The libtorch that the run used.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Threads">How many threads it computes with.</param>
public sealed record TorchInfo(string Version, int Threads);

/// <summary>What a run ran on.</summary>
/// <param name="Packages">The packages that may be real or stand-ins.</param>
/// <param name="Torch">The libtorch behind TorchSharp, or null where there is none.</param>
public sealed record RunEnvironment(IReadOnlyList<PackageInfo> Packages, TorchInfo? Torch);

/// <summary><c>report.json</c>: what was used, and how each notebook went.</summary>
public sealed record RunReport(
    IReadOnlyList<PackageInfo> Packages, TorchInfo? Torch, IReadOnlyList<NotebookResult> Notebooks)
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
