using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Site;

/// <summary>Small notebooks for the tests of the pages.</summary>
static class Notebook
{
    public static NotebookDocument Of(string name, params JsonObject[] cells)
    {
        var json = new JsonObject { ["cells"] = new JsonArray([.. cells]), ["nbformat"] = 4, ["nbformat_minor"] = 5 };
        return NotebookDocument.Parse(name, json.ToJsonString());
    }

    public static JsonObject Markdown(string source) =>
        new() { ["cell_type"] = "markdown", ["id"] = "m", ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonObject Code(string source, params JsonObject[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["id"] = "c",
        ["metadata"] = new JsonObject(),
        ["source"] = source,
        ["outputs"] = new JsonArray([.. outputs]),
    };

    public static JsonObject Stream(string text, string name = "stdout") =>
        new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Error(string name, string value, params string[] traceback) => new()
    {
        ["output_type"] = "error",
        ["ename"] = name,
        ["evalue"] = value,
        ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
    };

    public static JsonObject Display(params (string Type, JsonNode Value)[] bundle)
    {
        var data = new JsonObject();
        foreach (var (type, value) in bundle)
            data[type] = value;
        return new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = data };
    }

    public static JsonObject Chart(string title = "Bars") => new()
    {
        ["data"] = new JsonArray(new JsonObject { ["type"] = "bar", ["y"] = new JsonArray(1, 3, 2) }),
        ["layout"] = new JsonObject { ["title"] = new JsonObject { ["text"] = title } },
    };

    public static JsonObject ChartOutput(string title = "Bars") =>
        Display(("application/vnd.plotly.v1+json", Chart(title)));
}
