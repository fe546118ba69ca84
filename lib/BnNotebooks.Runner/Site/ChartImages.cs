using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>Gives each chart of a notebook a static image, for readers whose host draws no charts.</summary>
public static partial class ChartImages
{
    /// <summary>A chart, and where it was found.</summary>
    sealed record Chart(string Notebook, int CellNumber, JsonObject Bundle, JsonObject Figure);

    /// <summary>
    /// Adds <c>image/png</c> beside each <c>application/vnd.plotly.v1+json</c>: on a white background, at 1.5 pixels per
    /// CSS pixel, in the layout's size or else 700×420. One start of the browser draws all charts; an image that is there
    /// already is drawn anew. The same chart gives the same image on the same machine.
    /// </summary>
    /// <param name="notebooks">The notebooks to change. Nothing is changed when an exception is thrown.</param>
    /// <returns>How many images were drawn. Without any chart no browser is needed.</returns>
    /// <exception cref="FileNotFoundException">There are charts but no browser; the message says what to install.</exception>
    /// <exception cref="TimeoutException">The browser hung.</exception>
    /// <exception cref="InvalidOperationException">A chart could not be drawn; the message names notebook and cell.</exception>
    public static int AddImages(IReadOnlyList<NotebookDocument> notebooks)
    {
        var charts = notebooks.SelectMany(Charts).ToList();
        if (charts.Count == 0)
            return 0;

        var images = Draw(charts, Chromium.Find());
        for (var i = 0; i < charts.Count; i++)
            charts[i].Bundle["image/png"] = images[i];
        return charts.Count;
    }

    static IEnumerable<Chart> Charts(NotebookDocument notebook) =>
        from cell in notebook.Cells.Index()
        from output in cell.Item.Outputs.OfType<JsonObject>()
        let bundle = output["data"] as JsonObject
        let figure = bundle is null ? null : PlotlyFigure.In(bundle)
        where figure is not null
        select new Chart(notebook.Name, cell.Index + 1, bundle, figure);

    static List<string> Draw(List<Chart> charts, Chromium browser)
    {
        var folder = Directory.CreateTempSubdirectory("bn-charts-");
        try
        {
            string PathOf(string name) => Path.Combine(folder.FullName, name);
            SiteAssets.Copy(SiteAssets.OpenPlotly(), PathOf("plotly.min.js"));
            SiteAssets.Copy(SiteAssets.Open("chart-theme.js"), PathOf("chart-theme.js"));
            SiteAssets.Copy(SiteAssets.Open("chart-images.js"), PathOf("chart-images.js"));
            File.WriteAllText(PathOf("charts.html"), Page(charts));

            var timeout = TimeSpan.FromSeconds(60 + 2 * charts.Count);
            return Read(browser.DumpDom(PathOf("charts.html"), timeout), charts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Page(List<Chart> charts)
    {
        var figures = new JsonArray([.. charts.Select(chart => chart.Figure.DeepClone())]);
        return $"""
            <!DOCTYPE html>
            <meta charset="utf-8">
            <script type="application/json" id="figures">{PlotlyFigure.ToScriptText(figures)}</script>
            <pre id="images"></pre>
            <script src="plotly.min.js"></script>
            <script src="chart-theme.js"></script>
            <script src="chart-images.js"></script>
            """;
    }

    static List<string> Read(string dom, List<Chart> charts)
    {
        var text = WebUtility.HtmlDecode(Images().Match(dom).Groups[1].Value);
        if (text.Length == 0)
            throw new InvalidOperationException($"The browser drew none of the {charts.Count} charts and gave no reason.");

        var results = JsonNode.Parse(text)!.AsArray();
        return [.. charts.Zip(results, (chart, result) => result!["png"]?.GetValue<string>()
            ?? throw new InvalidOperationException(
                $"{chart.Notebook}, cell {chart.CellNumber}: plotly.js could not draw the chart ({result["error"]})."))];
    }

    [GeneratedRegex("<pre id=\"images\">([^<]*)</pre>")]
    private static partial Regex Images();
}
