using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Site.Live;

namespace BnNotebooks.Runner.Tests.Site;

/// <summary>Which cells of a page are live, and what the page has of them.</summary>
public sealed class LiveCellsFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public LiveCellsFileTests() => Directory.CreateDirectory(folder.PathOf("notebooks"));

    public void Dispose() => folder.Dispose();

    string Page(string list)
    {
        File.WriteAllText(folder.PathOf("notebooks", LiveCells.FileName), list);
        var code = Notebook.Code("1 + 1", Notebook.Stream("2"));
        code["id"] = "sum";
        Assert.Empty(SiteBuilder.Write(
            folder.PathOf("site"),
            [new SitePage(Notebook.Of("a", Notebook.Code("setup"), code, Notebook.Code("torch.zeros(1)"), Notebook.Code("2")), 1, 4, 0, null)],
            new SiteInfo("A", "B.", []) { Live = LiveCells.Read(folder.PathOf("notebooks")) },
            folder.PathOf("notebooks")));
        return File.ReadAllText(folder.PathOf("site", "a.html"));
    }

    [Fact]
    public void A_listed_cell_can_be_run_the_first_runs_before_all_and_others_say_that_they_are_recorded()
    {
        var html = Page("""{ "a": ["sum"] }""");
        Assert.Equal(2, html.Split(" data-live=\"").Length - 1);
        Assert.Contains(" data-live=\"setup\"", html);
        Assert.Contains(" data-live=\"sum\"", html);
        Assert.Single(html.Split("data-do=\"run\"").Skip(1));
        Assert.Single(html.Split(">recorded: needs TorchSharp<").Skip(1));
        Assert.Single(html.Split(">recorded<").Skip(2)); // the first is the sentence that explains the word
        Assert.Contains("assets/live/page.js", html);
        var plain = File.ReadAllText(folder.PathOf("site", "assets", "notebooks", "a.js"));
        Assert.StartsWith("liveDownload.give(\"a\", {", plain);
        Assert.DoesNotContain("stdout", plain);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "b": ["sum"] }""")]
    [InlineData("""{ "a": [] }""")]
    public void A_page_without_live_cells_has_nothing_of_them(string list)
    {
        var html = Page(list);
        Assert.DoesNotContain("live", html);
        Assert.DoesNotContain("recorded", html);
        Assert.False(Directory.Exists(folder.PathOf("site", "assets", "notebooks")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "a": "sum" }""")]
    [InlineData("{")]
    public void A_file_that_is_no_such_list_is_named(string list)
    {
        File.WriteAllText(folder.PathOf("notebooks", LiveCells.FileName), list);
        var error = Assert.Throws<InvalidDataException>(() => LiveCells.Read(folder.PathOf("notebooks")));
        Assert.Contains(folder.PathOf("notebooks", LiveCells.FileName), error.Message);
    }
}
