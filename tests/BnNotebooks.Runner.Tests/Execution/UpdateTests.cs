using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Execution;

public sealed class UpdateTests : IDisposable
{
    static readonly string[] Names = ["01-a", "02-b"];

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Only_notebooks_that_ran_well_are_updated()
    {
        workspace.Add("01-good", Cell.Html("<b>good</b>"));
        workspace.Add("02-bad", Cell.Html("<b>bad</b>"), new Cell("1", "cobol"));
        var bad = File.ReadAllText(workspace.PathOf("02-bad"));

        var (exitCode, _, _) = await workspace.RunAsync("--update");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            ["display_data text/html: <b>good</b>"], NotebookDocument.Load(workspace.PathOf("01-good")).Cells[0].Described());
        Assert.Equal(bad, File.ReadAllText(workspace.PathOf("02-bad")));
    }

    [Fact]
    public async Task A_notebook_that_was_edited_while_it_ran_keeps_the_edit()
    {
        workspace.Add("01-edited", "System.IO.File.AppendAllText(\"01-edited.ipynb\", \" \");");
        var before = File.ReadAllText(workspace.PathOf("01-edited"));

        var (exitCode, _, _) = await workspace.RunAsync("--update");

        Assert.Equal(1, exitCode);
        Assert.Contains("was changed while it ran", (string?)workspace.Report("01-edited")["error"]);
        Assert.Equal(before + " ", File.ReadAllText(workspace.PathOf("01-edited")));
    }

    [Fact]
    public async Task A_run_killed_at_any_moment_leaves_each_notebook_whole_and_the_next_run_tidies_up()
    {
        // Big enough that writing takes a while, so that a kill can fall into it.
        var html = string.Concat(Enumerable.Repeat("<p>a long page</p>\n", 40_000));
        foreach (var name in Names)
            workspace.Add(name, Cell.Html(html));
        var old = Names.ToDictionary(name => name, name => File.ReadAllText(workspace.PathOf(name)));

        int[] delays = [0, 2, 10]; // milliseconds after the first temporary file appears
        foreach (var delay in delays)
        {
            await KillDuringUpdate(delay);
            foreach (var name in Names)
                AssertOldOrNew(name, old[name], html);
        }

        File.WriteAllText(Path.Combine(workspace.Notebooks, $".999999999-{Guid.NewGuid():N}.tmp"), "half"); // of a process that cannot be there
        var (exitCode, _, _) = await workspace.RunAsync("--update");

        Assert.Equal(0, exitCode);
        Assert.All(Names, name => Assert.NotEqual(old[name], File.ReadAllText(workspace.PathOf(name))));
        Assert.Equal(Names.Select(name => name + ".ipynb"), Directory.GetFiles(workspace.Notebooks).Select(Path.GetFileName).Order());
    }

    async Task KillDuringUpdate(int delay)
    {
        using var watcher = new FileSystemWatcher(workspace.Notebooks, ".*.tmp");
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => writing.TrySetResult();
        watcher.EnableRaisingEvents = true;
        using var runner = workspace.Start("--update");
        await Task.WhenAny(writing.Task, runner.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.True(writing.Task.IsCompleted, "The run wrote its notebooks without a temporary file.");
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        runner.Kill();
        await runner.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    void AssertOldOrNew(string name, string old, string html)
    {
        var text = File.ReadAllText(workspace.PathOf(name));
        if (text == old)
            return;
        var cell = Assert.Single(NotebookDocument.Parse(name, text).Cells);
        Assert.Equal(["display_data text/html: " + html], cell.Described());
    }

    [Fact]
    public void Committed_charts_keep_their_json_and_image_but_no_html()
    {
        var document = WithOutput(new JsonObject
        {
            ["application/vnd.plotly.v1+json"] = new JsonObject(),
            ["image/png"] = "iVBORw==",
            ["text/html"] = "<script></script>",
        });

        CommittedOutputs.Prepare(document);

        Assert.Equal(
            ["application/vnd.plotly.v1+json", "image/png"],
            document.Cells[0].Outputs[0]!["data"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void Committed_outputs_that_are_no_charts_keep_their_html()
    {
        var document = WithOutput(new JsonObject { ["text/html"] = "<table></table>" });

        CommittedOutputs.Prepare(document);

        Assert.Equal(["display_data text/html: <table></table>"], document.Cells[0].Described());
    }

    static NotebookDocument WithOutput(JsonObject data)
    {
        var cell = new JsonObject
        {
            ["cell_type"] = "code",
            ["source"] = "",
            ["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "display_data", ["data"] = data }),
        };
        return NotebookDocument.Parse("x", new JsonObject { ["nbformat"] = 4, ["cells"] = new JsonArray(cell) }.ToJsonString());
    }
}
