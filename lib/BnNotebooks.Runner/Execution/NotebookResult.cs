using System.Text.Json.Serialization;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>How a notebook's run went, as <c>report.json</c> states it.</summary>
/// <param name="Name">The notebook, without its extension.</param>
/// <param name="Cells">How many cells there are to run.</param>
/// <param name="Executed">How many of them were run, a failing one included.</param>
/// <param name="Failed">How many failed: none or one, for the rest is not run.</param>
/// <param name="Seconds">The time taken, the start of the kernel included.</param>
/// <param name="Charts">How many outputs are Plotly charts.</param>
/// <param name="Error">Which cell failed, where and why; or why the notebook could not be run; or null.</param>
public sealed record NotebookResult(
    string Name, int Cells, int Executed, int Failed, double Seconds, int Charts, string? Error)
{
    /// <summary>Which cell wrote to the error stream first, and what; or null. The course writes nothing there.</summary>
    public string? Stderr { get; init; }

    /// <summary>What its reader has to be told: why it failed, or else that it wrote to the error stream; or null.</summary>
    [JsonIgnore]
    public string? Problem => Error ?? Stderr;
}

/// <summary>A notebook's run: the result, and the notebook with its new outputs.</summary>
/// <param name="Result">How it went.</param>
/// <param name="Document">The notebook with its new outputs, or null where the file could not be read.</param>
public sealed record NotebookRun(NotebookResult Result, NotebookDocument? Document);
