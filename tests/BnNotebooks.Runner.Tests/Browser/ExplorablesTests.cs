using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;
using BnNotebooks.Views;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The figures to play with, each on a page of its own: .NET computes, the reader sets, a sentence says what there is to see.</summary>
public sealed class ExplorablesTests(TestBrowser browser, ExplorablesTests.Pages pages) : IClassFixture<ExplorablesTests.Pages>
{
    /// <summary>A page for each, with the engine beside them, and once more without it.</summary>
    public sealed class Pages : IAsyncLifetime
    {
        readonly TemporaryFolder folder = new();
        Server? server;

        public string Folder => folder.PathOf("site");

        public string FolderWithoutEngine => folder.PathOf("bare");

        public Uri Address => server!.Address;

        public async ValueTask InitializeAsync()
        {
            Write(Folder, [EnginePack.All.Single(engine => engine.Name == "playground")]);
            Write(FolderWithoutEngine, []);
            server = await Server.StartAsync(Folder);
        }

        void Write(string place, IReadOnlyList<EnginePack> engines) => Assert.Empty(SiteBuilder.Write(
            place,
            [.. Explorable.Names.Select(name => new SitePage(Notebook.Of(name,
                Notebook.Markdown($"# {name}"),
                Notebook.Code($"Explorable.Show(\"{name}\")", Notebook.Display((MimeTypes.Html, Explorable.Show(name).Html)))), 1, 1, 0, null))],
            new SiteInfo("A", "B.", []) { Engines = engines }, folder.PathOf("notebooks")));

        public ValueTask DisposeAsync()
        {
            server?.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    public static TheoryData<string> Names =>
        [.. Explorable.Names.Where(name => Explorable.Show(name).Html.Contains(Explorable.Marker, StringComparison.Ordinal))];

    // Up to its first answer; where it trains, to the end of the training.
    async Task<WatchedPage> OpenAsync(string name, bool served = false, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var watched = await browser.NewPageAsync(width, colours);
        await watched.Page.GotoAsync(served ? new Uri(pages.Address, name + ".html").AbsoluteUri : new Uri(Path.Combine(pages.Folder, name + ".html")).AbsoluteUri);
        await SettledAsync(watched.Page);
        return watched;
    }

    static ILocator Sentence(IPage page) => page.Locator("[data-living] .said");

    static async Task<string> SettledAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-living] .said:not([aria-busy])")).ToBeVisibleAsync(new() { Timeout = 60_000 }); // it may train
        return await Sentence(page).InnerTextAsync();
    }

    [Fact]
    public void There_are_eight() => Assert.Equal(8, Names.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_lives_on_a_page_from_a_server(string name) => await LivesAsync(name, served: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_lives_on_a_page_from_the_disk(string name) => await LivesAsync(name, served: false);

    async Task LivesAsync(string name, bool served)
    {
        await using var watched = await OpenAsync(name, served);
        var figure = watched.Page.Locator("[data-living]");

        await Assertions.Expect(figure.Locator(".stage svg").First).ToBeVisibleAsync();
        await Assertions.Expect(figure.Locator("img, [data-elsewhere]")).ToHaveCountAsync(0); // of the picture it began with
        Assert.Matches(@"\d", await SettledAsync(watched.Page));
        Assert.DoesNotMatch("NaN|undefined|Infinity|cannot be computed", await figure.InnerTextAsync());
        Assert.Matches("new |= |=>", await figure.Locator("pre code").InnerTextAsync());
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_control_answers_the_keyboard_and_the_code_follows_it(string name)
    {
        await using var watched = await OpenAsync(name);
        var page = watched.Page;
        foreach (var control in await page.Locator("[data-living] :is(input, select)").AllAsync())
        {
            var before = await SettledAsync(page);
            await control.FocusAsync();
            await page.Keyboard.PressAsync(await control.EvaluateAsync<string>(
                "node => node.localName === 'select' ? 'ArrowDown' : node.value === node.max ? 'ArrowLeft' : 'ArrowRight'"));
            await Assertions.Expect(Sentence(page)).Not.ToHaveTextAsync(before);
        }
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_answers_the_mouse(string name)
    {
        await using var watched = await OpenAsync(name);
        var page = watched.Page;
        var before = await SettledAsync(page);
        var slider = page.Locator("[data-living] input[type=range]").First;
        var box = (await slider.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + 0.85f * box.Width, box.Y + box.Height / 2);
        await Assertions.Expect(Sentence(page)).Not.ToHaveTextAsync(before);

        foreach (var button in await page.Locator("[data-living] .buttons button").AllAsync())
        {
            await SettledAsync(page);
            await button.ClickAsync();
        }
        Assert.DoesNotMatch("NaN|undefined|cannot be computed", await SettledAsync(page));
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [InlineData("valley", 0, 0, 60)]
    [InlineData("valley", 1, -40, 20)]
    [InlineData("companions", 0, -60, 0)]
    public async Task What_can_be_dragged_moves_its_slider_too(string name, int handle, int byX, int byY)
    {
        await using var watched = await OpenAsync(name);
        var page = watched.Page;
        var before = await SettledAsync(page);
        var sliders = page.Locator("[data-living] .controls");
        var said = await sliders.InnerTextAsync();
        var box = (await page.Locator("[data-living] .handle").Nth(handle).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width / 2 + byX, box.Y + box.Height / 2 + byY, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        await Assertions.Expect(Sentence(page)).Not.ToHaveTextAsync(before);
        await Assertions.Expect(sliders).Not.ToHaveTextAsync(said);
    }

    [Theory]
    [InlineData("γ", "dGamma", "7.3333")]
    [InlineData("β", "dBeta", "−4.0000")]
    [InlineData("μ", "dMu", "4.0000")]
    public async Task A_node_of_the_graph_says_its_gradient_to_whoever_points_at_it_or_goes_there(string node, string code, string gradient)
    {
        foreach (var byKeyboard in (bool[])[false, true])
        {
            await using var watched = await OpenAsync("backward-graph");
            var page = watched.Page;
            var found = page.GetByRole(AriaRole.Button, new() { Name = node, Exact = true });
            await (byKeyboard ? found.FocusAsync() : found.HoverAsync());

            await Assertions.Expect(Sentence(page)).ToContainTextAsync($"The gradient there is {gradient}");
            await Assertions.Expect(page.Locator("[data-living] pre code")).ToContainTextAsync($"var {code} =");
            await Assertions.Expect(found).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_within_reach_of_everyone_on_a_narrow_page(string name)
    {
        foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var watched = await OpenAsync(name, width: 400, colours: colours);
            Assert.True(await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls sideways.");
            var violations = string.Join('\n', await watched.AxeViolationsAsync());
            Assert.True(violations.Length == 0, violations);
        }
    }

    [Theory]
    [InlineData("with-and-without")]
    [InlineData("wandering-input")]
    public async Task Where_motion_is_unwelcome_a_training_is_shown_when_it_is_through(string name)
    {
        await using var watched = await browser.NewPageAsync();
        await watched.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await watched.Page.AddInitScriptAsync("""
            window.changes = 0;
            addEventListener("DOMContentLoaded", () => new MutationObserver(records => { window.changes += records.length; })
              .observe(document.querySelector("[data-bn-explorable]"), { subtree: true, attributes: true, attributeFilter: ["points"], childList: true }));
            """);
        await watched.Page.GotoAsync(new Uri(Path.Combine(pages.Folder, name + ".html")).AbsoluteUri);
        await SettledAsync(watched.Page);
        var drawn = await watched.Page.EvaluateAsync<int>("document.querySelectorAll('[data-living] svg *').length");
        var changes = await watched.Page.EvaluateAsync<int>("changes");
        Assert.InRange(changes, 1, 4 * drawn); // a growing run is drawn thirty times
    }

    [Fact]
    public async Task Without_the_engine_the_picture_stays_and_a_sentence_says_why()
    {
        await using var watched = await browser.NewPageAsync();
        await watched.Page.GotoAsync(new Uri(Path.Combine(pages.FolderWithoutEngine, "valley.html")).AbsoluteUri);

        await Assertions.Expect(Sentence(watched.Page)).ToContainTextAsync("playground.pack.js is not there");
        await Assertions.Expect(watched.Page.Locator("img[data-picture]")).ToBeVisibleAsync();
    }
}
