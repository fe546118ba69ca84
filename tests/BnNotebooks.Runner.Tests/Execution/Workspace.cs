using System.Diagnostics;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Execution;

/// <summary>A temporary folder with notebooks, and the Runner's own executable to run them.</summary>
sealed class Workspace : IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("runner");

    public Workspace() => Directory.CreateDirectory(Notebooks);

    /// <summary>Which of the Runner's commands is started.</summary>
    public string Command { get; init; } = "run";

    public string Notebooks => Path.Combine(root.FullName, "notebooks");

    public string Out => Path.Combine(root.FullName, "out");

    public string PathOf(string name) => Path.Combine(Notebooks, name + ".ipynb");

    /// <summary>Writes a notebook of code cells.</summary>
    public void Add(string name, params Cell[] cells)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, i) => cell.ToJson($"{name}-{i + 1}"))]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(PathOf(name), json.ToJsonString());
    }

    public NotebookDocument Executed(string name) => NotebookDocument.Load(Path.Combine(Out, "notebooks", name + ".ipynb"));

    public string Page(string name) => File.ReadAllText(Path.Combine(Out, "site", name + ".html"));

    public JsonObject Report() => JsonNode.Parse(File.ReadAllText(Path.Combine(Out, "report.json")))!.AsObject();

    public JsonObject Report(string name) =>
        Report()["notebooks"]!.AsArray().Single(notebook => notebook!["name"]!.GetValue<string>() == name)!.AsObject();

    /// <summary>Starts the command on these notebooks.</summary>
    public Process Start(params string[] arguments)
    {
        var runner = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "BnNotebooks.Runner.exe" : "BnNotebooks.Runner");
        string[] output = arguments.Contains("--out") ? [] : ["--out", Out];
        return Process.Start(new ProcessStartInfo(runner, [Command, "--notebooks", Notebooks, .. output, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Runs to the end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose() => root.Delete(recursive: true);
}

/// <summary>A cell to be written into a test's notebook.</summary>
sealed record Cell(string Source, string? Kernel = null, string Kind = "code")
{
    public static implicit operator Cell(string source) => new(source);

    public static Cell Html(string source) => new(source, "html");

    /// <summary>The cell with an output of an earlier run, which the next one has to replace.</summary>
    public JsonObject ToJson(string id)
    {
        var metadata = new JsonObject();
        if (Kernel is not null)
            metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = Kernel };
        var json = new JsonObject { ["cell_type"] = Kind, ["id"] = id, ["metadata"] = metadata, ["source"] = Source };
        if (Kind == "code")
        {
            json["execution_count"] = 99;
            json["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "stale" });
        }

        return json;
    }
}

/// <summary>Reads outputs the way a test wants to compare them.</summary>
static class OutputExtensions
{
    /// <summary>For example <c>stdout: text</c>, <c>display_data text/html: text</c>, <c>error: message</c>.</summary>
    public static string[] Described(this NotebookCell cell) => [.. cell.Outputs.SelectMany(output => Describe(output!.AsObject()))];

    static IEnumerable<string> Describe(JsonObject output)
    {
        var kind = output["output_type"]!.GetValue<string>();
        return kind switch
        {
            "stream" => [$"{output["name"]}: {NotebookCell.TextOf(output["text"])}"],
            "error" => [$"error {output["ename"]}: {output["evalue"]}"],
            _ => output["data"]!.AsObject().Select(pair => $"{kind} {pair.Key}: {(pair.Value is JsonObject json ? json.ToJsonString() : NotebookCell.TextOf(pair.Value))}"),
        };
    }
}
