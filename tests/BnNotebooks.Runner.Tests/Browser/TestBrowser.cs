using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(TestBrowser))]

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>
/// One browser for all tests that look at pages: take it as a constructor's argument. It starts with the first page; where
/// no Chromium is installed, the test that asks for a page is skipped. Names other than this machine's lead nowhere.
/// </summary>
public sealed class TestBrowser : IAsyncDisposable
{
    static readonly string[] Arguments =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    readonly Lazy<Task<IBrowser>> browser;
    IPlaywright? playwright;

    public TestBrowser() => browser = new(StartAsync);

    /// <summary>An empty page in a profile of its own.</summary>
    public async Task<WatchedPage> NewPageAsync(int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        Assert.SkipUnless(Chromium.IsInstalled(), "No Chromium on this machine: pages cannot be looked at.");
        var context = await (await browser.Value).NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = colours,
        });
        return new WatchedPage(await context.NewPageAsync());
    }

    // The package brings the driver, not a browser.
    async Task<IBrowser> StartAsync()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Find().Executable, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
            await (await browser.Value).CloseAsync();
        playwright?.Dispose();
    }
}
