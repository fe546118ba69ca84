using Plotly.NET;

namespace BnNotebooks.Plotting;

/// <summary>
/// Turns panels into Plotly.NET charts. This is the one place that touches Plotly.NET, through its low layer (traces and
/// layouts as dynamic objects): the typed one is awkward from C#.
/// </summary>
public static class Plot
{
    const int Width = 760, Height = 430, TitleLine = 22;
    const int MostLogLabels = 10;

    /// <summary>One panel as a chart.</summary>
    /// <param name="title">What the chart shows, said as a finding.</param>
    /// <param name="panel">What to draw.</param>
    public static GenericChart Show(string title, Panel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return Grid(title, 1, panel with { Heading = null });
    }

    /// <summary>Small multiples: several panels side by side, each with its own axes.</summary>
    /// <param name="title">What the panels show together, said as a finding.</param>
    /// <param name="columns">How many panels stand in one row.</param>
    /// <param name="panels">What to draw, row by row.</param>
    /// <exception cref="ArgumentException">There are no panels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is not positive.</exception>
    public static GenericChart Grid(string title, int columns, params Panel[] panels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (panels.Length == 0)
            throw new ArgumentException("A chart needs at least one panel.", nameof(panels));

        var places = Place.Grid(panels.Length, columns, wideGap: panels.Any(panel => panel.Traces.Any(trace => trace.ContainsKey("colorbar"))));
        var traces = new List<Trace>();
        var names = new HashSet<object>();
        for (var i = 0; i < panels.Length; i++)
            foreach (var description in panels[i].Traces)
                traces.Add(ToTrace(description, i, places[i], names));
        return GenericChart.setLayout(LayoutOf(title, panels, places), GenericChart.ofTraceObjects(false, traces));
    }

    static Trace ToTrace(IReadOnlyDictionary<string, object> description, int panel, Place place, HashSet<object> names)
    {
        var trace = new Trace((string)description["type"]);
        foreach (var (attribute, value) in description.Where(entry => entry.Key != "type"))
            trace.SetProperty(attribute, value);
        trace.SetProperty("xaxis", "x" + Suffix(panel));
        trace.SetProperty("yaxis", "y" + Suffix(panel));
        if (description.TryGetValue("name", out var name))
        {
            // A series that several panels share stands in the legend once, and is switched on and off in all of them.
            trace.SetProperty("legendgroup", name);
            trace.SetProperty("showlegend", names.Add(name));
        }
        if (description.TryGetValue("colorbar", out var bar))
        {
            trace.SetProperty("colorbar", new Dictionary<string, object>((Dictionary<string, object>)bar)
            {
                ["x"] = place.Right + 0.01,
                ["y"] = (place.Bottom + place.Top) / 2,
                ["len"] = place.Top - place.Bottom,
                ["thickness"] = 12,
            });
        }
        return trace;
    }

    static Layout LayoutOf(string title, Panel[] panels, Place[] places)
    {
        var rows = places.Select(place => place.Top).Distinct().Count();
        var headings = panels.Any(panel => panel.Heading is not null);
        var layout = new Layout();
        // Lines of a title below the first need room of their own, above the legend.
        var more = title.Split("<br>").Length - 1;
        var titleBox = new Dictionary<string, object>(Theme.Title(title, 16)) { ["x"] = 0.02, ["xanchor"] = "left" };
        if (more > 0)
        {
            (titleBox["y"], titleBox["yref"], titleBox["yanchor"]) = (1, "container", "top");
            titleBox["pad"] = new Dictionary<string, object> { ["t"] = 20 };
        }
        layout.SetProperty("title", titleBox);
        layout.SetProperty("font", Theme.Font);
        layout.SetProperty("paper_bgcolor", "rgba(0,0,0,0)");
        layout.SetProperty("plot_bgcolor", "rgba(0,0,0,0)");
        layout.SetProperty("modebar", Theme.ModeBar);
        layout.SetProperty("width", Width);
        layout.SetProperty("height", (rows == 1 ? Height : 130 + 270 * rows) + TitleLine * more);
        layout.SetProperty("margin", new Dictionary<string, object> { ["l"] = 60, ["r"] = 20, ["t"] = (headings ? 120 : 90) + TitleLine * more, ["b"] = 60 });
        layout.SetProperty("barmode", panels.Any(panel => panel.OverlapBars) ? "overlay" : "group");
        layout.SetProperty("showlegend", panels.Any(panel => panel.Traces.Count(trace => trace.ContainsKey("name")) > 1));
        layout.SetProperty("legend", new Dictionary<string, object>
        {
            ["orientation"] = "h",
            ["x"] = 1,
            ["xanchor"] = "right",
            ["y"] = headings ? 1 + 0.1 / rows : 1.03, // above the headings, which stand on top of the panels
            ["yanchor"] = "bottom",
        });
        for (var i = 0; i < panels.Length; i++)
        {
            var x = AxisOf(panels[i].XAxis, panels[i].LogX ? LogTicks(panels[i], "x") : null, places[i].Left, places[i].Right, "y" + Suffix(i));
            var y = AxisOf(panels[i].YAxis, panels[i].LogY ? LogTicks(panels[i], "y") : null, places[i].Bottom, places[i].Top, "x" + Suffix(i));
            if (panels[i].TopDown)
                y["autorange"] = "reversed";
            layout.SetProperty("xaxis" + Suffix(i), x);
            layout.SetProperty("yaxis" + Suffix(i), y);
        }
        layout.SetProperty("annotations", panels.Index().Where(p => p.Item.Heading is not null).Select(p => HeadingAt(p.Item.Heading!, p.Index)).ToArray());
        return layout;
    }

    /// <summary>
    /// A label at each power of ten; over less than two of them also at 2 and 5, so that the values can be read; over more than
    /// ten at every second or third power, so that the labels do not touch.
    /// </summary>
    static object LogTicks(Panel panel, string attribute)
    {
        double[] values = [.. panel.Traces.Select(trace => trace.GetValueOrDefault(attribute)).OfType<double[]>()
            .SelectMany(numbers => numbers).Where(number => number > 0)];
        var powers = values.Length > 0 ? Math.Log10(values.Max() / values.Min()) : 0;
        return values.Length > 0 && powers < 2 ? "D2" : Math.Max(1, (int)Math.Ceiling(powers / MostLogLabels));
    }

    static Dictionary<string, object> AxisOf(string title, object? logTicks, double from, double to, string anchor)
    {
        var axis = Theme.Axis(title);
        axis["domain"] = new[] { from, to };
        axis["anchor"] = anchor;
        if (logTicks is not null)
        {
            axis["type"] = "log";
            axis["dtick"] = logTicks;
            axis["exponentformat"] = "power"; // powers of ten are written as such
        }
        return axis;
    }

    static Dictionary<string, object> HeadingAt(string text, int panel) => new()
    {
        ["text"] = $"<b>{text}</b>",
        ["xref"] = $"x{Suffix(panel)} domain",
        ["yref"] = $"y{Suffix(panel)} domain",
        ["x"] = 0,
        ["xanchor"] = "left",
        ["y"] = 1.02,
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
    };

    /// <summary>Plotly numbers axes x, x2, x3, …</summary>
    static string Suffix(int panel) => panel == 0 ? "" : $"{panel + 1}";
}
