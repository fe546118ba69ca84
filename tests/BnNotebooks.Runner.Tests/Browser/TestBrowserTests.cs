namespace BnNotebooks.Runner.Tests.Browser;

public class TestBrowserTests(TestBrowser browser)
{
    [Fact]
    public async Task What_goes_wrong_on_a_page_is_seen()
    {
        await using var watched = await browser.NewPageAsync();
        await watched.Page.SetContentAsync("""
            <html lang="en"><title>T</title><main><h1>T</h1><img src="https://example.org/a.png"></main>
            <script>console.error("one"); throw new Error("two");</script>
            """);
        Assert.Contains("request: https://example.org/a.png", watched.Problems);
        Assert.Contains("console: one", watched.Problems);
        Assert.Contains(watched.Problems, problem => problem.Contains("two"));
        Assert.Contains(await watched.AxeViolationsAsync(), violation => violation.StartsWith("image-alt: <img"));
    }
}
