using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>Writing in a cell of a page: errors, help, the keyboard, and what becomes of one's code.</summary>
public sealed class LiveCellsEditTests(TestBrowser browser, LiveCellsPage site)
{
    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    [Fact]
    public async Task What_does_not_compile_is_marked_at_its_line_and_a_message_leads_there()
    {
        await using var live = await site.OpenAsync(browser);
        await live.WriteAsync("double", "var y = 1;\nint z = \"a\";\nz");
        await live.Page.Keyboard.PressAsync("Shift+Enter");
        await live.StateAsync("double", "does not compile");
        var wrong = live.Editor("double").Locator(".cm-line:has(.cm-lintRange-error)");
        await Expect(wrong).ToHaveTextAsync("int z = \"a\";");
        await live.Outputs("double").GetByRole(AriaRole.Button, new() { Name = "line 2: " }).ClickAsync();
        await Expect(live.Editor("double")).ToBeFocusedAsync();
        await live.Page.Keyboard.PressAsync("Shift+End");
        await live.Page.Keyboard.InsertTextAsync("2 + y;"); // in place of "a"; where the error begins
        await live.Page.Keyboard.PressAsync("Control+Enter");
        await live.StateAsync("double", "ran in");
        await live.ShowsAsync("double", "3");
        await Expect(wrong).ToHaveCountAsync(0);
        await Expect(live.Outputs("double")).Not.ToContainTextAsync("line 2");
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task Code_outlasts_the_page_goes_into_the_downloaded_notebook_and_can_be_forgotten()
    {
        const string code = "var x = 5; // \"</script>\" ü\nx";
        await using var live = await site.OpenAsync(browser);
        var page = live.Page;
        await live.WriteAsync("x", code);
        await page.ReloadAsync();
        await Expect(live.Cell("x").Locator(".source code")).ToHaveTextAsync(code);
        await live.StateAsync("x", "your code, not run yet");
        await Expect(page.GetByText("one cell has code of yours")).ToBeVisibleAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download as notebook" }).ClickAsync());
        Assert.Equal("01-a.ipynb", download.SuggestedFilename);
        var notebook = NotebookDocument.Load(await download.PathAsync());
        Assert.Equal(code, notebook.Cells.Single(cell => cell.Id == "x").Source);
        Assert.Equal("x * 2", notebook.Cells.Single(cell => cell.Id == "double").Source);
        Assert.All(notebook.Cells.Where(cell => cell.Kind == "code"), cell => Assert.Empty(Assert.IsType<JsonArray>(cell.Json["outputs"])));

        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget my code" }).ClickAsync();
        await Expect(live.Cell("x").Locator(".source code")).ToContainTextAsync("20 + 1");
        await page.ReloadAsync();
        await Expect(live.Cell("x").Locator(".source code")).ToContainTextAsync("20 + 1");
        Assert.Empty(live.Watched.Problems);
    }

    [Theory]
    [InlineData("""{ "code": "1 + 1", "of": "of an older cell" }""", "1 + 1", "the notebook's cell has changed since you wrote yours")]
    [InlineData("""{ "code": 5 }""", "x * 2", "")]
    [InlineData("{", "x * 2", "")]
    public async Task Code_for_an_older_cell_is_kept_and_said_to_be_so_and_a_broken_memory_costs_nothing(string memory, string code, string said)
    {
        await using var live = await site.OpenAsync(browser);
        await live.Page.EvaluateAsync("memory => localStorage.setItem('bn-notebooks/code/01-a/double', memory)", memory);
        await live.Page.ReloadAsync();
        await Expect(live.Cell("double").Locator(".source code")).ToHaveTextAsync(code);
        await live.StateAsync("double", said);
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task The_keyboard_alone_edits_runs_and_leaves()
    {
        await using var live = await site.OpenAsync(browser);
        var keyboard = live.Page.Keyboard;
        await live.Button("x", "Run").FocusAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter"); // Edit
        await Expect(live.Editor("x")).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+End");
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab"); // writes
        await keyboard.TypeAsync("Console.Write(7 + 8);");
        await keyboard.PressAsync("Control+Enter");
        await live.ShowsAsync("x", "15");
        await Expect(live.Editor("x")).ToContainTextAsync("    Console.Write(7 + 8);");
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Tab");
        await Expect(live.Button("x", "Run")).ToBeFocusedAsync();
        await keyboard.PressAsync("Shift+Tab");
        await Expect(live.Editor("x")).ToBeFocusedAsync();
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task A_click_into_the_code_edits_there_and_the_compiler_that_runs_helps_with_names_and_parameters()
    {
        await using var live = await site.OpenAsync(browser);
        await live.RunAsync("x");
        await live.Cell("double").Locator("pre code").ClickAsync();
        await Expect(live.Editor("double")).ToBeFocusedAsync();
        await live.WriteAsync("double", "Math");
        await live.Page.Keyboard.TypeAsync(".Cbr");
        var names = live.Page.GetByRole(AriaRole.Listbox);
        await Expect(names).ToContainTextAsync("Cbrt", new() { Timeout = LiveCellsPage.Patience });
        await live.Page.Keyboard.PressAsync("Enter");
        await Expect(live.Editor("double")).ToHaveTextAsync("Math.Cbrt");
        await live.Page.Keyboard.TypeAsync("(");
        await Expect(live.Page.Locator(".live-signature strong")).ToHaveTextAsync("double d", new() { Timeout = LiveCellsPage.Patience });
        await live.Editor("double").PressAsync("Escape");
        await Expect(live.Page.Locator(".live-signature")).ToHaveCountAsync(0);
        Assert.Empty(live.Watched.Problems);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Editors_errors_and_runs_are_within_reach_of_everyone(int width, ColorScheme colours)
    {
        await using var live = await site.OpenAsync(browser, width: width, colours: colours);
        await live.WriteAsync("double", "int z = \"" + new string('a', 150) + "\"; // a comment\nz");
        await live.RunAsync("double", "does not compile");
        await live.WriteAsync("chart", "throw new Exception(\"" + new string('b', 150) + "\");");
        await live.RunAsync("chart", "stopped by an exception");
        await live.Button("exercise", "Hint").ClickAsync();
        await live.ShowsAsync("exercise", "Two loops");
        Assert.Equal("", string.Join('\n', await live.Watched.AxeViolationsAsync()));
        Assert.True(await live.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It scrolls sideways.");
        Assert.Empty(live.Watched.Problems);
    }
}
