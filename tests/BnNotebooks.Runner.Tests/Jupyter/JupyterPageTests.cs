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
    public async Task A_notebook_in_Jupyter_draws_reacts_and_survives_a_reload()
    {
        JupyterHostTests.SkipWithoutJupyter();
        Assert.SkipUnless(JupyterInstall.VersionOf("notebook") is ['6', ..], "Jupyter's notebook 6 is not installed on this machine.");
        await using var watched = await browser.NewPageAsync();
        var page = watched.Page;
        await using var server = await JupyterServer.StartAsync();

        // Run all cells of one notebook, and save it.
        var charts = Serve(server, Five, codeCells: int.MaxValue);
        await OpenAsync(page, server.UrlOf(Five));
        await page.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
        await WaitForCellsAsync(page);
        await AssertDrawnAsync(page, charts);
        await AssertTextAsync(page);
        var said = page.Locator(".bn-feature [data-said]");
        var before = await said.InnerTextAsync();
        await page.Locator(".bn-feature input[data-name=gamma]").FillAsync("2");
        Assert.NotEqual(before, await said.InnerTextAsync());
        await page.EvaluateAsync("Jupyter.notebook.save_notebook()");

        // After a reload the kernel runs on. The first cell again, then one with a chart: it draws.
        await OpenAsync(page, server.UrlOf(Five));
        await page.EvaluateAsync("""
            Jupyter.notebook.clear_all_output();
            const charts = Jupyter.notebook.get_cells().findIndex(cell => cell.get_text().includes("Plot.Show"));
            Jupyter.notebook.execute_cells(Jupyter.notebook.get_cells().map((cell, i) => i).filter(i => i == charts || Jupyter.notebook.get_cell(i).get_text().startsWith("#load")));
            """);
        await AssertDrawnAsync(page, 1);
        await page.EvaluateAsync("Jupyter.notebook.kernel.kill()");

        // The other explorable.
        charts = Serve(server, Thirteen, codeCells: 4);
        await OpenAsync(page, server.UrlOf(Thirteen));
        await page.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
        await WaitForCellsAsync(page);
        await AssertDrawnAsync(page, charts);
        await AssertTextAsync(page);
        var told = page.Locator(".bn-means .told");
        before = await told.InnerTextAsync();
        await page.Locator(".bn-means input[value=layer]").CheckAsync();
        Assert.NotEqual(before, await told.InnerTextAsync());

        File.WriteAllLines("/tmp/jupyter/problems.txt", watched.Problems);
        Assert.Empty(watched.Problems);
    }

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

    static async Task WaitForCellsAsync(IPage page)
    {
        await page.WaitForFunctionAsync("""
            () => Jupyter.notebook.get_cells().every(cell => cell.cell_type != "code" || cell.input_prompt_number > 0)
            """, null, new() { Timeout = 120_000 });
        Assert.Empty(await page.Locator(".output_error, .output_stderr").AllInnerTextsAsync());
    }

    static async Task AssertDrawnAsync(IPage page, int charts)
    {
        await Assertions.Expect(page.Locator("[id^=bn-chart-]:has(.main-svg)")).ToHaveCountAsync(charts, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[id^=bn-chart-]")).ToHaveCountAsync(charts);
    }

    // Formulas are set, and solutions unfold.
    static async Task AssertTextAsync(IPage page)
    {
        Assert.NotEqual(0, await page.Locator(".MathJax").CountAsync());
        Assert.Equal(0, await page.Locator(".MathJax_Error, .merror").CountAsync());
        var solution = page.Locator("details").First;
        await solution.Locator("summary").ClickAsync();
        Assert.True(await solution.Locator("code").First.IsVisibleAsync());
    }
}
