using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Course;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;

[assembly: AssemblyFixture(typeof(WholeSite))]

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The whole site with the outputs that the notebooks carry, written once, on the disk and served.</summary>
public sealed class WholeSite : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Lazy<string> site;
    readonly Lazy<Task<Server>> server;

    public WholeSite()
    {
        site = new(Write);
        server = new(() => Server.StartAsync(Folder));
    }

    /// <summary>Its folder.</summary>
    public string Folder => site.Value;

    /// <summary>Which of its cells run.</summary>
    public static LiveCells LiveCells { get; } = LiveCells.Read(Path.Combine(CourseFiles.Root, "notebooks"));

    /// <summary>The files of its pages: the index, every notebook, and what there is besides.</summary>
    public static TheoryData<string> Pages =>
        ["index.html", .. CourseFiles.Notebooks.Select(notebook => notebook.Name + ".html"), PlaygroundPage.FileName, LedgerPage.FileName, TeachersPage.FileName];

    /// <summary>The address of a page: on the server, or of its file.</summary>
    public async Task<string> AddressAsync(string page, bool served = true) => served
        ? new Uri((await server.Value).Address, page).AbsoluteUri
        : new Uri(Folder + "/").AbsoluteUri + page;

    string Write()
    {
        var place = folder.PathOf("site");
        Assert.Empty(CourseSite.Write(place, [.. CourseFiles.Notebooks.Select(SitePage.AsCarried)], [], Path.Combine(CourseFiles.Root, "notebooks")));
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
            (await server.Value).Dispose();
        folder.Dispose();
    }
}
