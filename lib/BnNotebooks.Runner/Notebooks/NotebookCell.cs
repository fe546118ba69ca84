using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Notebooks;

/// <summary>One cell of a notebook: a view on its JSON.</summary>
public sealed class NotebookCell(JsonObject json)
{
    /// <summary>The cell as it stands in the file.</summary>
    public JsonObject Json { get; } = json;

    /// <summary><c>code</c>, <c>markdown</c> or <c>raw</c>.</summary>
    public string Kind => Json["cell_type"]!.GetValue<string>();

    /// <summary>The cell's id (nbformat 4.5), or an empty string where an older file has none.</summary>
    public string Id => Json["id"]?.GetValue<string>() ?? "";

    /// <summary>The text of the cell. nbformat stores it as one string or as a list of lines.</summary>
    public string Source => TextOf(Json["source"]);

    /// <summary>The kernel that a Polyglot notebook names for this cell, or null.</summary>
    public string? KernelName =>
        Json["metadata"]?["polyglot_notebook"]?["kernelName"]?.GetValue<string>()
        ?? Json["metadata"]?["dotnet_interactive"]?["language"]?.GetValue<string>();

    /// <summary>What running the cell produced, as nbformat 4.5 outputs. Only code cells have any.</summary>
    public JsonArray Outputs
    {
        get => Json["outputs"] as JsonArray ?? [];
        set => Json["outputs"] = value;
    }

    /// <summary>The number in the brackets beside the cell.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"]?.GetValue<int>();
        set => Json["execution_count"] = value;
    }

    /// <summary>Joins nbformat's "string or list of strings".</summary>
    public static string TextOf(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => line?.GetValue<string>())),
        _ => node.GetValue<string>(),
    };
}
