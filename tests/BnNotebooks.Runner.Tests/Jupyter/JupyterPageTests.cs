using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Jupyter;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Tests.Browser;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Jupyter;

/// <summary>What a reader sees in Jupyter: the page that the server sends, and a kernel that runs the cells.</summary>
public class JupyterPageTests(TestBrowser browser)
{
    const string Five = "05-parameters-and-working", Thirteen = "13-alternatives";

    [Fact]
    public async Task A_notebook_in_Jupyter_draws_reacts_survives_a_reload_and_says_when_it_is_not_trusted()
    {
        JupyterHostTests.SkipWithoutJupyter();
        Assert.SkipUnless(JupyterInstall.VersionOf("notebook") is ['6', ..], "Jupyter's notebook 6 is not installed on this machine.");
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await using var server = await JupyterServer.StartAsync();

        var charts = Serve(server, Five, codeCells: int.MaxValue);
        await OpenAsync(page, server.UrlOf(Five));
        await RunAllAsync(page);
        await AssertDrawnAsync(page, charts);
        await AssertTextAsync(page);
        await AssertReactsAsync(page.Locator(".bn-feature [data-said]"), () => page.Locator(".bn-feature input[data-name=gamma]").FillAsync("2"));
        await page.EvaluateAsync("Jupyter.notebook.save_notebook()");
        var path = Path.Combine(server.Notebooks, Five + ".ipynb");
        var saved = await File.ReadAllTextAsync(path, Cancellation);

        // A page loaded anew, without outputs, over a kernel that runs on. The first cell again, then one with a chart: it draws.
        await page.EvaluateAsync("Jupyter.notebook.clear_all_output(); Jupyter.notebook.save_notebook()");
        await OpenAsync(page, server.UrlOf(Five));
        await page.EvaluateAsync("""
            () => {
              const isCode = start => Jupyter.notebook.get_cells().findIndex(cell => cell.cell_type == "code" && cell.get_text().includes(start));
              Jupyter.notebook.execute_cells([isCode("setup.csx"), isCode("Plot.Show")]);
            }
            """);
        await AssertDrawnAsync(page, 1);
        await page.EvaluateAsync("Jupyter.notebook.kernel.kill()");

        // What was saved, in hands that did not run it: Jupyter removes the scripts, and the lines that ask for trust stay.
        await File.WriteAllTextAsync(path, saved.Replace("# ", "# Sent: ", StringComparison.Ordinal), Cancellation);
        await OpenAsync(page, server.UrlOf(Five));
        await Assertions.Expect(page.GetByText("choose File, Trust Notebook").And(page.Locator(":visible"))).ToHaveCountAsync(charts + 1);
        await page.EvaluateAsync("Jupyter.notebook.kernel.kill()");

        charts = Serve(server, Thirteen, codeCells: 4);
        await OpenAsync(page, server.UrlOf(Thirteen));
        await RunAllAsync(page);
        await AssertDrawnAsync(page, charts);
        await AssertTextAsync(page);
        await AssertReactsAsync(page.Locator(".bn-means .told"), () => page.Locator(".bn-means input[value=layer]").CheckAsync());

        Assert.DoesNotContain(watched.Problems, problem => !IsJupyters(problem));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Jupyter looks for an editor's mode by each name of a language, and for a font that MathJax does not ship.
    static bool IsJupyters(string problem) =>
        problem.Contains("/static/components/codemirror/mode/", StringComparison.Ordinal)
        || problem.Contains("font at 'about:blank'", StringComparison.Ordinal)
        || problem.StartsWith("console: Failed to load resource:", StringComparison.Ordinal); // pictures are looked at by themselves

    // Writes a notebook of the course without its outputs into the server's folder, with no more than its first cells of code.
    // Returns how many charts it has.
    static int Serve(JupyterServer server, string name, int codeCells)
    {
        var document = NotebookDocument.Load(RepositoryRoot.File("notebooks", name + ".ipynb"));
        var code = document.Cells.Where(cell => cell.Kind == "code").ToList();
        foreach (var cell in code.Skip(codeCells))
            document.Json["cells"]!.AsArray().Remove(cell.Json);
        var charts = code.Take(codeCells).SelectMany(cell => cell.Outputs).Count(output => output?["data"]?[MimeTypes.Plotly] is not null);
        foreach (var cell in code)
            (cell.ExecutionCount, cell.Outputs) = (null, []);
        document.Save(Path.Combine(server.Notebooks, name + ".ipynb"));
        return charts;
    }

    static async Task OpenAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        await page.WaitForFunctionAsync("window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");
    }

    static async Task RunAllAsync(IPage page)
    {
        await page.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
        await page.WaitForFunctionAsync("""
            () => Jupyter.notebook.get_cells().every(cell => cell.cell_type != "code" || cell.input_prompt_number > 0)
            """, null, new() { Timeout = 120_000 });
        Assert.Empty(await page.Locator(".output_error, .output_stderr").AllInnerTextsAsync());
    }

    static async Task AssertReactsAsync(ILocator said, Func<Task> act)
    {
        var before = await said.InnerTextAsync();
        await act();
        Assert.NotEqual(before, await said.InnerTextAsync());
    }

    static async Task AssertDrawnAsync(IPage page, int charts)
    {
        await Assertions.Expect(page.Locator("[id^=bn-chart-]:has(.main-svg)")).ToHaveCountAsync(charts, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[id^=bn-chart-]")).ToHaveCountAsync(charts);
    }

    // Formulas are set, pictures are there, and solutions unfold.
    static async Task AssertTextAsync(IPage page)
    {
        Assert.NotEqual(0, await page.Locator(".MathJax").CountAsync());
        Assert.Equal(0, await page.Locator(".MathJax_Error, .merror").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.text_cell_render img')].every(image => image.naturalWidth > 0)"));
        var solution = page.Locator("details").First;
        await solution.Locator("summary").ClickAsync();
        Assert.True(await solution.Locator("code").First.IsVisibleAsync());
    }
}
