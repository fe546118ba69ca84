using BnNotebooks.Predictions;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Site;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>Prompts on a page: the reader commits, then sees the outcome beside the guess.</summary>
public sealed class PredictionPagesTests(TestBrowser browser, PredictionPagesTests.Pages pages) : IClassFixture<PredictionPagesTests.Pages>
{
    const string Finding = "the finding in words", Explained = "what the outcome means";

    /// <summary>A page with a question of each kind, each with a chart between it and its outcome.</summary>
    public sealed class Pages : IDisposable
    {
        readonly TemporaryFolder folder = new();

        public Pages()
        {
            var sheet = new QuestionSheet();
            var choice = new ChoiceQuestion("01-first", "Which is first?", ["with <b>it</b>", "without"]);
            var number = new NumberQuestion("01-factor", "How many?", "steps", 1, 100, 2, null);
            var curve = new CurveQuestion("01-path", "How does it fall?", [1, 10, 100], "step", "loss (nats)", 0, 2, null);
            static System.Text.Json.Nodes.JsonObject Cell(PredictionView view, string source) =>
                Notebook.Code(source, Notebook.Display((MimeTypes.Html, view.Html), (MimeTypes.Plain, view.Text)));
            Assert.Empty(SiteBuilder.Write(folder.PathOf("site"),
            [
                new SitePage(Notebook.Of("01-a",
                    Notebook.Markdown("# A\n\nBefore."),
                    Cell(sheet.Ask(choice), "Predict.Choice(…)"),
                    Notebook.Code("chart", Notebook.ChartOutput()),
                    Notebook.Markdown(Finding),
                    Cell(choice.Outcome("without", null), "Predict.Outcome(…)"),
                    Notebook.Markdown(Explained),
                    Notebook.Markdown("## Next\n\nBetween."),
                    Cell(sheet.Ask(number), "Predict.Number(…)"),
                    Cell(number.Outcome(4, null, "Because."), "Predict.Outcome(…)"),
                    Cell(sheet.Ask(curve), "Predict.Curve(…)"),
                    Cell(curve.Outcome([2, 1.2, 1], null), "Predict.Outcome(…)"),
                    Cell(sheet.Score(), "Predict.Score()")), 1, 8, 0, null),
            ], new SiteInfo("A", "B.", []), folder.PathOf("notebooks")));
            Address = new Uri(folder.PathOf("site/01-a.html")).AbsoluteUri;
            var html = File.ReadAllText(folder.PathOf("site/01-a.html"));
            File.WriteAllText(folder.PathOf("site/plain.html"), html.Replace("script-src ", "script-src 'none'; formerly "));
            AddressWithoutScripts = new Uri(folder.PathOf("site/plain.html")).AbsoluteUri;
        }

        public string Address { get; }

        public string AddressWithoutScripts { get; }

        public void Dispose() => folder.Dispose();
    }

    async Task<WatchedPage> OpenAsync(int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var watched = await browser.NewPageAsync(width, colours);
        await watched.Page.GotoAsync(pages.Address);
        return watched;
    }

    static ILocator Prompt(IPage page, string id) => page.Locator($"[data-bn-predict=prompt][data-id='{id}']");

    static ILocator Outcome(IPage page, string id) => page.Locator($"[data-bn-predict=outcome][data-id='{id}']");

    static ILocator Commit(IPage page, string id) => Prompt(page, id).GetByText("Commit to this answer");

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    [Fact]
    public async Task What_follows_a_question_is_covered_until_the_reader_commits_then_the_outcome_stands_beside_the_guess()
    {
        await using var watched = await OpenAsync();
        var page = watched.Page;
        await Expect(page.GetByText(Finding)).ToBeHiddenAsync();
        await Expect(page.Locator("figure.chart")).ToBeHiddenAsync();
        await Expect(Outcome(page, "01-first")).ToBeHiddenAsync();
        await Expect(page.GetByText(Explained)).ToBeHiddenAsync();
        await Expect(page.GetByText("Between.")).ToBeVisibleAsync(); // under the next heading
        await Expect(page.Locator(".cover")).ToHaveCountAsync(3);

        await Commit(page, "01-first").ClickAsync();
        await Expect(Prompt(page, "01-first")).ToContainTextAsync("Choose an answer first.");
        await Expect(page.GetByText(Finding)).ToBeHiddenAsync();

        await page.GetByLabel("with <b>it</b>").CheckAsync();
        await Commit(page, "01-first").ClickAsync();
        await Expect(page.GetByText(Finding)).ToBeVisibleAsync();
        await Expect(page.Locator("figure.chart .main-svg .trace")).ToBeVisibleAsync();
        await Expect(Outcome(page, "01-first")).ToContainTextAsync("Outcome: without.");
        await Expect(Outcome(page, "01-first")).ToContainTextAsync("Not as you predicted. You said: with <b>it</b>.");
        await Expect(Outcome(page, "01-factor")).ToBeHiddenAsync();
        await Expect(page.GetByLabel("without", new() { Exact = true })).ToBeDisabledAsync(); // committed is committed
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [InlineData("7", "✓ As you predicted. You said 7 steps, which is 1.75 times too high (within a factor of 2 counts as right).")]
    [InlineData("1", "✗ Not as you predicted. You said 1 steps, which is 4 times too low (within a factor of 2 counts as right).")]
    [InlineData("4", "✓ As you predicted. You said 4 steps, which is just it (within a factor of 2 counts as right).")]
    public async Task A_number_says_how_far_off_it_is(string guess, string said)
    {
        await using var watched = await OpenAsync();
        var page = watched.Page;
        await page.GetByLabel("Your guess").FillAsync("1000");
        await Commit(page, "01-factor").ClickAsync();
        await Expect(Prompt(page, "01-factor")).ToContainTextAsync("within the range");
        await page.GetByLabel("Your guess").FillAsync(guess);
        await Commit(page, "01-factor").ClickAsync();
        await Expect(Outcome(page, "01-factor")).ToContainTextAsync(said);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_curve_is_drawn_by_keyboard_alone()
    {
        await using var watched = await OpenAsync();
        var page = watched.Page;
        var first = page.GetByRole(AriaRole.Slider).First;
        await first.FocusAsync();
        await page.Keyboard.PressAsync("End"); // 2
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowUp"); // 1.1
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Outcome(page, "01-path")).ToContainTextAsync("As you predicted. Your curve (dashed) is off by 0.0333 on average from what was measured");
        await Expect(Outcome(page, "01-path").Locator("polyline")).ToHaveCountAsync(2);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task A_curve_is_drawn_by_dragging()
    {
        await using var watched = await OpenAsync(400);
        var page = watched.Page;
        await Commit(page, "01-path").ClickAsync();
        await Expect(Prompt(page, "01-path")).ToContainTextAsync("Move at least one point first.");
        var point = page.GetByRole(AriaRole.Slider).First;
        await point.ScrollIntoViewIfNeededAsync();
        var box = (await point.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y - 300); // above the frame: its upper end
        await page.Mouse.UpAsync();
        await Expect(point).ToHaveAttributeAsync("aria-valuenow", "2");
        await Commit(page, "01-path").ClickAsync();
        await Expect(Outcome(page, "01-path")).ToContainTextAsync("Your curve (dashed) is off by 0.0667 on average");
    }

    [Fact]
    public async Task A_reload_remembers_the_score_counts_and_answers_can_be_forgotten()
    {
        await using var watched = await OpenAsync();
        var page = watched.Page;
        var score = page.Locator("[data-bn-predict=score]");
        await page.GetByLabel("without", new() { Exact = true }).CheckAsync();
        await Commit(page, "01-first").ClickAsync();
        await page.Locator(".cover button").First.ClickAsync(); // the number's: seen without an answer
        await Expect(Outcome(page, "01-factor")).ToContainTextAsync("Outcome: 4 steps. Because.");
        await page.ReloadAsync();
        await Expect(Outcome(page, "01-first")).ToContainTextAsync("As you predicted.");
        await Expect(score).ToContainTextAsync("1 of 3 came out as you predicted.");
        await Expect(score).ToContainTextAsync("looked without an answer");
        await Expect(score).ToContainTextAsync("not answered yet");
        await score.GetByText("Forget my answers").ClickAsync();
        await Expect(score).ToContainTextAsync("0 of 3");
        await Expect(page.GetByText(Finding)).ToBeHiddenAsync();
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [InlineData("localStorage.setItem('bn-notebooks/01-first', '{')")]
    [InlineData("localStorage.setItem('bn-notebooks/01-path', JSON.stringify({ guess: ['<b>'] })); localStorage.setItem('bn-notebooks/01-first', '{\"guess\":5}')")]
    [InlineData("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")]
    public async Task A_broken_or_refused_memory_costs_the_memory_alone(string spoil)
    {
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await page.AddInitScriptAsync(spoil);
        await page.GotoAsync(pages.Address);
        await page.GetByLabel("without", new() { Exact = true }).CheckAsync();
        await Commit(page, "01-first").ClickAsync();
        await Expect(Outcome(page, "01-first")).ToContainTextAsync("As you predicted.");
        await Expect(page.Locator("[data-bn-predict=score]")).ToContainTextAsync("1 of 3");
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task In_print_and_without_the_pages_script_nothing_is_covered()
    {
        await using var watched = await OpenAsync();
        await watched.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(watched.Page.GetByText(Finding)).ToBeVisibleAsync();
        await Expect(Outcome(watched.Page, "01-first").GetByText("Outcome:")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator(".cover, [data-gate], [data-bn-predict] button").And(watched.Page.Locator(":visible"))).ToHaveCountAsync(0);

        await using var plain = await browser.NewPageAsync();
        await plain.Page.GotoAsync(pages.AddressWithoutScripts);
        await Expect(plain.Page.GetByText(Finding)).ToBeVisibleAsync();
        await Expect(plain.Page.GetByText("Outcome:")).ToHaveCountAsync(3);
        await Expect(plain.Page.Locator("[data-plain] li").First).ToBeVisibleAsync();
    }

    // An editor has no covers, and may show an outcome before or after its prompt, and each anew.
    [Fact]
    public async Task In_an_editor_an_outcome_waits_for_its_answer_and_opens_itself()
    {
        var sheet = new QuestionSheet();
        var choice = new ChoiceQuestion("02-a", "Which?", ["one", "two"]);
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await page.SetContentAsync($"<html lang='en'><title>T</title><main><h1>T</h1><div id='p'>{sheet.Ask(choice).Html}</div><div id='o'></div></main>");
        const string show = "([id, html]) => document.getElementById(id).replaceChildren(document.createRange().createContextualFragment(html))"; // runs scripts
        await page.EvaluateAsync(show, new[] { "o", choice.Outcome("two", null).Html });
        await Expect(Outcome(page, "02-a")).ToContainTextAsync("Commit to an answer first (above): Which?");
        await Expect(page.GetByText("Outcome: two.")).ToBeHiddenAsync();
        await page.GetByLabel("two").CheckAsync();
        await Commit(page, "02-a").ClickAsync();
        await Expect(page.GetByText("Outcome: two.")).ToBeVisibleAsync();
        foreach (var (id, html) in new[] { ("p", sheet.Ask(choice).Html), ("o", choice.Outcome("two", null).Html) })
            await page.EvaluateAsync(show, new[] { id, html });
        await Expect(Outcome(page, "02-a")).ToContainTextAsync("✓ As you predicted. You said: two.");
        await Expect(page.GetByLabel("two")).ToBeDisabledAsync();
        Assert.Empty(watched.Problems);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light, false)]
    [InlineData(400, ColorScheme.Dark, false)]
    [InlineData(400, ColorScheme.Light, true)]
    [InlineData(1280, ColorScheme.Dark, true)]
    public async Task Prompts_and_outcomes_are_within_reach_of_everyone(int width, ColorScheme colours, bool open)
    {
        await using var watched = await OpenAsync(width, colours);
        var page = watched.Page;
        if (open)
        {
            await page.GetByLabel("without", new() { Exact = true }).CheckAsync();
            await Commit(page, "01-first").ClickAsync();
            await page.GetByLabel("Your guess").FillAsync("20");
            await Commit(page, "01-factor").ClickAsync();
            await page.GetByRole(AriaRole.Slider).First.PressAsync("ArrowUp");
            await Commit(page, "01-path").ClickAsync();
            await Expect(page.Locator(".cover")).ToHaveCountAsync(0);
        }
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls sideways.");
        var violations = string.Join('\n', await watched.AxeViolationsAsync());
        Assert.True(violations.Length == 0, violations);
        Assert.Empty(watched.Problems);
    }
}
