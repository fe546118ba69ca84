using System.Text.RegularExpressions;
using BnNotebooks.Claims;
using BnNotebooks.Runner.Tests.Course;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The ledger of claims as a page.</summary>
public sealed class LedgerPageTests(TestBrowser browser, WholeSite site)
{
    static readonly Ledger ledger = Ledger.Read(Path.Combine(CourseFiles.Root, "data", "claims.json"));

    static ILocator Rows(IPage page) => page.Locator(".ledger tbody tr:not([hidden])");

    static int Count(Func<Claim, bool> which) => ledger.Claims.Count(which);

    async Task<WatchedPage> OpenAsync(string hash = "", bool served = true, int width = 1280)
    {
        var watched = await browser.NewPageAsync(width);
        await watched.Page.GotoAsync(await site.AddressAsync("ledger.html" + hash, served));
        return watched;
    }

    public static TheoryData<string> Claims => [.. ledger.Claims.Select(claim => claim.Id)];

    [Theory, MemberData(nameof(Claims))]
    public void A_claim_leads_to_an_output_of_its_notebook(string id)
    {
        var claim = ledger[id];
        var address = Regex.Match(File.ReadAllText(Path.Combine(site.Folder, "ledger.html")), $"(?s)id=\"claim-{id}\".*?<td[^>]*><a href=\"([^\"#]+)#(cell-[^\"]+)\"");
        Assert.True(address.Success, "It leads nowhere.");
        Assert.Equal(claim.Notebook + ".html", address.Groups[1].Value);
        Assert.Contains($" id=\"{address.Groups[2].Value}\"", File.ReadAllText(Path.Combine(site.Folder, address.Groups[1].Value)));
        var cell = CourseFiles.Named(claim.Notebook).Cells.Single(cell => "cell-" + cell.Id == address.Groups[2].Value);
        Assert.NotEmpty(cell.Outputs);
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 400)]
    public async Task It_filters_by_verdict_source_notebook_and_text_and_the_address_remembers(bool served, int width)
    {
        await using var watched = await OpenAsync(served: served, width: width);
        var page = watched.Page;
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(ledger.Claims.Count);

        await page.GetByLabel("wrong").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(Count(claim => claim.Verdict == Verdict.Wrong));
        await page.GetByLabel("contested").CheckAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(Count(claim => claim.Verdict is Verdict.Wrong or Verdict.Contested));
        await page.GetByLabel("Said by").SelectOptionAsync("the slide deck");
        var left = Count(claim => claim is { Verdict: Verdict.Wrong or Verdict.Contested, Source: null });
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(left);
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Slide 4");
        await Assertions.Expect(page.Locator("[data-shown]")).ToHaveTextAsync(new Regex($@"^\d+ of {ledger.Claims.Count} claims$"));

        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("");
        await page.ReloadAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(left);
        await Assertions.Expect(page.GetByLabel("contested")).ToBeCheckedAsync();
        await page.Locator("select[name=notebook]").SelectOptionAsync("00-start-here");
        await Assertions.Expect(page.GetByText("No claim fits all of these.")).ToBeVisibleAsync();
        await page.GetByText("Show all").ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(ledger.Claims.Count);
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public async Task It_sorts_by_each_heading_both_ways_and_back()
    {
        await using var watched = await OpenAsync();
        var page = watched.Page;
        var heading = page.GetByRole(AriaRole.Columnheader, new() { Name = "Verdict" });
        async Task<string[]> Verdicts() => await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.ledger tbody tr')].map(row => row.dataset.verdict)");
        var inOrder = ledger.Claims.Select(claim => claim.Verdict.ToText()).ToArray();
        string[] sorted = [.. ledger.Claims.OrderBy(claim => claim.Verdict).Select(claim => claim.Verdict.ToText())];

        await heading.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.Equal(sorted, await Verdicts());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Equal(sorted.Reverse(), await Verdicts());
        Assert.EndsWith("#sort=-verdict", page.Url);
        await page.Keyboard.PressAsync("Enter");
        Assert.Null(await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal(inOrder, await Verdicts());
    }

    [Fact]
    public async Task A_link_to_a_claim_shows_it_and_one_to_a_choice_shows_that()
    {
        await using var watched = await OpenAsync("#claim-non-linear");
        await Assertions.Expect(watched.Page.Locator("#claim-non-linear")).ToBeInViewportAsync();
        await Assertions.Expect(Rows(watched.Page)).ToHaveCountAsync(ledger.Claims.Count);
        await watched.Page.GotoAsync(await site.AddressAsync("ledger.html#verdict=wrong&notebook=nonsense&sort=nonsense"));
        await Assertions.Expect(Rows(watched.Page)).ToHaveCountAsync(Count(claim => claim.Verdict == Verdict.Wrong));
        Assert.Empty(watched.Problems);
    }

    [Fact]
    public void Without_a_script_it_is_a_plain_table_that_says_all()
    {
        var html = File.ReadAllText(Path.Combine(site.Folder, "ledger.html"));
        Assert.Equal(ledger.Claims.Count, Regex.Count(html, "<tr role=\"row\" id=\"claim-"));
        Assert.DoesNotMatch(@"\{[a-z0-9-]+/[a-z0-9-]+\}", html); // each sentence of the evidence is composed
        Assert.Matches(@"<noscript><style>[^<]*\.filters[^<]*display: none", html);
        foreach (var verdict in Enum.GetValues<Verdict>())
            Assert.Matches($"<span class=\"verdict [a-z-]+\"><span aria-hidden=\"true\">.</span> {verdict.ToText()}</span>", html);
    }
}
