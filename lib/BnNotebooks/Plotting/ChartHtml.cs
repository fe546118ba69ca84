using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace BnNotebooks.Plotting;

/// <summary>The two forms in which a chart reaches a notebook's host. Neither needs the network.</summary>
public static class ChartHtml
{
    /// <summary>The MIME type that VS Code's notebook renderers, JupyterLab's extension and others draw by themselves.</summary>
    public const string JsonMimeType = MimeTypes.Plotly;

    static int charts;
    static bool plotlySent;

    /// <summary>
    /// The forms that a kernel's host can draw. Jupyter gets HTML alone: its protocol wants JSON as an object, the kernel sends
    /// it as a string, and a renderer that finds a string draws nothing. An editor and our own runner take the JSON; the page of a
    /// live cell draws it itself.
    /// </summary>
    /// <param name="commandLine">How the kernel was started: <c>dotnet-interactive jupyter …</c>, <c>… stdio …</c>, or as our runner does.</param>
    public static string[] MimeTypesFor(IEnumerable<string> commandLine) =>
        OperatingSystem.IsBrowser() ? [MimeTypes.Plotly]
        : commandLine.Contains("jupyter") ? [MimeTypes.Html]
        : [MimeTypes.Plotly, MimeTypes.Html];

    /// <summary>
    /// Makes the next chart bring plotly.js along, as the first one of a session does. <c>setup.csx</c> calls it, so that
    /// running a notebook's first cell again mends a page that was loaded anew over a kernel that ran on.
    /// </summary>
    public static void StartPage() => plotlySent = false;

    /// <summary>The chart as Plotly JSON: data, layout and configuration.</summary>
    public static string ToJson(GenericChart chart) => Bundle(chart).ToJsonString();

    /// <summary>
    /// The chart as HTML with its own script, for hosts without a Plotly renderer. The first chart of a page brings plotly.js
    /// along; later ones wait for it.
    /// </summary>
    public static string ToHtml(GenericChart chart)
    {
        var id = $"bn-chart-{Environment.ProcessId}-{Interlocked.Increment(ref charts)}";
        var library = plotlySent ? "" : $"<script>{PlotlyLibrary()}</script>";
        plotlySent = true;
        // JsonSerializer's default encoder escapes < and >, so no text of a chart can end the script early.
        var safe = JsonSerializer.Serialize(Bundle(chart));
        return $$"""
            {{library}}<div id="{{id}}"><p>This chart is drawn by a script, and this notebook is not trusted: choose File, Trust Notebook.</p></div><script>
            (function draw(tries) {
              var place = document.getElementById("{{id}}");
              if (window.Plotly && place) {
                var chart = {{safe}};
                place.replaceChildren();
                if (chart.layout.height) place.style.height = chart.layout.height + "px";
                Plotly.newPlot(place, chart.data, chart.layout, chart.config);
              }
              else if (tries > 0) setTimeout(function () { draw(tries - 1); }, 100);
              else if (place) place.textContent = "This page has no plotly.js: run the first cell of the notebook again, then this one.";
            })(100);
            </script>
            """;
    }

    static JsonObject Bundle(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var json = JsonNode.Parse(GenericChart.toJson(chart))!.AsObject();
        return new JsonObject
        {
            ["data"] = json["data"]!.DeepClone(),
            ["layout"] = json["layout"]!.DeepClone(),
            ["config"] = new JsonObject { ["displaylogo"] = false },
        };
    }

    /// <summary>plotly.js, hidden from a page's module loader, which would otherwise keep it from setting window.Plotly.</summary>
    static string PlotlyLibrary()
    {
        using var stream = typeof(ChartHtml).Assembly.GetManifestResourceStream("plotly.min.js")
            ?? throw new InvalidOperationException("The library was built without its resource plotly.min.js.");
        return $"if (!window.Plotly) (function () {{ var define, module, exports; {new StreamReader(stream).ReadToEnd()} }}).call(window);";
    }
}
