using System.Net;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site.Live;

/// <summary>
/// What a page has around its live cells. All of it stands in the page from the start, so that nothing moves when the scripts
/// (assets/live) take it over; without scripts it is not shown (live.css).
/// </summary>
static class LiveHtml
{
    const string Marker = "data-live=";

    /// <summary>The attribute by which the scripts know a cell.</summary>
    public static string Attribute(CellRole role, NotebookCell cell) => role switch
    {
        CellRole.Setup => " data-live=\"setup\"",
        CellRole.Live => $" data-live=\"{WebUtility.HtmlEncode(cell.Id)}\"",
        _ => "",
    };

    /// <summary>What a cell that does not run says of itself.</summary>
    public static string Remark(CellRole role, NotebookCell cell) => role != CellRole.Recorded ? ""
        : $"<p class=\"recorded\">recorded{(cell.Source.Contains("torch", StringComparison.OrdinalIgnoreCase) ? ": needs TorchSharp" : "")}</p>";

    /// <summary>The buttons of a live cell; those that are of no use yet come and go within the same line.</summary>
    public static string CellBar(CellRole role) => role != CellRole.Live ? "" : """
        <div class="live-bar">
        <button type="button" data-do="run">Run</button>
        <button type="button" data-do="edit">Edit</button>
        <button type="button" data-do="above">Run all above</button>
        <button type="button" data-do="hint" hidden>Hint</button>
        <button type="button" data-do="reset" hidden>Reset</button>
        <span class="live-state"></span>
        </div>
        """;

    /// <summary>The buttons of a page with live cells, which stand where its code begins.</summary>
    public static string PageBar(CellRole role, string notebook) => role != CellRole.Setup ? "" : $"""
        <div class="live-page" role="group" aria-label="The code of this page" data-notebook="{WebUtility.HtmlEncode(notebook)}">
        <p>The code of this page runs in your browser: press Run, or edit it first. Nothing is sent anywhere. Cells marked <em>recorded</em> show what they gave when the notebook was run.</p>
        <p class="live-bar">
        <button type="button" data-do="restart" disabled>Reset the session</button>
        <button type="button" data-do="forget" disabled>Forget my code</button>
        <button type="button" data-do="download">Download as notebook</button>
        <span class="live-state"></span>
        </p>
        <p class="unseen" id="live-keys">Ctrl+Enter or Shift+Enter runs the cell. Tab indents; Escape, then Tab leaves the editor.</p>
        <p class="unseen" role="status"></p>
        </div>
        """;

    /// <summary>The style of a page that has live cells.</summary>
    public static string Style(string bodyHtml) => !IsIn(bodyHtml) ? "" : """<link rel="stylesheet" href="assets/live/live.css">""";

    /// <summary>The scripts of a page that has live cells. The editor and the engine are loaded when they are first needed.</summary>
    public static string Scripts(string bodyHtml) => !IsIn(bodyHtml) ? "" : string.Concat(
        from name in (string[])["load", "kept", "outputs", "session", "editor", "cell", "download", "page"]
        select $"<script src=\"assets/live/{name}.js\"></script>\n");

    static bool IsIn(string bodyHtml) => bodyHtml.Contains(Marker, StringComparison.Ordinal);
}
