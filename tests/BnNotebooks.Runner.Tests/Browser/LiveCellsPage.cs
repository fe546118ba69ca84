using System.Text.Json.Nodes;
using BnNotebooks.Predictions;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Runner.Tests.Browser;
using BnNotebooks.Runner.Tests.Serve;
using BnNotebooks.Runner.Tests.Site;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(LiveCellsPage))]

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>A page with live cells, written once for all tests that want it, on the disk and behind a server.</summary>
public sealed class LiveCellsPage : IDisposable
{
    /// <summary>Of one thing at a time in the page: starting .NET and the first compilation take seconds on a busy machine.</summary>
    public const float Patience = 90_000;

    const string Setup = "#load \"setup.csx\"\nusing BnNotebooks.Checks;\nusing BnNotebooks.Plotting;\nusing BnNotebooks.Predictions;";

    const string Stub = """
        double[] MeanOfColumns(double[,] x)
        {
            throw new NotImplementedException(); // your code in place of this line
        }

        Check.MeanOfColumns(MeanOfColumns)
        """;

    readonly TemporaryFolder folder = new();
    readonly Lazy<string> site;
    readonly Lazy<Task<Server>> server;

    public LiveCellsPage()
    {
        site = new(Write);
        server = new(() => Server.StartAsync(site.Value));
    }

    /// <summary>Opens the page from the disk, or from a server on this machine.</summary>
    public async Task<OpenLiveCells> OpenAsync(TestBrowser browser, bool fromServer = false, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var watched = await browser.NewPageAsync(width, colours);
        var requests = new List<string>();
        watched.Page.Request += (_, request) => requests.Add(request.Url);
        watched.Page.SetDefaultTimeout(Patience);
        var address = fromServer ? new Uri((await server.Value).Address, "01-a.html") : new Uri(Path.Combine(site.Value, "01-a.html"));
        await watched.Page.GotoAsync(address.AbsoluteUri);
        return new(watched, requests);
    }

    string Write()
    {
        var sheet = new QuestionSheet();
        var question = new ChoiceQuestion("01-first", "Which is first?", ["this", "that"]);
        static JsonObject Cell(string id, string source, params JsonObject[] outputs)
        {
            var cell = Notebook.Code(source, outputs);
            cell["id"] = id;
            return cell;
        }
        static JsonObject Shown(PredictionView view) => Notebook.Display((MimeTypes.Html, view.Html), (MimeTypes.Plain, view.Text));

        Directory.CreateDirectory(folder.PathOf("notebooks"));
        File.WriteAllText(folder.PathOf("notebooks", LiveCells.FileName),
            """{ "01-a": ["x", "double", "chart", "ask", "between", "told", "exercise"] }""");
        Assert.Empty(SiteBuilder.Write(
            folder.PathOf("site"),
            [
                new SitePage(Notebook.Of("01-a",
                    Notebook.Markdown("# A\n\nBefore."),
                    Cell("setup", Setup),
                    Cell("x", "var x = 20 + 1;\nConsole.WriteLine($\"x is {x}\");", Notebook.Stream("recorded x\n")),
                    Cell("double", "x * 2", Notebook.Display((MimeTypes.Plain, "recorded double"))),
                    Cell("torch", "torch.zeros(1)", Notebook.Stream("recorded zeros\n")),
                    Cell("chart", "Plot.Show(\"Mine\", Panels.Bars(\"x\", \"y\", [\"a\", \"b\"], (\"s\", [1, 2], null)))", Notebook.ChartOutput("Theirs")),
                    Notebook.Markdown("## A question"),
                    Cell("ask", "Predict.Choice(\"01-first\", \"Which is first?\", \"this\", \"that\")", Shown(sheet.Ask(question))),
                    Cell("between", "var secret = x + 1;\nsecret", Notebook.Display((MimeTypes.Plain, "recorded secret"))),
                    Cell("told", "Predict.Outcome(\"01-first\", \"that\")", Shown(question.Outcome("this", null))),
                    Notebook.Markdown("## An exercise"),
                    Cell("exercise", Stub, Notebook.Stream("recorded check\n"))), 1, 8, 0, null),
            ],
            new SiteInfo("A", "B.", [])
            {
                Engines = [.. EnginePack.All.Where(engine => engine.Name == "live")],
                Live = LiveCells.Read(folder.PathOf("notebooks")),
            },
            folder.PathOf("notebooks")));
        return folder.PathOf("site");
    }

    public void Dispose()
    {
        if (server.IsValueCreated)
            server.Value.Result.Dispose();
        folder.Dispose();
    }
}

/// <summary>That page, open.</summary>
/// <param name="watched">The browser's page.</param>
/// <param name="requests">What it has loaded so far.</param>
public sealed class OpenLiveCells(WatchedPage watched, IReadOnlyList<string> requests) : IAsyncDisposable
{
    static readonly LocatorAssertionsToContainTextOptions text = new() { Timeout = LiveCellsPage.Patience };

    public WatchedPage Watched => watched;
    public IPage Page => watched.Page;
    public IReadOnlyList<string> Requests => requests;

    public ILocator Cell(string id) => Page.Locator($"[data-live='{id}']");
    public ILocator Outputs(string id) => Cell(id).Locator(".outputs");
    public ILocator Editor(string id) => Cell(id).GetByRole(AriaRole.Textbox, new() { Name = "C# code of this cell" });
    public ILocator Button(string id, string name) => Cell(id).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>What stands beside the buttons of a cell.</summary>
    public Task StateAsync(string id, string words) => Assertions.Expect(Cell(id).Locator(".live-state")).ToContainTextAsync(words, text);

    /// <summary>What a cell shows.</summary>
    public Task ShowsAsync(string id, string words) => Assertions.Expect(Outputs(id)).ToContainTextAsync(words, text);

    /// <summary>Presses a cell's button and waits for what it says then.</summary>
    public async Task RunAsync(string id, string state = "ran in")
    {
        await Button(id, "Run").ClickAsync();
        await StateAsync(id, state);
    }

    /// <summary>Puts code in place of a cell's own.</summary>
    public async Task WriteAsync(string id, string code)
    {
        if (!await Editor(id).IsVisibleAsync())
            await Button(id, "Edit").ClickAsync();
        await Editor(id).FocusAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.InsertTextAsync(code);
    }

    public ValueTask DisposeAsync() => watched.DisposeAsync();
}
