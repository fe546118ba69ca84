using System.Globalization;
using System.Text.RegularExpressions;
using BnNotebooks.Core;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The playground in a reader's browser: its engine, its pictures and its controls.</summary>
public sealed partial class PlaygroundTests(TestBrowser browser, PlaygroundTests.Pages pages) : IClassFixture<PlaygroundTests.Pages>
{
    // The engine's start and some hundred steps take a second or two alone, but here other tests run beside.
    const float Patience = 120_000;

    /// <summary>A site with the playground and its engine.</summary>
    public sealed class Pages : IAsyncLifetime
    {
        readonly TemporaryFolder folder = new();
        Server? server;

        public Pages() => Assert.Empty(SiteBuilder.Write(Site, [],
            new SiteInfo("A", "B.", []) { Engines = [.. EnginePack.All.Where(engine => engine.Name == "playground")] }, folder.PathOf("notebooks")));

        public string Site => folder.PathOf("site");

        public string Address => new Uri(Path.Combine(Site, "playground.html")).AbsoluteUri;

        public string Served => new Uri(server!.Address, "playground.html").AbsoluteUri;

        public async ValueTask InitializeAsync() => server = await Server.StartAsync(Site);

        public ValueTask DisposeAsync()
        {
            server?.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [GeneratedRegex(@"(\d+) %")]
    private static partial Regex Percents();

    async Task<WatchedPage> OpenAsync(string address, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var watched = await browser.NewPageAsync(width, colours);
        watched.Page.SetDefaultTimeout(Patience);
        await watched.Page.GotoAsync(address);
        await StandsAsync(watched.Page);
        return watched;
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    // The page says so when its pictures show what there is.
    static Task StandsAsync(IPage page) =>
        Expect(page.Locator("[data-status]")).ToContainTextAsync(new Regex("in evaluation mode"), new() { Timeout = Patience });

    static async Task<double> PercentAsync(IPage page, string selector) =>
        double.Parse(Percents().Match(await page.Locator(selector).First.InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);

    static Task<string[]> ScoresAsync(IPage page) => page.Locator("[data-score], [data-verdict], [data-answers-said]").AllInnerTextsAsync().ContinueWith(texts => texts.Result.ToArray(), TaskScheduler.Default);

    static async Task PressAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await StandsAsync(page);
    }

    static async Task ExperimentAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-status]")).ToContainTextAsync(new Regex(@"step (190|300),.*in evaluation mode"), new() { Timeout = Patience });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_the_disk_and_from_a_server_a_network_learns_in_the_page(bool fromServer)
    {
        await using var watched = await OpenAsync(fromServer ? pages.Served : pages.Address);
        var page = watched.Page;
        Assert.InRange(await PercentAsync(page, "[data-score=evaluation]"), 30, 70);

        await page.GetByLabel("Speed").SelectOptionAsync("fast");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-score=evaluation]")).ToContainTextAsync(new Regex("^(9[5-9]|100) % right"), new() { Timeout = Patience });
        await PressAsync(page, "Pause");

        var loss = Regex.Match(await page.Locator("[data-score=evaluation]").InnerTextAsync(), @"loss ([\d.]+)").Groups[1].Value;
        Assert.InRange(double.Parse(loss, CultureInfo.InvariantCulture), 0, 0.4);
        await Expect(page.Locator("[data-losses] polyline.evaluation")).ToHaveAttributeAsync("points", new Regex(@"\d+.* \d+"));
        await Expect(page.Locator("[data-layers] li")).ToHaveCountAsync(3);
        Assert.Equal("", string.Join('\n', watched.Problems));
    }

    [Fact]
    public async Task After_training_by_twos_the_modes_disagree_until_the_averages_are_recalibrated()
    {
        await using var watched = await OpenAsync(pages.Address);
        var page = watched.Page;
        await ExperimentAsync(page, "batch size 2");
        var before = await PercentAsync(page, "[data-verdict]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recalibrate", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("of 3 layers are taken anew", new() { Timeout = Patience });
        var after = await PercentAsync(page, "[data-verdict]");
        Assert.True(before >= 5 && after <= 3 && after < before / 3, $"They disagree at {before} % of the plane, afterwards at {after} %.");
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task Two_runs_stand_beside_each_other_and_what_differs_is_named()
    {
        await using var watched = await OpenAsync(pages.Address);
        var page = watched.Page;
        await ExperimentAsync(page, "10 layers, without batch norm");
        await Expect(page.Locator(".run")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-changed]").Nth(1)).ToHaveTextAsync("normalization none instead of batch norm");
        Assert.InRange(await PercentAsync(page, ".run:nth-child(1) [data-score=evaluation]"), 90, 100);
        Assert.InRange(await PercentAsync(page, ".run:nth-child(2) [data-score=evaluation]"), 40, 60);
        await Expect(page.Locator("[data-codes] pre").First).ToContainTextAsync("new Linear(16, 16, random: random), new BatchNorm1d(16), new ReLU(),");
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_forgotten_evaluation_mode_is_shown_in_numbers()
    {
        await using var watched = await OpenAsync(pages.Address);
        var page = watched.Page;
        await ExperimentAsync(page, "forget eval()");
        var shares = (await page.Locator("[data-forgotten-bars] .number").AllInnerTextsAsync()).Select(text => int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(shares[0], 95, 100);
        Assert.InRange(shares[2], 0, 75);
        await Expect(page.Locator("[data-answers] circle")).ToHaveCountAsync(40);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_link_holds_the_whole_state()
    {
        await using var watched = await OpenAsync(pages.Address + "#data=moons&batchSize=8&seed=4&b=normalization:layer");
        var page = watched.Page;
        for (var step = 1; step <= 3; step++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "One step" }).ClickAsync();
            await Expect(page.Locator("[data-status]")).ToContainTextAsync($"step {step},", new() { Timeout = Patience });
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Recalibrate", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("taken anew", new() { Timeout = Patience });
        var link = await page.Locator("[data-link]").EvaluateAsync<string>("link => link.href");
        Assert.EndsWith("#data=moons&batchSize=8&seed=4&b=normalization%3Alayer&steps=3&recalibrated=3", link);

        await using var other = await OpenAsync(link);
        Assert.Equal(await ScoresAsync(page), await ScoresAsync(other.Page));
        await Expect(other.Page.Locator("[data-steps]")).ToHaveTextAsync("step 3");
        await Expect(other.Page.Locator("[data-key=batchSize]")).ToHaveValueAsync("8");
        Assert.Empty(other.Problems);
    }

    [Fact]
    public async Task A_link_that_asks_for_what_there_is_not_shows_the_page_as_at_first()
    {
        await using var watched = await OpenAsync(pages.Address + "#data=%3Cb%3E&depth=99&b=__proto__:1&steps=-3&recalibrated=x&batchSize=two");
        await Expect(watched.Page.Locator("[data-steps]")).ToHaveTextAsync("step 0");
        await Expect(watched.Page.Locator("[data-codes]")).ToContainTextAsync("new Mlp([2, 16, 16, 16, 2], \"batch\", \"relu\", seed: 1)");
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task The_keyboard_alone_plays_it()
    {
        await using var watched = await OpenAsync(pages.Address);
        var page = watched.Page;
        var play = page.Locator("[data-play]");
        for (var tabs = 0; tabs < 30 && !await play.EvaluateAsync<bool>("button => button === document.activeElement"); tabs++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(play).ToHaveTextAsync("Pause");
        await Expect(page.Locator("[data-steps]")).Not.ToHaveTextAsync("step 0", new() { Timeout = Patience });
        await page.Keyboard.PressAsync("Space");
        await Expect(play).ToHaveTextAsync("Play");
        await StandsAsync(page);

        // A setting by keyboard makes another network, and keeps the focus.
        await page.Locator("[data-key=batchSize]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("step 0,", new() { Timeout = Patience });
        Assert.True(await page.Locator("[data-key=batchSize]").EvaluateAsync<bool>("select => select === document.activeElement && select.value === '16'"));

        // The point moves.
        var said = page.Locator("[data-answers-said]");
        var before = await said.InnerTextAsync();
        await page.Locator("[data-x]").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(said).Not.ToHaveTextAsync(before, new() { Timeout = Patience });
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task Every_normalization_of_the_library_is_offered_and_what_it_refuses_is_said()
    {
        await using var watched = await OpenAsync(pages.Address + "#batchSize=1&b=normalization:layer");
        var page = watched.Page;
        var offered = await page.Locator("[data-key=normalization] option").EvaluateAllAsync<string[]>("options => options.map(option => option.value)");
        Assert.Equal(Normalizations.Names.Order(), offered.Order());

        await page.GetByRole(AriaRole.Button, new() { Name = "One step" }).ClickAsync();
        await Expect(page.Locator("[data-verdict]").First).ToContainTextAsync("The library refuses: Layer 1 (BatchNorm1d): Expected more than one value per channel to take statistics of, but the shape is (1, 16). Use a larger batch, or call Eval() first.", new() { Timeout = Patience });
        await Expect(page.Locator("[data-verdict]").Last).ToContainTextAsync("Both modes give the same answers");
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task Where_motion_is_not_wanted_the_pictures_wait_for_the_pause()
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        page.SetDefaultTimeout(Patience);
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(pages.Address);
        await StandsAsync(page);
        var verdict = await page.Locator("[data-verdict]").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-steps]")).ToHaveTextAsync(new Regex(@"step [2-9]\d"), new() { Timeout = Patience });
        Assert.Equal(verdict, await page.Locator("[data-verdict]").InnerTextAsync());
        await PressAsync(page, "Pause");
        Assert.NotEqual(verdict, await page.Locator("[data-verdict]").InnerTextAsync());
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light, "")]
    [InlineData(1440, ColorScheme.Dark, "#b=normalization:none&steps=5")]
    [InlineData(400, ColorScheme.Light, "#steps=5&growth=1.03")]
    [InlineData(400, ColorScheme.Dark, "#b=depth:10")]
    public async Task It_is_within_reach_of_everyone(int width, ColorScheme colours, string hash)
    {
        await using var watched = await OpenAsync(pages.Address + hash, width, colours);
        var page = watched.Page;
        await page.EvaluateAsync("document.querySelector('[data-settings-box]').open = true");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls sideways.");
        Assert.Equal("", string.Join('\n', await watched.AxeViolationsAsync()));
        Assert.Equal("", string.Join('\n', watched.Problems));
    }

    [Theory]
    [InlineData("bnEngine.start = () => Promise.reject(new Error('no wasm'))", "The engine did not start: no wasm", "nothing to train here")]
    [InlineData("BnRun.make = () => Promise.reject(new Error('too wide'))", "Something went wrong: too wide", "Other settings may give one")]
    public async Task What_it_cannot_show_it_says_and_the_rest_of_the_page_is_there(string breaks, string status, string instead)
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await page.RouteAsync("**/playground.js", async route =>
        {
            var response = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = response, Body = $"{breaks};\n{await response.TextAsync()}" });
        });
        await page.GotoAsync(pages.Served);

        await Expect(page.Locator("[data-status]")).ToContainTextAsync(status);
        await Expect(page.Locator("[data-runs]")).ToContainTextAsync(instead);
        await Expect(page.Locator(".board ~ *").Last).ToBeVisibleAsync();
    }
}
