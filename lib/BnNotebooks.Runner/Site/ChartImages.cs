using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>Gives each chart of a notebook a static image, for readers whose host draws no charts.</summary>
public static partial class ChartImages
{
    /// <summary>A chart, and where it was found. Without a figure its JSON is broken, and the problem says how.</summary>
    sealed record Chart(string Place, JsonObject Bundle, JsonObject? Figure, string? Problem);

    /// <summary>What became of a chart: one of the two.</summary>
    sealed record Image(string? Png, string? Error);

    /// <summary>
    /// Adds <c>image/png</c> beside each <c>application/vnd.plotly.v1+json</c>: on a white background, at 1.5 pixels per
    /// CSS pixel, in the layout's size or else 700×420. One start of the browser draws all charts; an image that is there
    /// already is drawn anew. The same chart gives the same image on the same machine.
    /// </summary>
    /// <param name="notebooks">The notebooks to change. Nothing is changed when an exception is thrown.</param>
    /// <returns>
    /// The charts that could not be drawn, a line each that begins with the notebook's name; all others have their image.
    /// Without any chart no browser is needed.
    /// </returns>
    /// <exception cref="FileNotFoundException">There are charts but no browser; the message says what to install.</exception>
    /// <exception cref="TimeoutException">The browser hung.</exception>
    /// <exception cref="InvalidOperationException">The browser failed.</exception>
    public static IReadOnlyList<string> AddImages(IReadOnlyList<NotebookDocument> notebooks)
    {
        var charts = notebooks.SelectMany(Charts).ToLookup(chart => chart.Figure is null);
        List<Chart> sound = [.. charts[false]];
        List<string> problems = [.. charts[true].Select(chart => $"{chart.Place}: {chart.Problem}")];
        foreach (var (chart, (png, error)) in sound.Zip(Draw([.. sound.Select(chart => chart.Figure!)])))
            if (png is not null)
                chart.Bundle[MimeTypes.Png] = png;
            else
                problems.Add($"{chart.Place}: plotly.js could not draw the chart ({error}).");
        return problems;
    }

    /// <summary>Draws figures as PNG, in base64. One start of the browser draws them all; without any no browser is needed.</summary>
    /// <exception cref="FileNotFoundException">There are figures but no browser; the message says what to install.</exception>
    internal static IReadOnlyList<(string? Png, string? Error)> Draw(IReadOnlyList<JsonObject> figures) =>
        figures.Count == 0 ? [] : [.. Draw(figures, Chromium.Find()).Select(image => (image.Png, image.Error))];

    static IEnumerable<Chart> Charts(NotebookDocument notebook) =>
        from cell in notebook.Cells.Index()
        from output in cell.Item.Outputs.OfType<JsonObject>()
        let bundle = output["data"] as JsonObject
        where bundle?.ContainsKey(MimeTypes.Plotly) == true
        select Read($"{notebook.Name}, cell {cell.Index + 1}", bundle);

    static Chart Read(string place, JsonObject bundle)
    {
        try
        {
            return new(place, bundle, PlotlyFigure.In(bundle), null);
        }
        catch (InvalidDataException error)
        {
            return new(place, bundle, null, error.Message);
        }
    }

    static List<Image> Draw(IReadOnlyList<JsonObject> figures, Chromium browser)
    {
        var folder = Directory.CreateTempSubdirectory("bn-charts-");
        try
        {
            string PathOf(string name) => Path.Combine(folder.FullName, name);
            SiteAssets.Copy(SiteAssets.OpenPlotly(), PathOf("plotly.min.js"));
            SiteAssets.Copy(SiteAssets.Open("chart-theme.js"), PathOf("chart-theme.js"));
            SiteAssets.Copy(SiteAssets.Open("chart-images.js"), PathOf("chart-images.js"));
            File.WriteAllText(PathOf("charts.html"), Page(figures));

            var timeout = TimeSpan.FromSeconds(60 + 2 * figures.Count);
            return Images(browser.DumpDom(PathOf("charts.html"), timeout), figures.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Page(IReadOnlyList<JsonObject> charts)
    {
        var figures = new JsonArray([.. charts.Select(figure => figure.DeepClone())]);
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

    static List<Image> Images(string dom, int count)
    {
        var text = WebUtility.HtmlDecode(ImagesElement().Match(dom).Groups[1].Value);
        var images = text.Length == 0 ? null : JsonSerializer.Deserialize<List<Image>>(text, JsonSerializerOptions.Web);
        return images?.Count == count
            ? images
            : throw new InvalidOperationException($"The browser drew none of the {count} charts and gave no reason.");
    }

    [GeneratedRegex("<pre id=\"images\">([^<]*)</pre>")]
    private static partial Regex ImagesElement();
}
