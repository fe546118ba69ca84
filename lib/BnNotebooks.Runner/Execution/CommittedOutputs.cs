using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Makes of a run's outputs what is worth keeping in the repository.</summary>
public static class CommittedOutputs
{
    const string Ours = "bnnotebooks", OutputsOf = "outputs_of";

    /// <summary>
    /// Prepares a notebook in place. A chart keeps its JSON and its static image but not its HTML: hosts that strip scripts
    /// would prefer that and show a blank. The notebook remembers which code the outputs came from.
    /// </summary>
    public static void Prepare(NotebookDocument document)
    {
        foreach (var output in document.Cells.Where(cell => cell.Kind == "code").SelectMany(cell => cell.Outputs))
            if (output?["data"] is JsonObject data && data.ContainsKey(MimeTypes.Plotly))
                data.Remove(MimeTypes.Html);
        if (document.Json["metadata"] is not JsonObject metadata)
            document.Json["metadata"] = metadata = [];
        metadata[Ours] = new JsonObject { [OutputsOf] = Code(document) };
    }

    /// <summary>Whether a notebook's outputs came from the code that it has now.</summary>
    public static bool AreOfTheCodeIn(NotebookDocument document) => (string?)document.Json["metadata"]?[Ours]?[OutputsOf] == Code(document);

    /// <summary>Takes all outputs out, in place, and what is said of where they came from.</summary>
    public static void Clear(NotebookDocument document)
    {
        foreach (var cell in document.Cells.Where(cell => cell.Kind == "code"))
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
        (document.Json["metadata"] as JsonObject)?.Remove(Ours);
    }

    // SHA-256 over all code cells, each ended by a character that no code contains.
    static string Code(NotebookDocument document)
    {
        var code = string.Concat(document.Cells.Where(cell => cell.Kind == "code").Select(cell => cell.Source + "\0"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
    }
}
