using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>Cells that run in the page: in which order, what they show, how they end.</summary>
public sealed class LiveCellsRunTests(TestBrowser browser, LiveCellsPage site)
{
    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_cells_above_run_first_and_each_output_stands_where_the_recorded_one_stood(bool fromServer)
    {
        await using var live = await site.OpenAsync(browser, fromServer);
        await live.ShowsAsync("x", "recorded x");
        await live.RunAsync("double", "ran 1 cell above");
        await live.ShowsAsync("x", "x is 21");
        await live.ShowsAsync("double", "42");
        await Expect(live.Outputs("x")).Not.ToContainTextAsync("recorded");
        await Expect(live.Page.GetByText("your run")).ToHaveCountAsync(2);
        await live.StateAsync("chart", "not run yet");
        await live.RunAsync("chart");
        await Expect(live.Outputs("chart").Locator("figcaption")).ToHaveTextAsync("Mine");
        await Expect(live.Outputs("chart").Locator("figure .main-svg .trace")).ToBeVisibleAsync();
        await Expect(live.Page.Locator("#content")).ToContainTextAsync("recorded zeros"); // which no page can run
        await Expect(live.Page.GetByText("recorded: needs TorchSharp")).ToHaveCountAsync(1);
        Assert.Empty(live.Watched.Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neither_compiler_nor_editor_is_loaded_before_it_is_wanted(bool fromServer)
    {
        await using var live = await site.OpenAsync(browser, fromServer);
        await live.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        static bool IsEditor(string url) => url.Contains("codemirror", StringComparison.Ordinal);
        static bool IsEngine(string url) => url.Contains("engine", StringComparison.Ordinal);
        Assert.DoesNotContain(live.Requests, url => IsEditor(url) || IsEngine(url));
        await live.Button("x", "Edit").ClickAsync();
        await Expect(live.Editor("x")).ToBeFocusedAsync();
        Assert.DoesNotContain(live.Requests, IsEngine);
        await live.RunAsync("x");
        Assert.Contains(live.Requests, IsEngine);
    }

    [Fact]
    public async Task Reset_brings_the_recorded_outputs_back_and_forgets_the_variables()
    {
        await using var live = await site.OpenAsync(browser);
        await live.WriteAsync("x", "var x = 5;");
        await live.RunAsync("double");
        await live.ShowsAsync("double", "10");
        await live.Button("x", "Reset").ClickAsync();
        await live.ShowsAsync("x", "recorded x");
        await live.StateAsync("x", "edited since it ran");
        await Expect(live.Editor("x")).ToContainTextAsync("20 + 1");

        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Reset the session" }).ClickAsync();
        await live.ShowsAsync("double", "recorded double");
        await live.StateAsync("double", "not run since the reset");
        await live.RunAsync("double", "ran 1 cell above");
        await live.ShowsAsync("double", "42");
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task An_endless_loop_is_stopped_and_the_next_run_starts_anew()
    {
        await using var live = await site.OpenAsync(browser);
        await live.RunAsync("x");
        await live.WriteAsync("double", "while (true) { }");
        await live.Button("double", "Run").ClickAsync();
        await live.StateAsync("double", "running");
        await live.Button("double", "Stop").ClickAsync();
        await live.StateAsync("double", "stopped");
        await live.StateAsync("x", "not run since the session was stopped");
        await live.WriteAsync("double", "x + 1");
        await live.RunAsync("double", "ran 1 cell above");
        await live.ShowsAsync("double", "22");
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task All_above_run_again_and_one_that_fails_holds_up_none()
    {
        await using var live = await site.OpenAsync(browser);
        await live.WriteAsync("x", "var x = 1; Console.WriteLine(\"again\");");
        await live.Button("chart", "Run all above").ClickAsync();
        await live.StateAsync("chart", "ran 2 cells above");
        await live.ShowsAsync("x", "again");
        await live.ShowsAsync("chart", "Theirs");
        await live.WriteAsync("x", "throw new InvalidOperationException(\"told\");");
        await live.Button("chart", "Run all above").ClickAsync();
        await live.StateAsync("chart", "ran 2 cells above, of which 1 failed");
        await Expect(live.Outputs("x").Locator(".error")).ToContainTextAsync("InvalidOperationException: told");
        await live.StateAsync("x", "stopped by an exception");
        await live.ShowsAsync("double", "2");
        Assert.Empty(live.Watched.Problems);
    }

    [Fact]
    public async Task What_waits_for_a_prediction_runs_unseen_and_an_answer_outlasts_a_run()
    {
        await using var live = await site.OpenAsync(browser);
        await Expect(live.Button("between", "Run")).ToBeHiddenAsync();
        await live.RunAsync("exercise", "ran 6 cells above");
        await live.ShowsAsync("between", "22");
        await Expect(live.Outputs("between")).ToBeHiddenAsync();
        await Expect(live.Outputs("told")).ToBeHiddenAsync();

        await live.Page.GetByLabel("that").CheckAsync();
        await live.Page.GetByText("Commit to this answer").ClickAsync();
        await Expect(live.Outputs("between")).ToBeVisibleAsync();
        await live.ShowsAsync("told", "Outcome: that.");
        await live.ShowsAsync("told", "As you predicted. You said: that.");
        await live.Cell("ask").Locator("summary").ClickAsync();
        await live.RunAsync("ask");
        await live.ShowsAsync("ask", "You have committed to this answer.");
        await Expect(live.Outputs("told")).ToBeVisibleAsync();
        Assert.Empty(live.Watched.Problems);
    }

    [Theory]
    [InlineData("return Enumerable.Range(0, x.GetLength(0)).Select(n => Enumerable.Range(0, x.GetLength(1)).Average(c => x[n, c])).ToArray();", "You took the mean of each row")]
    [InlineData("return Enumerable.Range(0, x.GetLength(1)).Select(c => Enumerable.Range(0, x.GetLength(0)).Average(n => x[n, c])).ToArray();", "✓")]
    public async Task An_exercise_is_checked_in_the_page(string code, string said)
    {
        await using var live = await site.OpenAsync(browser);
        await live.Button("exercise", "Hint").ClickAsync();
        await live.ShowsAsync("exercise", "Two loops");
        await live.Button("exercise", "Hint").ClickAsync();
        await live.ShowsAsync("exercise", "One sum for each column");
        await live.ShowsAsync("exercise", "recorded check");
        await live.WriteAsync("exercise", $"double[] MeanOfColumns(double[,] x)\n{{\n    {code}\n}}\n\nCheck.MeanOfColumns(MeanOfColumns)");
        await live.RunAsync("exercise");
        await live.ShowsAsync("exercise", said);
        Assert.Empty(live.Watched.Problems);
    }
}
