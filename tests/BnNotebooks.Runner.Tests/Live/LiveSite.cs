using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Course;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>The pages of the course with their engines, on the disk and served, written once for the tests that run cells.</summary>
public sealed class LiveSite : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    Server? server;

    public static LiveCells Cells { get; } = LiveCells.Read(Path.Combine(CourseFiles.Root, "notebooks"));

    public async ValueTask InitializeAsync()
    {
        var site = folder.PathOf("site");
        Assert.Empty(SiteBuilder.Write(
            site,
            [.. CourseFiles.Notebooks.Select(notebook => new SitePage(notebook, 1.5, notebook.Cells.Count, 0, null))],
            new SiteInfo("Batch normalization", "The course.", []) { Engines = EnginePack.All, Live = Cells },
            Path.Combine(CourseFiles.Root, "notebooks")));
        server = await Server.StartAsync(site);
    }

    /// <summary>Where a page is.</summary>
    /// <param name="page">Its name, without <c>.html</c>.</param>
    /// <param name="served">From the server, or from the disk.</param>
    public Uri Address(string page, bool served) => served
        ? new Uri(server!.Address, page + ".html")
        : new Uri(Path.Combine(folder.PathOf("site"), page + ".html"));

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
