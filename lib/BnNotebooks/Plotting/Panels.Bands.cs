namespace BnNotebooks.Plotting;

/// <content>Lines with an area around them.</content>
public static partial class Panels
{
    /// <summary>Lines, each in an area from a lower to an upper bound: an interval, or a range.</summary>
    /// <param name="xAxis">Name and unit of the horizontal axis.</param>
    /// <param name="yAxis">Name and unit of the vertical axis, and what the areas are.</param>
    /// <param name="series">
    /// Name, horizontal values, the line and its bounds. Where the line is not finite there is no point, and where a bound is
    /// not, no area.
    /// </param>
    /// <exception cref="ArgumentException">A series' lists differ in length, or it has nothing to draw, or there is no series.</exception>
    public static Panel Bands(
        string xAxis, string yAxis, params (string Name, double[] X, double[] Y, double[] Low, double[] High)[] series)
    {
        RequireSome(series);
        foreach (var (name, x, y, low, high) in series)
        {
            if (new[] { y.Length, low.Length, high.Length }.Any(length => length != x.Length))
                throw new ArgumentException($"Series \"{name}\" has {x.Length} horizontal values, {y.Length} of the line and {low.Length} and {high.Length} bounds; expected as many of each.", nameof(series));
            Finite(name, y);
        }
        return new Panel(xAxis, yAxis,
            [.. series.Select((s, i) => Area(s, i)).OfType<Dictionary<string, object>>(), .. series.Select((s, i) => Line(s, i))]);
    }

    static Dictionary<string, object> Line((string Name, double[] X, double[] Y, double[] Low, double[] High) s, int i)
    {
        int[] drawn = [.. Enumerable.Range(0, s.X.Length).Where(at => double.IsFinite(s.Y[at]))];
        return new Dictionary<string, object>
        {
            ["type"] = "scatter",
            ["mode"] = drawn.Length > 1 ? "lines" : "markers",
            ["name"] = s.Name,
            ["x"] = drawn.Select(at => Rounded(s.X[at])).ToArray(),
            ["y"] = drawn.Select(at => Rounded(s.Y[at])).ToArray(),
            ["line"] = new Dictionary<string, object> { ["color"] = Theme.Color(i), ["width"] = 2 },
        };
    }

    /// <summary>The area as one outline: along the upper bound and back along the lower one.</summary>
    static Dictionary<string, object>? Area((string Name, double[] X, double[] Y, double[] Low, double[] High) s, int i)
    {
        int[] drawn = [.. Enumerable.Range(0, s.X.Length)
            .Where(at => double.IsFinite(s.Y[at]) && double.IsFinite(s.Low[at]) && double.IsFinite(s.High[at]))];
        return drawn.Length == 0 ? null : new Dictionary<string, object>
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["legendgroup"] = s.Name, // it goes and comes with its line
            ["showlegend"] = false,
            ["hoverinfo"] = "skip",
            ["x"] = drawn.Concat(drawn.Reverse()).Select(at => Rounded(s.X[at])).ToArray(),
            ["y"] = drawn.Select(at => s.High[at]).Concat(drawn.Reverse().Select(at => s.Low[at])).Select(Rounded).ToArray(),
            ["line"] = new Dictionary<string, object> { ["width"] = 0 },
            ["fill"] = "toself",
            ["fillcolor"] = Theme.Translucent(i, 0.2),
        };
    }
}
