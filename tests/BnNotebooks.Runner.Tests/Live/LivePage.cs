using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Tests.Browser;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>A page of the site with an engine that runs cells, as a press of Run starts it.</summary>
sealed class LivePage : IAsyncDisposable
{
    readonly WatchedPage watched;

    LivePage(WatchedPage watched) => this.watched = watched;

    public static async Task<LivePage> OpenAsync(TestBrowser browser, string address)
    {
        var watched = await browser.NewPageAsync();
        await watched.Page.GotoAsync(address);
        if (await watched.Page.EvaluateAsync<bool>("typeof bnEngine === 'undefined'"))
            await watched.Page.AddScriptTagAsync(new() { Url = "assets/engine.js" });
        var page = new LivePage(watched);
        await page.StartAsync();
        return page;
    }

    public IReadOnlyCollection<string> Problems => watched.Problems;

    /// <summary>Starts from nothing; what ran is forgotten.</summary>
    public Task StartAsync() => watched.Page.EvaluateAsync("""
        async () => {
          window.testedEngine?.stop();
          window.testedEngine = await bnEngine.start("live");
        }
        """);

    /// <summary>Runs a cell; null where it takes longer than a reader would wait.</summary>
    public async Task<JsonObject?> RunAsync(NotebookCell cell, TimeSpan limit)
    {
        var answer = await watched.Page.EvaluateAsync<string?>("""
            ({ code, limit }) => Promise.race([
              testedEngine.call("BnNotebooks.Live.Cells.Run", code),
              new Promise(done => setTimeout(() => done(null), limit)),
            ])
            """, new { code = cell.Source, limit = limit.TotalMilliseconds });
        return answer is null ? null : JsonNode.Parse(answer)!.AsObject();
    }

    /// <summary>Runs some code.</summary>
    public async Task<JsonObject> RunAsync(string code) => (await CallAsync("Run", code))!.AsObject();

    /// <summary>Calls a method of the engine.</summary>
    public async Task<JsonNode?> CallAsync(string method, params object[] parameters) => JsonNode.Parse(await watched.Page.EvaluateAsync<string>(
        "({ method, parameters }) => testedEngine.call(`BnNotebooks.Live.Cells.${method}`, ...parameters)", new { method, parameters }));

    /// <summary>Why a cell did not do in the page what it did in its notebook, or null.</summary>
    public static string? Fault(NotebookCell cell, JsonObject? result) => result switch
    {
        null => "it takes too long",
        { } when result["errors"]!.AsArray() is [{ } error, ..] => $"it does not compile: {error.ToJsonString()}",
        { } when result["failure"] is { } failure => $"it throws {failure["name"]}: {failure["message"]}",
        _ when IsAmplified(cell) => null,
        _ => SameOutput.Difference(cell.Outputs, result["outputs"]!.AsArray()),
    };

    // One chart shows what rounding does to (sin(1 + h) − sin(1))/h down to h = 10⁻¹⁴, and sin's last digit is each machine's own.
    static bool IsAmplified(NotebookCell cell) => cell.Id == "differences-code";

    public ValueTask DisposeAsync() => watched.DisposeAsync();
}
