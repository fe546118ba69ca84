using System.Text.Json;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site.Live;

/// <summary>Which cells of which notebooks run in their page: <c>notebooks/live.json</c>.</summary>
public sealed class LiveCells
{
    /// <summary>The file, in the folder of the notebooks.</summary>
    public const string FileName = "live.json";

    readonly Dictionary<string, HashSet<string>> cells;

    LiveCells(Dictionary<string, HashSet<string>> cells) => this.cells = cells;

    /// <summary>None.</summary>
    public static LiveCells None { get; } = new([]);

    /// <summary>Those that the folder's file names; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is no list of cells by notebook.</exception>
    public static LiveCells Read(string notebooks)
    {
        var path = Path.Combine(notebooks, FileName);
        if (!File.Exists(path))
            return None;
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, HashSet<string>>>(File.ReadAllText(path)) ?? []);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} should list cell ids by notebook, {{ \"08-examples\": [\"batch\"] }}: {error.Message}", error);
        }
    }

    /// <summary>Whether a notebook has any.</summary>
    public bool AnyIn(NotebookDocument notebook) => cells.TryGetValue(notebook.Name, out var ids) && ids.Count > 0;

    /// <summary>What a code cell of a notebook is to its page.</summary>
    public CellRole RoleOf(NotebookDocument notebook, NotebookCell cell) => !AnyIn(notebook) ? CellRole.OfAPageThatRunsNothing
        : cell.Json == notebook.Cells.First(other => other.Kind == "code").Json ? CellRole.Setup
        : cells[notebook.Name].Contains(cell.Id) ? CellRole.Live
        : CellRole.Recorded;
}

/// <summary>What a code cell is to its page.</summary>
public enum CellRole
{
    /// <summary>Nothing runs on this page.</summary>
    OfAPageThatRunsNothing,

    /// <summary>Runs before all others, unseen.</summary>
    Setup,

    /// <summary>Runs when its reader wants it.</summary>
    Live,

    /// <summary>Shows what it gave when the notebook was run.</summary>
    Recorded,
}
