using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Makes of a run's outputs what is worth keeping in the repository.</summary>
public static class CommittedOutputs
{
    /// <summary>
    /// Prepares a notebook in place. A chart keeps its JSON and its static image but not its HTML: hosts that strip scripts
    /// would prefer that and show a blank.
    /// </summary>
    public static void Prepare(NotebookDocument document)
    {
        foreach (var output in document.Cells.Where(cell => cell.Kind == "code").SelectMany(cell => cell.Outputs))
            if (output?["data"] is JsonObject data && data.ContainsKey(MimeTypes.Plotly))
                data.Remove(MimeTypes.Html);
    }
}
