namespace Plotly.NET;

/// <summary>
/// Traces, a layout and a config. Setting one of them gives a new chart that shares the others, as the real one does.
/// </summary>
public abstract class GenericChart
{
    // The real class has two public cases, one trace or many, that carry F# lists; no caller needs to tell them apart.
    sealed class Figure(IReadOnlyList<Trace> traces, Layout layout, Config config) : GenericChart
    {
        public readonly IReadOnlyList<Trace> Traces = traces;
        public readonly Layout Layout = layout;
        public readonly Config Config = config;
    }

    GenericChart()
    {
    }

    /// <summary>A chart of one trace, with an empty layout and config.</summary>
    public static GenericChart ofTraceObject(bool useDefaults, Trace trace) => ofTraceObjects(useDefaults, new[] { trace });

    /// <summary>A chart of some traces, with an empty layout and config.</summary>
    /// <exception cref="NotSupportedException">The defaults (size and template) are asked for.</exception>
    public static GenericChart ofTraceObjects<d>(bool useDefaults, d traces) where d : IEnumerable<Trace> => useDefaults
        ? throw new NotSupportedException("useDefaults: this stand-in for Plotly.NET has no default template; pass false.")
        : new Figure([.. traces], new Layout(), new Config());

    /// <summary>The number of traces.</summary>
    public static int countTrace(GenericChart gChart) => ((Figure)gChart).Traces.Count;

    /// <summary>The chart's layout itself, not a copy.</summary>
    public static Layout getLayout(GenericChart gChart) => ((Figure)gChart).Layout;

    /// <summary>A chart with the layout in place of its old one.</summary>
    public static GenericChart setLayout(Layout layout, GenericChart gChart)
    {
        var chart = (Figure)gChart;
        return new Figure(chart.Traces, layout, chart.Config);
    }

    /// <summary>The chart's config itself, not a copy.</summary>
    public static Config getConfig(GenericChart gChart) => ((Figure)gChart).Config;

    /// <summary>A chart with the config in place of its old one.</summary>
    public static GenericChart setConfig(Config config, GenericChart gChart)
    {
        var chart = (Figure)gChart;
        return new Figure(chart.Traces, chart.Layout, config);
    }

    /// <summary>The chart as <c>{"data":[…],"layout":{…},"config":{…}}</c>, the three always there and in this order.</summary>
    public static string toJson(GenericChart gChart)
    {
        var chart = (Figure)gChart;
        return JsonText.Of(new Dictionary<string, object>
        {
            ["data"] = chart.Traces,
            ["layout"] = chart.Layout,
            ["config"] = chart.Config,
        });
    }

    /// <summary>The chart as <c>{"data":[…],"layout":{…},"frames":[]}</c>: no config, and the frames always empty.</summary>
    public static string toFigureJson(GenericChart gChart)
    {
        var chart = (Figure)gChart;
        return JsonText.Of(new Dictionary<string, object>
        {
            ["data"] = chart.Traces,
            ["layout"] = chart.Layout,
            ["frames"] = Array.Empty<object>(),
        });
    }
}
