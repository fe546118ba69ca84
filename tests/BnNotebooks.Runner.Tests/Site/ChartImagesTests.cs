using System.Buffers.Binary;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Site;

public class ChartImagesTests
{
    static void SkipWithoutBrowser() =>
        Assert.SkipUnless(Chromium.IsInstalled(), "No Chromium on this machine: chart images cannot be drawn.");

    static JsonNode? Image(NotebookDocument notebook, int cell) => notebook.Cells[cell].Outputs[0]!["data"]!["image/png"];

    static (int Width, int Height) SizeOf(byte[] png) => (
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    [Fact]
    public void Every_chart_gets_an_image_of_its_size_and_the_same_one_each_time()
    {
        SkipWithoutBrowser();
        var sized = Notebook.Chart("</script> & more");
        sized["layout"]!["width"] = 300;
        sized["layout"]!["height"] = 200;
        var notebook = Notebook.Of("a",
            Notebook.Code("plain", Notebook.Stream("no chart")),
            Notebook.Code("chart", Notebook.ChartOutput()),
            Notebook.Code("sized", Notebook.Display(("application/vnd.plotly.v1+json", sized))));
        var again = notebook.Copy();

        Assert.Empty(ChartImages.AddImages([notebook, again]));

        var png = Convert.FromBase64String(Image(notebook, 1)!.GetValue<string>());
        Assert.Equal("PNG"u8, png.AsSpan(1, 3));
        Assert.Equal((1050, 630), SizeOf(png)); // 700×420 CSS pixels at 1.5
        Assert.Equal((450, 300), SizeOf(Convert.FromBase64String(Image(notebook, 2)!.GetValue<string>())));
        Assert.Equal(notebook.ToText(), again.ToText());
    }

    [Fact]
    public void A_chart_that_cannot_be_drawn_is_named_and_costs_no_other_its_image()
    {
        SkipWithoutBrowser();
        var flat = Notebook.Chart();
        flat["layout"]!["width"] = 0;
        var notebook = Notebook.Of("a", [.. new JsonNode[] { flat, "{not json", new JsonArray(), """{"data":5}""", """{"data":[],"data":[]}""", Notebook.Chart() }
            .Select(figure => Notebook.Code("chart", Notebook.Display(("application/vnd.plotly.v1+json", figure))))]);

        var problems = ChartImages.AddImages([notebook]);

        Assert.Equal(["a, cell 1", "a, cell 2", "a, cell 3", "a, cell 4", "a, cell 5"], problems.Select(problem => problem.Split(':')[0]).Order());
        Assert.All(Enumerable.Range(0, 5), cell => Assert.Null(Image(notebook, cell)));
        Assert.NotNull(Image(notebook, 5));
    }

    [Fact]
    public void A_page_that_never_ends_is_given_up_with_a_clear_error()
    {
        SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("endless.html"), "<script>for (;;);</script>");
        var error = Assert.Throws<TimeoutException>(() =>
            Chromium.Find().DumpDom(folder.PathOf("endless.html"), TimeSpan.FromSeconds(2)));
        Assert.Contains("endless.html", error.Message);
    }

    [Fact]
    public void Without_charts_no_browser_is_needed() =>
        Assert.Empty(ChartImages.AddImages([Notebook.Of("a", Notebook.Code("1", Notebook.Stream("1")))]));

    [Fact]
    public void The_browser_is_the_one_that_CHROME_names_or_else_on_the_PATH()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("mine"), "");
        File.WriteAllText(folder.PathOf("chromium"), "");
        Assert.Equal(folder.PathOf("mine"), Chromium.FindPath(folder.PathOf("mine"), folder.PathOf()));
        var searchPath = folder.PathOf("none") + Path.PathSeparator + folder.PathOf();
        Assert.Equal(folder.PathOf("chromium"), Chromium.FindPath(null, searchPath));
    }

    [Fact]
    public void A_missing_browser_is_reported_with_what_to_install()
    {
        using var folder = new TemporaryFolder();
        var none = Assert.Throws<FileNotFoundException>(() => Chromium.FindPath("", folder.PathOf()));
        Assert.Contains("apt-get install chromium", none.Message);
        var gone = Assert.Throws<FileNotFoundException>(() => Chromium.FindPath(folder.PathOf("gone"), folder.PathOf()));
        Assert.Contains("CHROME", gone.Message);
    }
}
