using System.Globalization;

namespace BnNotebooks.Plotting;

/// <summary>The one look of all charts: colour-blind-safe, and readable on light and dark backgrounds alike.</summary>
public static class Theme
{
    /// <summary>Okabe and Ito's colours that hold up on white and on black, in the order in which series take them.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    internal const string DivergingScale = "RdBu"; // blue below zero, red above
    internal const string SequentialScale = "Cividis";

    internal const string Ink = "#7f7f7f"; // mid grey: a contrast of 4 to 1 on white and on an editor's dark grey
    const string GridLine = "rgba(127,127,127,0.25)";

    /// <summary>The colour of the series with this number.</summary>
    public static string Color(int series) => Colors[series % Colors.Count];

    /// <summary>The same colour, half transparent or more, for areas that overlap.</summary>
    internal static string Translucent(int series, double opacity = 0.5)
    {
        var rgb = Convert.FromHexString(Color(series)[1..]);
        return string.Create(CultureInfo.InvariantCulture, $"rgba({rgb[0]},{rgb[1]},{rgb[2]},{opacity})");
    }

    /// <summary>Grey, for what belongs to no series.</summary>
    internal static string Shade(double opacity) => string.Create(CultureInfo.InvariantCulture, $"rgba(127,127,127,{opacity})");

    internal static Dictionary<string, object> Title(string text, int size) => new()
    {
        ["text"] = text,
        ["font"] = new Dictionary<string, object> { ["size"] = size },
    };

    internal static Dictionary<string, object> Axis(string title) => new()
    {
        ["title"] = new Dictionary<string, object>(Title(title, 13)) { ["standoff"] = 8 }, // counted from the labels: never on them
        ["gridcolor"] = GridLine,
        ["zerolinecolor"] = Ink,
        ["linecolor"] = Ink,
        ["automargin"] = true,
    };

    /// <summary>Plotly's buttons, which would else stand on a bar of the font's colour where the background is transparent.</summary>
    internal static Dictionary<string, object> ModeBar => new()
    {
        ["bgcolor"] = "rgba(0,0,0,0)",
        ["color"] = GridLine,
        ["activecolor"] = Ink,
    };

    internal static Dictionary<string, object> Font => new()
    {
        ["family"] = "system-ui, -apple-system, 'Segoe UI', sans-serif",
        ["size"] = 13,
        ["color"] = Ink,
    };
}
