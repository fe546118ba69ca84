using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Course;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>Every live cell of every page gives in the browser what its notebook has recorded.</summary>
public sealed class LiveCellsTests(TestBrowser browser, WholeSite site)
{
    [Theory]
    [MemberData(nameof(CourseFiles.Names), MemberType = typeof(CourseFiles))]
    public Task From_a_server_the_live_cells_agree_with_their_notebook(string name) => AgreeAsync(name, served: true);

    // From the disk only the engine's way into the page is another, so some notebooks tell; all of them take minutes more.
    [Theory]
    [InlineData("00-start-here")]
    [InlineData("05b-backward")]
    [InlineData("08-examples")]
    [InlineData("13-alternatives")]
    public Task From_the_disk_the_live_cells_agree_with_their_notebook(string name) => AgreeAsync(name, served: false);

    [Theory(Explicit = true)]
    [MemberData(nameof(CourseFiles.Names), MemberType = typeof(CourseFiles))]
    public Task From_the_disk_all_live_cells_agree_with_their_notebook(string name) => AgreeAsync(name, served: false);

    async Task AgreeAsync(string name, bool served)
    {
        var notebook = CourseFiles.Named(name);
        await using var page = await LivePage.OpenAsync(browser, await site.AddressAsync(name + ".html", served));
        Assert.Null(LivePage.Fault(Empty, await page.RunAsync(LiveListTests.Setup(notebook), Limit)));
        var faults = new List<string>();
        foreach (var cell in notebook.Cells.Where(cell => WholeSite.LiveCells.RoleOf(notebook, cell) == CellRole.Live))
            if (LivePage.Fault(cell, await page.RunAsync(cell, Limit)) is { } fault)
                faults.Add($"{cell.Id}: {fault}");
        Assert.True(faults.Count == 0, $"{name}: {string.Join("\n", faults)}\nHas its code changed? Then let LiveListTests.Write_the_list_of_live_cells find anew which cells are live.");
        Assert.Empty(page.Problems);
    }

    // On a busy machine, a training takes its time.
    static TimeSpan Limit => TimeSpan.FromMinutes(3);

    // What the first cell prints in a notebook is about libtorch.
    static NotebookCell Empty { get; } = new(new JsonObject { ["cell_type"] = "code", ["outputs"] = new JsonArray() });
}
