using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace BnNotebooks.Plotting;

/// <summary>The two forms in which a chart reaches a notebook's host. Neither needs the network.</summary>
public static class ChartHtml
{
    /// <summary>The MIME type that VS Code's notebook renderers, JupyterLab's extension and others draw by themselves.</summary>
    public const string JsonMimeType = "application/vnd.plotly.v1+json";

    static int charts;
    static bool plotlySent;

    /// <summary>The chart as Plotly JSON: data, layout and configuration.</summary>
    public static string ToJson(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var json = JsonNode.Parse(GenericChart.toJson(chart))!.AsObject();
        var bundle = new JsonObject
        {
            ["data"] = json["data"]!.DeepClone(),
            ["layout"] = json["layout"]!.DeepClone(),
            ["config"] = new JsonObject { ["displaylogo"] = false },
        };
        return bundle.ToJsonString();
    }

    /// <summary>
    /// The chart as HTML with its own script, for hosts without a Plotly renderer. The first chart of a session brings
    /// plotly.js along; later ones wait for it.
    /// </summary>
    public static string ToHtml(GenericChart chart)
    {
        var id = $"bn-chart-{Environment.ProcessId}-{Interlocked.Increment(ref charts)}";
        var library = plotlySent ? "" : $"<script>{PlotlyLibrary()}</script>";
        plotlySent = true;
        // JsonSerializer's default encoder escapes < and >, so no text of a chart can end the script early.
        var safe = JsonSerializer.Serialize(JsonNode.Parse(ToJson(chart)));
        return $$"""
            {{library}}<div id="{{id}}"></div><script>
            (function draw(tries) {
              var place = document.getElementById("{{id}}");
              if (window.Plotly && place) {
                var chart = {{safe}};
                place.style.height = chart.layout.height + "px";
                Plotly.newPlot(place, chart.data, chart.layout, chart.config);
              }
              else if (tries > 0) setTimeout(function () { draw(tries - 1); }, 100);
              else if (place) place.textContent = "plotly.js is not loaded: run the first chart of this notebook again.";
            })(100);
            </script>
            """;
    }

    /// <summary>plotly.js, hidden from a page's module loader, which would otherwise keep it from setting window.Plotly.</summary>
    static string PlotlyLibrary()
    {
        using var stream = typeof(ChartHtml).Assembly.GetManifestResourceStream("plotly.min.js")
            ?? throw new InvalidOperationException("The library was built without its resource plotly.min.js.");
        return $"if (!window.Plotly) (function () {{ var define, module, exports; {new StreamReader(stream).ReadToEnd()} }}).call(window);";
    }
}
