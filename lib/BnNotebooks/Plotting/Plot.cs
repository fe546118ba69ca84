using Plotly.NET;

namespace BnNotebooks.Plotting;

/// <summary>
/// Turns panels into Plotly.NET charts. This is the one place that touches Plotly.NET, through its low layer (traces and
/// layouts as dynamic objects): the typed one is awkward from C#.
/// </summary>
public static class Plot
{
    /// <summary>One panel as a chart.</summary>
    /// <param name="title">What the chart shows, said as a finding.</param>
    /// <param name="panel">What to draw.</param>
    public static GenericChart Show(string title, Panel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return Grid(title, 1, panel with { Heading = null });
    }

    /// <summary>
    /// Small multiples: several panels side by side. Those that name the same quantity at their vertical axis have one range
    /// there, see <see cref="Panel.SameY"/>.
    /// </summary>
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

        var sheet = new Sheet(title, columns, panels);
        var traces = new List<Trace>();
        var names = new HashSet<object>();
        for (var i = 0; i < panels.Length; i++)
            foreach (var description in panels[i].Traces)
                traces.Add(ToTrace(description, i, sheet.Places[i], names));
        return GenericChart.setLayout(LayoutOf(sheet), GenericChart.ofTraceObjects(false, traces));
    }

    static Trace ToTrace(IReadOnlyDictionary<string, object> description, int panel, Place place, HashSet<object> names)
    {
        var trace = new Trace((string)description["type"]);
        foreach (var (attribute, value) in description.Where(entry => entry.Key != "type"))
            trace.SetProperty(attribute, value);
        trace.SetProperty("xaxis", "x" + Axes.Suffix(panel));
        trace.SetProperty("yaxis", "y" + Axes.Suffix(panel));
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

    static Layout LayoutOf(Sheet sheet)
    {
        var layout = new Layout();
        layout.SetProperty("title", new Dictionary<string, object>(Theme.Title(sheet.Title, 16))
        {
            ["x"] = 0.02,
            ["xanchor"] = "left",
            ["y"] = 1,
            ["yref"] = "container",
            ["yanchor"] = "top",
            ["pad"] = new Dictionary<string, object> { ["t"] = 16 },
        });
        layout.SetProperty("font", Theme.Font);
        layout.SetProperty("paper_bgcolor", "rgba(0,0,0,0)");
        layout.SetProperty("plot_bgcolor", "rgba(0,0,0,0)");
        layout.SetProperty("modebar", Theme.ModeBar);
        layout.SetProperty("width", Sheet.Width);
        layout.SetProperty("height", sheet.Height);
        layout.SetProperty("margin", new Dictionary<string, object> { ["l"] = 60, ["r"] = 20, ["t"] = sheet.Top, ["b"] = sheet.Bottom });
        layout.SetProperty("meta", new Dictionary<string, object> { ["gap"] = sheet.Between }); // for a page that stacks the panels
        layout.SetProperty("barmode", sheet.Panels.Any(panel => panel.OverlapBars) ? "overlay" : "group");
        layout.SetProperty("showlegend", sheet.ShowsLegend);
        layout.SetProperty("legend", Legend);
        for (var i = 0; i < sheet.Panels.Count; i++)
        {
            layout.SetProperty("xaxis" + Axes.Suffix(i), Axes.Horizontal(sheet, i));
            layout.SetProperty("yaxis" + Axes.Suffix(i), Axes.Vertical(sheet, i));
        }
        layout.SetProperty("annotations", sheet.Panels.Index().Where(p => p.Item.Heading is not null).Select(p => HeadingAt(p.Item.Heading!, p.Index)).ToArray());
        return layout;
    }

    /// <summary>
    /// The legend stands below the panels, where it may take as many lines as a narrow chart needs: anchored to the chart's
    /// edge it makes plotly.js leave room for them.
    /// </summary>
    static Dictionary<string, object> Legend => new()
    {
        ["orientation"] = "h",
        ["x"] = 0.5,
        ["xanchor"] = "center",
        ["y"] = 0,
        ["yref"] = "container",
        ["yanchor"] = "bottom",
    };

    static Dictionary<string, object> HeadingAt(string text, int panel) => new()
    {
        ["text"] = $"<b>{text}</b>",
        ["xref"] = $"x{Axes.Suffix(panel)} domain",
        ["yref"] = $"y{Axes.Suffix(panel)} domain",
        ["x"] = 0,
        ["xanchor"] = "left",
        ["align"] = "left",
        ["y"] = 1.02,
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
    };
}
