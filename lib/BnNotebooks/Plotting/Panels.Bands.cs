namespace BnNotebooks.Plotting;

/// <content>Lines with an area around them.</content>
public static partial class Panels
{
    const string IntervalKey = "95 % interval";

    /// <summary>
    /// Lines, each in its 95 % interval as a plain area. An area of this look never means anything else; what is no interval is
    /// for <see cref="Ranges"/>.
    /// </summary>
    /// <param name="xAxis">Name and unit of the horizontal axis.</param>
    /// <param name="yAxis">Name and unit of the vertical axis.</param>
    /// <param name="series">
    /// Name, horizontal values, the line and its bounds. Where the line is not finite there is no point, and where a bound is
    /// not, no area.
    /// </param>
    /// <exception cref="ArgumentException">A series' lists differ in length, or it has nothing to draw, or there is no series.</exception>
    public static Panel Bands(
        string xAxis, string yAxis, params (string Name, double[] X, double[] Y, double[] Low, double[] High)[] series) =>
        Areas(xAxis, yAxis, IntervalKey, interval: true, series);

    /// <summary>
    /// Lines, each in a range that is no interval: from the lowest to the highest, or between two percentiles. It is outlined
    /// by dashes and nearly empty, and the legend says what it is.
    /// </summary>
    /// <param name="xAxis">Name and unit of the horizontal axis.</param>
    /// <param name="yAxis">Name and unit of the vertical axis.</param>
    /// <param name="range">What the ranges are, for the legend: "from the lowest to the highest".</param>
    /// <param name="series">As in <see cref="Bands"/>.</param>
    /// <exception cref="ArgumentException">As in <see cref="Bands"/>, or it is not said what the ranges are.</exception>
    public static Panel Ranges(
        string xAxis, string yAxis, string range, params (string Name, double[] X, double[] Y, double[] Low, double[] High)[] series)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(range);
        return Areas(xAxis, yAxis, range, interval: false, series);
    }

    static Panel Areas(string xAxis, string yAxis, string key, bool interval,
        (string Name, double[] X, double[] Y, double[] Low, double[] High)[] series)
    {
        RequireSome(series);
        foreach (var (name, x, y, low, high) in series)
        {
            if (new[] { y.Length, low.Length, high.Length }.Any(length => length != x.Length))
                throw new ArgumentException($"Series \"{name}\" has {x.Length} horizontal values, {y.Length} of the line and {low.Length} and {high.Length} bounds; expected as many of each.", nameof(series));
            Finite(name, y);
        }
        var tried = TriedIn(series.Select(s => s.X));
        Dictionary<string, object>[] areas = [.. series.Select((s, i) => Area(s, i, interval)).OfType<Dictionary<string, object>>()];
        return new Panel(xAxis, yAxis,
            [.. areas, .. series.Select((s, i) => Line(s, i, tried is not null)), .. areas.Take(1).Select(_ => Key(key, interval))])
        { Tried = tried };
    }

    static Dictionary<string, object> Line((string Name, double[] X, double[] Y, double[] Low, double[] High) s, int i, bool markers)
    {
        int[] drawn = [.. Enumerable.Range(0, s.X.Length).Where(at => double.IsFinite(s.Y[at]))];
        return LineTrace(s.Name, [.. drawn.Select(at => Rounded(s.X[at]))], [.. drawn.Select(at => Rounded(s.Y[at]))], i, markers);
    }

    /// <summary>The area as one outline: along the upper bound and back along the lower one. Null if it is nowhere open.</summary>
    static Dictionary<string, object>? Area((string Name, double[] X, double[] Y, double[] Low, double[] High) s, int i, bool interval)
    {
        int[] drawn = [.. Enumerable.Range(0, s.X.Length)
            .Where(at => double.IsFinite(s.Y[at]) && double.IsFinite(s.Low[at]) && double.IsFinite(s.High[at]))];
        return drawn.All(at => s.Low[at] == s.High[at]) ? null : new Dictionary<string, object>(Look(interval, Theme.Color(i), Theme.Translucent(i, interval ? 0.2 : 0.05)))
        {
            ["legendgroup"] = s.Name, // it goes and comes with its line
            ["showlegend"] = false,
            ["x"] = drawn.Concat(drawn.Reverse()).Select(at => Rounded(s.X[at])).ToArray(),
            ["y"] = drawn.Select(at => s.High[at]).Concat(drawn.Reverse().Select(at => s.Low[at])).Select(Rounded).ToArray(),
        };
    }

    /// <summary>What the areas are, once for all of them, as an entry of the legend that has no point in the chart.</summary>
    static Dictionary<string, object> Key(string text, bool interval) => new(Look(interval, Theme.Ink, Theme.Shade(interval ? 0.3 : 0.08)))
    {
        ["name"] = text,
        ["x"] = new double?[] { null },
        ["y"] = new double?[] { null },
    };

    static Dictionary<string, object> Look(bool interval, string color, string fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["hoverinfo"] = "skip",
        ["line"] = interval
            ? new Dictionary<string, object> { ["width"] = 0 }
            : new Dictionary<string, object> { ["color"] = color, ["width"] = 1, ["dash"] = "dash" },
        ["fill"] = "toself",
        ["fillcolor"] = fill,
    };
}
