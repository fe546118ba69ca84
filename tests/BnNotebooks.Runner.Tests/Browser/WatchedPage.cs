using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>A browser's page, and what went wrong on it: errors of its scripts, requests to other machines.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    readonly ConcurrentQueue<string> problems = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => problems.Enqueue(error);
        page.Console += (_, message) => AddIf(message.Type == "error", $"console: {message.Text}");
        page.RequestFinished += (_, request) => AddIf(IsForeign(request.Url), $"request: {request.Url}");
        page.RequestFailed += (_, request) => // one that the page's own policy stopped never left the browser
            AddIf(IsForeign(request.Url) && request.Failure != "csp", $"request: {request.Url}");
        page.WebSocket += (_, socket) => AddIf(IsForeign(socket.Url), $"request: {socket.Url}");
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Scrolls a little, as a reader does: then the charts that are not near are drawn as well.</summary>
    public Task ReadOnAsync() => Page.Mouse.WheelAsync(0, 40);

    /// <summary>From the next address on, notes what moves without the reader's doing.</summary>
    public Task WatchShiftsAsync() => Page.AddInitScriptAsync("""
        window.shifts = [];
        new PerformanceObserver(list => window.shifts.push(...list.getEntries().filter(entry => !entry.hadRecentInput)
          .map(entry => ({ value: entry.value, of: entry.sources.map(source => (source.node?.outerHTML ?? "").slice(0, 80)).join(" | ") }))))
          .observe({ type: "layout-shift", buffered: true });
        """);

    /// <summary>The cumulative layout shift so far, and what it is made of.</summary>
    public async Task<(double Sum, string Parts)> ShiftsAsync() => (
        await Page.EvaluateAsync<double>("window.shifts.reduce((sum, shift) => sum + shift.value, 0)"),
        await Page.EvaluateAsync<string>("window.shifts.map(shift => `${shift.value.toFixed(4)} ${shift.of}`).join('\\n')"));

    /// <summary>What axe finds fault with: the rule, and where.</summary>
    public async Task<IReadOnlyList<string>> AxeViolationsAsync()
    {
        await Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return await Page.EvaluateAsync<string[]>("""
            axe.run({ preload: false }) // which would fetch style sheets, in vain from the disk
              .then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))
            """);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    void AddIf(bool condition, string problem)
    {
        if (condition)
            problems.Enqueue(problem);
    }

    static bool IsForeign(string url) =>
        new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss", Host: not "127.0.0.1" };
}
