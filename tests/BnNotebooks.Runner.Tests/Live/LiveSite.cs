using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Course;
using BnNotebooks.Runner.Tests.Live;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;

[assembly: AssemblyFixture(typeof(LiveSite))]

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>
/// The pages of the course with their engines, on the disk and served: take it as a constructor's argument. It is written when the
/// first test asks for an address.
/// </summary>
public sealed class LiveSite : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Lazy<Task<Server>> server;

    public LiveSite() => server = new(StartAsync);

    public static LiveCells Cells { get; } = LiveCells.Read(Path.Combine(CourseFiles.Root, "notebooks"));

    /// <summary>Where a page is.</summary>
    /// <param name="page">Its name, without <c>.html</c>.</param>
    /// <param name="served">From the server, or from the disk.</param>
    public async Task<Uri> AddressAsync(string page, bool served)
    {
        var root = (await server.Value).Address;
        return served ? new Uri(root, page + ".html") : new Uri(Path.Combine(folder.PathOf("site"), page + ".html"));
    }

    async Task<Server> StartAsync()
    {
        var site = folder.PathOf("site");
        Assert.Empty(SiteBuilder.Write(
            site,
            [.. CourseFiles.Notebooks.Select(notebook => new SitePage(notebook, 1.5, notebook.Cells.Count, 0, null))],
            new SiteInfo("Batch normalization", "The course.", []) { Engines = EnginePack.All, Live = Cells },
            Path.Combine(CourseFiles.Root, "notebooks")));
        return await Server.StartAsync(site);
    }

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
            (await server.Value).Dispose();
        folder.Dispose();
    }
}
