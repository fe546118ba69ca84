using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Notebooks;

/// <summary>
/// An .ipynb file (nbformat 4.5) kept as its JSON, so that whatever the Runner does not know about survives a round trip.
/// </summary>
public sealed class NotebookDocument
{
    static readonly JsonSerializerOptions Style = new()
    {
        WriteIndented = true,
        IndentSize = 1, // as Jupyter writes it, so that a diff shows only what changed
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    NotebookDocument(string name, JsonObject json)
    {
        Name = name;
        Json = json;
        Cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell(cell!.AsObject()))];
    }

    /// <summary>The file name without its extension, for example <c>08-examples</c>.</summary>
    public string Name { get; }

    /// <summary>The whole file.</summary>
    public JsonObject Json { get; }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The first level-one heading of the notebook, or its name.</summary>
    public string Title => Cells
        .Where(cell => cell.Kind == "markdown")
        .SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith("# ", StringComparison.Ordinal))
        .Select(line => line[2..].Trim())
        .FirstOrDefault(Name);

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookFormatException">The file is not JSON, or not a notebook of nbformat 4.</exception>
    public static NotebookDocument Load(string path)
    {
        try
        {
            return Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
        }
        catch (NotebookFormatException error)
        {
            throw new NotebookFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a notebook from its text.</summary>
    /// <exception cref="NotebookFormatException">The text is not JSON, or not a notebook of nbformat 4.</exception>
    public static NotebookDocument Parse(string name, string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException($"is not JSON, so it is truncated or corrupt ({error.Message})", error);
        }

        if (root is not JsonObject json || json["cells"] is not JsonArray cells)
            throw new NotebookFormatException("has no \"cells\": it is not a notebook.");
        if (json["nbformat"]?.GetValueKind() != JsonValueKind.Number || json["nbformat"]!.GetValue<int>() != 4)
            throw new NotebookFormatException($"has nbformat {json["nbformat"]?.ToJsonString() ?? "missing"}; expected 4.");
        for (var i = 0; i < cells.Count; i++)
            if (cells[i] is not JsonObject cell || cell["cell_type"] is null || cell["source"] is null)
                throw new NotebookFormatException($"has a cell (number {i + 1}) without \"cell_type\" or \"source\".");
        return new NotebookDocument(name, json);
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public NotebookDocument Copy() => new(Name, Json.DeepClone().AsObject());

    /// <summary>The text of the file.</summary>
    public string ToText() => Json.ToJsonString(Style) + "\n";

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, ToText());
}
