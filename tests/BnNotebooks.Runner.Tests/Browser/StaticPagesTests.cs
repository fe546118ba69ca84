using BnNotebooks.Plotting;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Course;
using BnNotebooks.Runner.Tests.Site;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The static pages as a reader's browser shows them, straight from the disk.</summary>
public sealed class StaticPagesTests(TestBrowser browser, StaticPagesTests.CoursePages course) : IClassFixture<StaticPagesTests.CoursePages>
{
    /// <summary>The pages of the course with the committed outputs, written once.</summary>
    public sealed class CoursePages : IDisposable
    {
        readonly TemporaryFolder folder = new();

        public CoursePages() => Folder = Write(folder, CourseFiles.Notebooks);

        public string Folder { get; }

        public void Dispose() => folder.Dispose();
    }

    static string Write(TemporaryFolder folder, IReadOnlyList<NotebookDocument> notebooks)
    {
        var site = folder.PathOf("site");
        Assert.Empty(SiteBuilder.Write(
            site,
            [.. notebooks.Select(notebook => new SitePage(notebook, 1.5, notebook.Cells.Count, 0, null))],
            new SiteInfo("Batch normalization", "The course.", [new("TorchSharp", "0.107.0")]),
            Path.Combine(CourseFiles.Root, "notebooks")));
        return site;
    }

    async Task<WatchedPage> OpenAsync(string site, string name, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var watched = await browser.NewPageAsync(width, colours);
        await watched.Page.GotoAsync(new Uri(Path.Combine(site, name + ".html")).AbsoluteUri);
        return watched;
    }

    [Theory]
    [InlineData("index", 1280, ColorScheme.Dark)]
    [InlineData("01-introduction", 400, ColorScheme.Dark)]
    [InlineData("05-parameters-and-working", 1280, ColorScheme.Dark)]
    [InlineData("05-parameters-and-working", 400, ColorScheme.Light)]
    [InlineData("13-alternatives", 1280, ColorScheme.Light)]
    [InlineData("13-alternatives", 400, ColorScheme.Dark)]
    [InlineData("16-build-it-yourself", 400, ColorScheme.Light)]
    [InlineData("17-clinic", 1280, ColorScheme.Dark)]
    [InlineData("18-normalization-since", 400, ColorScheme.Dark)]
    [InlineData("19-transformers", 400, ColorScheme.Light)]
    public async Task A_page_is_drawn_whole_without_errors_and_within_reach_of_everyone(string name, int width, ColorScheme colours)
    {
        await using var watched = await OpenAsync(course.Folder, name, width, colours);
        await watched.ReadOnAsync();
        var page = watched.Page;
        var cells = CourseFiles.Notebooks.SingleOrDefault(notebook => notebook.Name == name)?.Cells ?? [];

        var charts = cells.SelectMany(cell => cell.Outputs).Count(output => output!["data"]?[MimeTypes.Plotly] is not null);
        await Assertions.Expect(page.Locator("figure.chart")).ToHaveCountAsync(charts);
        await Assertions.Expect(page.Locator("figure.chart:has(.main-svg :is(.trace, .hm, .contour))")).ToHaveCountAsync(charts);
        Assert.Equal(cells.Any(cell => cell.Source.Contains('$')), await page.Locator(".math .katex-html").CountAsync() > 0);
        Assert.Equal(0, await page.Locator(".math:not(:has(.katex-html)), .katex-error").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(image => image.naturalWidth > 0 && image.alt)"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls sideways.");
        Assert.Equal("", string.Join('\n', watched.Problems));

        var violations = string.Join('\n', await watched.AxeViolationsAsync());
        Assert.True(violations.Length == 0, violations);
    }

    [Fact]
    public async Task A_folded_solution_opens()
    {
        await using var watched = await OpenAsync(course.Folder, "05-parameters-and-working");
        var solution = watched.Page.Locator(".prose details").First;
        await Assertions.Expect(solution.Locator("pre, p").First).ToBeHiddenAsync();
        await solution.Locator("summary").ClickAsync();
        await Assertions.Expect(solution.Locator("pre, p").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("05-parameters-and-working", "batch size", "[data-said]")]
    [InlineData("13-alternatives", "samples N", ".told")]
    public async Task An_explorable_answers_its_reader(string name, string slider, string answer)
    {
        await using var watched = await OpenAsync(course.Folder, name);
        foreach (var cover in await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Show me anyway" }).AllAsync())
            if (await cover.IsVisibleAsync()) // a prediction may stand before it
                await cover.ClickAsync();
        var told = watched.Page.Locator(answer);
        var before = await told.InnerTextAsync();
        await watched.Page.GetByLabel(slider).FillAsync("1");
        await Assertions.Expect(told).Not.ToHaveTextAsync(before);
        await Assertions.Expect(watched.Page.GetByText("Trust Notebook")).ToHaveCountAsync(0);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_chart_that_cannot_be_drawn_says_so_and_others_are_drawn_as_JSON_and_as_HTML()
    {
        using var folder = new TemporaryFolder();
        ChartHtml.StartPage();
        var html = ChartHtml.ToHtml(Plot.Show("Bars", Panels.Bars("x", "y", ["a", "b"], ("s", [1, 2], null))));
        var site = Write(folder, [Notebook.Of("a",
            Notebook.Code("1", Notebook.Display((MimeTypes.Plotly, """{"data":5}"""))),
            Notebook.Code("2", Notebook.ChartOutput()),
            Notebook.Code("3", Notebook.Display((MimeTypes.Html, html))))]);
        await using var watched = await OpenAsync(site, "a");
        await Assertions.Expect(watched.Page.Locator(".plot").First).ToContainTextAsync("cannot be drawn");
        await Assertions.Expect(watched.Page.Locator("figure .main-svg .trace")).ToHaveCountAsync(1);
        await Assertions.Expect(watched.Page.Locator(".html .main-svg .trace")).ToHaveCountAsync(1);
        await Assertions.Expect(watched.Page.GetByText("Trust Notebook")).ToHaveCountAsync(0);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task Whatever_an_output_asks_for_nothing_comes_from_another_host_and_only_its_scripts_run()
    {
        const string elements = """
            <script>window.own = 1</script><b id="b" onclick="window.handled = 1">b</b><a id="a" href="javascript:window.linked = 1">a</a>
            <img src="http://elsewhere.example/"><video src="http://elsewhere.example/"></video><script src="http://elsewhere.example/"></script>
            <iframe src="http://elsewhere.example/"></iframe><object data="http://elsewhere.example/"></object><embed src="http://elsewhere.example/">
            <link rel="stylesheet" href="http://elsewhere.example/"><link rel="preconnect" href="http://elsewhere.example/"><base href="http://elsewhere.example/">
            <style>@import "http://elsewhere.example/"; @font-face { font-family: f; src: url(http://elsewhere.example/) } b { font-family: f; background: url(http://elsewhere.example/) }</style>
            <form action="http://elsewhere.example/"><button id="send">send</button></form><meta http-equiv="refresh" content="0;url=http://elsewhere.example/">
            <script>fetch("http://elsewhere.example/").catch(() => {}); new WebSocket("ws://elsewhere.example/"); navigator.sendBeacon("http://elsewhere.example/")</script>
            """;
        using var folder = new TemporaryFolder();
        var site = Write(folder, [Notebook.Of("a", Notebook.Code("1", Notebook.Display(("text/html", elements))))]);
        await using var watched = await OpenAsync(site, "a");
        var page = watched.Page;
        await page.EvaluateAsync("for (const id of ['b', 'a', 'send']) document.getElementById(id).click()");

        Assert.Equal("own", await page.EvaluateAsync<string>("['own', 'handled', 'linked'].filter(name => name in window).join()"));
        Assert.StartsWith("file:", page.Url);
        Assert.Equal("", string.Join('\n', watched.Problems.Where(problem => problem.StartsWith("request:", StringComparison.Ordinal))));
    }
}
