using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Course;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>From a server.</summary>
public sealed class ServedLiveCellsTests(TestBrowser browser, LiveSite site) : LiveCellsTests(browser, site, served: true);

/// <summary>From the disk.</summary>
public sealed class LiveCellsFromTheDiskTests(TestBrowser browser, LiveSite site) : LiveCellsTests(browser, site, served: false);

/// <summary>Every live cell of every page gives in the browser what its notebook has recorded.</summary>
public abstract class LiveCellsTests(TestBrowser browser, LiveSite site, bool served)
{
    [Theory]
    [MemberData(nameof(CourseFiles.Names), MemberType = typeof(CourseFiles))]
    public async Task The_live_cells_agree_with_their_notebook(string name)
    {
        var notebook = CourseFiles.Named(name);
        await using var page = await LivePage.OpenAsync(browser, await site.AddressAsync(name, served));
        Assert.Null(LivePage.Fault(Empty, await page.RunAsync(LiveListTests.Setup(notebook), Limit)));
        var faults = new List<string>();
        foreach (var cell in notebook.Cells.Where(cell => LiveSite.Cells.RoleOf(notebook, cell) == CellRole.Live))
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
