using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site.Live;

/// <summary>
/// A notebook without its outputs, as a script beside the pages: with a reader's own code in its cells it becomes a file to
/// download, from a page on the disk too, which could read no JSON.
/// </summary>
static class PlainNotebook
{
    static readonly JsonSerializerOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>NAME.js</c> into a folder.</summary>
    public static void WriteTo(string folder, NotebookDocument notebook)
    {
        var plain = notebook.Copy();
        CommittedOutputs.Clear(plain);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, notebook.Name + ".js"),
            $"liveDownload.give({JsonValue.Create(notebook.Name)!.ToJsonString()}, {plain.Json.ToJsonString(Style)});\n");
    }
}
