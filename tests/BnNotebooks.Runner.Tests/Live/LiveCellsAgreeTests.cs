using System.Text.Json;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Course;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>Every live cell of every page gives in the browser what its notebook has recorded.</summary>
public sealed class LiveCellsAgreeTests(TestBrowser browser, LiveSite site) : IClassFixture<LiveSite>
{
    static bool IsLive(NotebookDocument notebook, NotebookCell cell) => LiveSite.Cells.RoleOf(notebook, cell) == CellRole.Live;

    static NotebookCell Setup(NotebookDocument notebook) => notebook.Cells.First(cell => cell.Kind == "code");

    [Theory]
    [MemberData(nameof(CourseFiles.Names), MemberType = typeof(CourseFiles))]
    public Task From_a_server_the_live_cells_agree_with_their_notebook(string name) => AgreeAsync(name, served: true);

    [Theory]
    [MemberData(nameof(CourseFiles.Names), MemberType = typeof(CourseFiles))]
    public Task From_the_disk_the_live_cells_agree_with_their_notebook(string name) => AgreeAsync(name, served: false);

    [Fact]
    public void Most_of_the_course_that_needs_no_libtorch_is_live() =>
        Assert.InRange(CourseFiles.Notebooks.Sum(notebook => notebook.Cells.Count(cell => IsLive(notebook, cell))), 150, int.MaxValue);

    async Task AgreeAsync(string name, bool served)
    {
        var notebook = CourseFiles.Named(name);
        await using var page = await LivePage.OpenAsync(browser, site.Address(name, served));
        Assert.Null(LivePage.Fault(Empty, await page.RunAsync(Setup(notebook))));
        var faults = new List<string>();
        foreach (var cell in notebook.Cells.Where(cell => IsLive(notebook, cell)))
            if (LivePage.Fault(cell, await page.RunAsync(cell, TimeSpan.FromMinutes(2))) is { } fault)
                faults.Add($"{cell.Id}: {fault}");
        Assert.True(faults.Count == 0, $"{name}: {string.Join("\n", faults)}");
        Assert.Empty(page.Problems);
    }

    // What the first cell prints in a notebook is about libtorch.
    static NotebookCell Empty { get; } = new(new JsonObject { ["cell_type"] = "code", ["outputs"] = new JsonArray() });

    /// <summary>
    /// Finds the live cells: those that give what is recorded when all live ones above them ran. Not a test: it writes
    /// <c>notebooks/live.json</c> anew. Run it by name with <c>-explicit only</c> after code cells have changed.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Write_the_list_of_live_cells()
    {
        var live = new Dictionary<string, List<string>>();
        foreach (var notebook in CourseFiles.Notebooks)
        {
            await using var page = await LivePage.OpenAsync(browser, site.Address(notebook.Name, served: true));
            await page.RunAsync(Setup(notebook));
            var found = new List<NotebookCell>();
            foreach (var cell in notebook.Cells.Where(cell => cell.Kind == "code").Skip(1))
            {
                var result = await page.RunAsync(cell);
                if (LivePage.Fault(cell, result) is null)
                    found.Add(cell);
                else if (result is null || (result["errors"]!.AsArray().Count == 0 && result["failure"] is null))
                    await AgainAsync(page, [Setup(notebook), .. found]); // it ran: what it left behind must not help the others
            }
            live[notebook.Name] = [.. found.Select(cell => cell.Id)];
            TestContext.Current.SendDiagnosticMessage($"{notebook.Name}: {found.Count}");
        }
        var file = Path.Combine(CourseFiles.Root, "notebooks", LiveCells.FileName);
        await File.WriteAllTextAsync(file + ".new", JsonSerializer.Serialize(live, new JsonSerializerOptions { WriteIndented = true, IndentSize = 1 }) + "\n", TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);
    }

    static async Task AgainAsync(LivePage page, IEnumerable<NotebookCell> cells)
    {
        await page.StartAsync();
        foreach (var cell in cells)
            await page.RunAsync(cell, TimeSpan.FromMinutes(2));
    }
}
