using System.IO.Compression;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Course;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>What holds for every page of the site, as a server gives it.</summary>
public sealed class EveryPageTests(TestBrowser browser, WholeSite site)
{
    const int MostBytes = 500_000; // compressed, before the reader does anything
    const double MostShift = 0.1; // what is called good for the cumulative layout shift

    public static TheoryData<string> Pages => WholeSite.Pages;

    public static TheoryData<string> PagesWithEngine =>
    [
        PlaygroundPage.FileName,
        .. from row in ExplorablesTests.Names
           from notebook in CourseFiles.Notebooks
           where notebook.Cells.Any(cell => cell.Source == $"Explorable.Show(\"{row.Data}\")")
           group row by notebook.Name + ".html" into page
           select page.Key,
    ];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_light_and_nothing_on_it_moves(string name)
    {
        foreach (var width in (int[])[1440, 400])
        {
            await using var watched = await browser.NewPageAsync(width);
            var page = watched.Page;
            var responses = new List<IResponse>();
            page.Response += (_, response) => responses.Add(response);
            await watched.WatchShiftsAsync();
            await page.GotoAsync(await site.AddressAsync(name), new() { WaitUntil = WaitUntilState.NetworkIdle });

            await page.WaitForLoadStateAsync(LoadState.Load); // on a slow machine scripts that have come have not run yet
            var before = await WeightAsync(responses);
            Assert.True(before.Sum(part => part.Bytes) <= MostBytes, $"{width} px: {string.Join(", ", before.OrderByDescending(part => part.Bytes))}");
            var firstPaint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");

            await page.EvaluateAsync("""
                async () => {
                  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.8) {
                    scrollTo({ top: y, behavior: "instant" });
                    await new Promise(done => setTimeout(done, 70)); // ten thousand pixels a second, faster than anyone reads
                  }
                }
                """);
            var (sum, shifts) = await watched.ShiftsAsync();
            Assert.True(sum <= MostShift, $"{width} px: {sum:0.000} in all: {shifts}");
            TestContext.Current.TestOutputHelper!.WriteLine($"{name} at {width} px: {before.Sum(part => part.Bytes) / 1000} kB, first paint after {firstPaint:0} ms, shift {sum:0.0000}");
            Assert.Empty(watched.Problems);
        }
    }

    [Theory, MemberData(nameof(PagesWithEngine))]
    public async Task However_late_the_engine_comes_nothing_moves(string name)
    {
        foreach (var width in (int[])[1440, 400])
        {
            await using var watched = await browser.NewPageAsync(width);
            var page = watched.Page;
            await watched.WatchShiftsAsync();
            var asked = new TaskCompletionSource();
            var comes = new TaskCompletionSource();
            await page.RouteAsync("**/*.pack", async route =>
            {
                asked.TrySetResult();
                await comes.Task;
                await route.ContinueAsync();
            });
            await page.GotoAsync(await site.AddressAsync(name));
            await page.EvaluateAsync("{ for (let button; button = document.querySelector('.cover button');) button.click(); }"); // a figure may lie behind a prediction
            foreach (var figure in await page.Locator("[data-bn-explorable]").AllAsync())
            {
                await figure.EvaluateAsync("figure => figure.scrollIntoView({ block: 'center', behavior: 'instant' })");
                await Assertions.Expect(figure).ToHaveAttributeAsync("data-living", "", new() { Timeout = 60_000 });
            }
            await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            comes.SetResult();
            await Assertions.Expect(page.Locator("[data-living] .said[aria-busy], .runs:empty")).ToHaveCountAsync(0, new() { Timeout = 60_000 }); // some train
            var (sum, shifts) = await watched.ShiftsAsync();
            Assert.True(sum <= MostShift, $"{width} px: {sum:0.000} in all: {shifts}");
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_within_reach_of_everyone_and_asks_no_other_host(string name)
    {
        foreach (var (width, colours) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (400, ColorScheme.Dark)])
        {
            await using var watched = await browser.NewPageAsync(width, colours);
            await watched.Page.GotoAsync(await site.AddressAsync(name));
            await watched.Page.Locator(".menu summary").ClickAsync(); // what is closed is not examined
            Assert.Equal("", string.Join('\n', await watched.AxeViolationsAsync()));
            Assert.True(await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"It scrolls sideways at {width} px.");
            Assert.Empty(watched.Problems);
        }
    }

    [Fact]
    public async Task From_the_disk_and_without_a_network_a_page_is_whole()
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(await site.AddressAsync("06-inference.html", served: false));
        await watched.ReadOnAsync();
        var charts = await page.Locator("figure.chart").CountAsync();
        await Assertions.Expect(page.Locator("figure.chart:has(.main-svg)")).ToHaveCountAsync(charts);
        Assert.True(charts > 0 && await page.Locator(".math .katex-html").CountAsync() > 0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Before or after"));
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task The_contents_lead_from_each_page_to_each_and_close_again()
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await page.GotoAsync(await site.AddressAsync("06-inference.html"));
        var menu = page.GetByRole(AriaRole.Navigation, new() { Name = "All pages" });
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await page.GetByText("Contents", new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(menu.GetByRole(AriaRole.Link)).ToHaveCountAsync(Pages.Count);
        await Assertions.Expect(menu.Locator("[aria-current=page]")).ToHaveTextAsync("06 Inference");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await menu.GetByText("The ledger of claims").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("ledger.html$"));
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_chart_is_drawn_when_it_comes_near_with_one_loading_of_plotly_and_for_print_all_are()
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        var loaded = 0;
        page.Request += (_, request) => loaded += request.Url.EndsWith("plotly.min.js", StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync(await site.AddressAsync("07-order-of-placement.html"), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal((0, 0), (loaded, await page.Locator(".main-svg").CountAsync()));
        var charts = await page.Locator("figure.chart").CountAsync();
        await watched.ReadOnAsync();
        await Assertions.Expect(page.Locator("figure.chart:has(.main-svg)")).ToHaveCountAsync(charts);
        Assert.Equal(1, loaded);

        await page.GotoAsync(await site.AddressAsync("07-order-of-placement.html?print"));
        await Assertions.Expect(page.Locator("html[data-drawn=all]")).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("figure.chart:has(.main-svg)")).ToHaveCountAsync(charts);
        Assert.Empty(watched.Problems);
    }

    // As a server would compress it; pictures and fonts are compressed already. An engine belongs to what a reader starts with it.
    static async Task<List<(string Name, long Bytes)>> WeightAsync(IEnumerable<IResponse> responses)
    {
        var parts = new List<(string, long)>();
        foreach (var response in responses.Where(response => !response.Url.Contains("/engines/", StringComparison.Ordinal)).ToList())
        {
            var body = await response.BodyAsync();
            var name = Path.GetFileName(new Uri(response.Url).AbsolutePath);
            using var packed = new MemoryStream();
            using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                zip.Write(body);
            parts.Add((name, Math.Min(body.Length, packed.Length)));
        }
        return parts;
    }
}
