using System.Text.Json;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Course;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>Which cells are live: those that give what is recorded when all live ones above them ran.</summary>
public sealed class LiveListTests(TestBrowser browser, WholeSite site)
{
    /// <summary>The cell that a page runs before all others.</summary>
    public static NotebookCell Setup(NotebookDocument notebook) => notebook.Cells.First(cell => cell.Kind == "code");

    [Fact]
    public void The_readme_says_how_many_cells_are_live()
    {
        var live = CourseFiles.Notebooks.Sum(notebook => notebook.Cells.Count(cell => WholeSite.LiveCells.RoleOf(notebook, cell) == CellRole.Live));
        Assert.Contains($"{live} of the course's cells are live", File.ReadAllText(Path.Combine(CourseFiles.Root, "README.md")), StringComparison.Ordinal);
    }

    /// <summary>
    /// Not a test: it writes <c>notebooks/live.json</c> anew. Run it by its name with <c>-explicit only</c> after code cells have
    /// changed; it takes some minutes.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Write_the_list_of_live_cells()
    {
        var live = new Dictionary<string, List<string>>();
        foreach (var notebook in CourseFiles.Notebooks)
        {
            var found = await FindAsync(notebook);
            live[notebook.Name] = [.. found.Select(cell => cell.Id)];
            TestContext.Current.SendDiagnosticMessage($"{notebook.Name}: {found.Count}");
        }
        var file = Path.Combine(CourseFiles.Root, "notebooks", LiveCells.FileName);
        var text = JsonSerializer.Serialize(live, new JsonSerializerOptions { WriteIndented = true, IndentSize = 1 });
        await File.WriteAllTextAsync(file + ".new", text + "\n", TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);
    }

    async Task<List<NotebookCell>> FindAsync(NotebookDocument notebook)
    {
        var limit = TimeSpan.FromMinutes(1.5); // as long as a reader may wait for a training
        await using var page = await LivePage.OpenAsync(browser, await site.AddressAsync(notebook.Name + ".html"));
        await page.RunAsync(Setup(notebook), limit);
        var found = new List<NotebookCell>();
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == "code").Skip(1))
        {
            var result = await page.RunAsync(cell, limit);
            if (LivePage.Fault(cell, result) is null)
                found.Add(cell);
            else if (result is null || (result["errors"]!.AsArray().Count == 0 && result["failure"] is null))
                await AgainAsync(page, [Setup(notebook), .. found], limit); // it ran: what it left behind must not help the others
        }
        return found;
    }

    static async Task AgainAsync(LivePage page, IEnumerable<NotebookCell> cells, TimeSpan limit)
    {
        await page.StartAsync();
        foreach (var cell in cells)
            await page.RunAsync(cell, limit);
    }
}
