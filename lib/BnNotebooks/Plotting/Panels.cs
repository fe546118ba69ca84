using System.Numerics.Tensors;

namespace BnNotebooks.Plotting;

/// <summary>The kinds of charts of the course. A series is always a name and its values.</summary>
public static partial class Panels
{
    const int MostTried = 16; // of more the markers touch

    /// <summary>
    /// Lines, one a series, over a common horizontal axis. Where all have few points together, these are values that were tried:
    /// they have markers, and the axis its ticks at them.
    /// </summary>
    /// <param name="xAxis">Name and unit of the horizontal axis.</param>
    /// <param name="yAxis">Name and unit of the vertical axis.</param>
    /// <param name="series">Name, horizontal and vertical values.</param>
    /// <exception cref="ArgumentException">A series' two lists differ in length, or there is no series.</exception>
    public static Panel Lines(string xAxis, string yAxis, params (string Name, double[] X, double[] Y)[] series)
    {
        RequireSome(series);
        foreach (var (name, x, y) in series)
            if (x.Length != y.Length)
                throw new ArgumentException($"Series \"{name}\" has {x.Length} horizontal and {y.Length} vertical values; expected as many of each.", nameof(series));
        var tried = TriedIn(series.Select(s => s.X));
        return new Panel(xAxis, yAxis, [.. series.Select((s, i) => LineTrace(s.Name, s.X, s.Y, i, tried is not null))]) { Tried = tried };
    }

    /// <summary>A line; markers stand where something was tried, and where a point is alone.</summary>
    static Dictionary<string, object> LineTrace(string name, double[] x, double[] y, int color, bool markers) => new()
    {
        ["type"] = "scatter",
        ["mode"] = x.Length == 1 ? "markers" : markers ? "lines+markers" : "lines",
        ["name"] = name,
        ["x"] = x,
        ["y"] = y,
        ["line"] = new Dictionary<string, object> { ["color"] = Theme.Color(color), ["width"] = 2 },
    };

    /// <summary>The horizontal values of all series if they are few, ascending: then each was tried. Of a curve there are many.</summary>
    static double[]? TriedIn(IEnumerable<double[]> series)
    {
        double[] values = [.. series.SelectMany(x => x).Where(double.IsFinite).Distinct().Order()];
        return values.Length is > 0 and <= MostTried ? values : null;
    }

    /// <summary>Bars with error bars, which are 95 % intervals, one group a category.</summary>
    /// <param name="xAxis">What the categories are.</param>
    /// <param name="yAxis">Name and unit of the vertical axis.</param>
    /// <param name="categories">The names under the bars.</param>
    /// <param name="series">Name, heights, and half the length of each error bar (null for none).</param>
    /// <exception cref="ArgumentException">A series has another number of values than there are categories.</exception>
    public static Panel Bars(string xAxis, string yAxis, string[] categories, params (string Name, double[] Values, double[]? Errors)[] series)
    {
        ArgumentNullException.ThrowIfNull(categories);
        RequireSome(series);
        foreach (var (name, values, errors) in series)
            if (values.Length != categories.Length || (errors ?? values).Length != categories.Length)
                throw new ArgumentException($"Series \"{name}\" has {values.Length} values; expected one for each of the {categories.Length} categories.", nameof(series));
        return new Panel(xAxis, yAxis, [.. series.Select((s, i) => Bar(s.Name, categories, s.Values, s.Errors, Theme.Color(i)))]);
    }

    static Dictionary<string, object> Bar(string name, string[] categories, double[] values, double[]? errors, string color)
    {
        var trace = new Dictionary<string, object>
        {
            ["type"] = "bar",
            ["name"] = name,
            ["x"] = categories,
            ["y"] = values,
            ["marker"] = new Dictionary<string, object> { ["color"] = color },
        };
        if (errors is not null)
            trace["error_y"] = new Dictionary<string, object> { ["type"] = "data", ["array"] = errors, ["visible"] = true };
        return trace;
    }

    /// <summary>A matrix as colours, first row at the top. Values of both signs get a scale that diverges from zero.</summary>
    /// <param name="xAxis">What the columns are.</param>
    /// <param name="yAxis">What the rows are.</param>
    /// <param name="matrix">The values, (rows, columns).</param>
    /// <param name="unit">Name and unit of the values, beside the colour bar.</param>
    /// <param name="limit">The magnitude with the strongest colour; null takes the largest.</param>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public static Panel Heatmap(string xAxis, string yAxis, Tensor<float> matrix, string unit, double? limit = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rank != 2)
            throw new ArgumentException($"Expected a matrix (rows, columns); got [{string.Join(", ", matrix.Lengths.ToArray())}].", nameof(matrix));
        double[] Row(int row) => [.. Enumerable.Range(0, (int)matrix.Lengths[1]).Select(column => Rounded(matrix[row, column]))];
        double[][] rows = [.. Enumerable.Range(0, (int)matrix.Lengths[0]).Select(Row)];
        var signed = rows.Any(row => row.Any(value => value < 0));
        var bound = limit ?? rows.Max(row => row.Max(Math.Abs));
        var trace = new Dictionary<string, object>
        {
            ["type"] = "heatmap",
            ["z"] = rows,
            ["zmin"] = signed ? -bound : 0.0,
            ["zmax"] = bound,
            ["colorscale"] = signed ? Theme.DivergingScale : Theme.SequentialScale,
            ["colorbar"] = new Dictionary<string, object> { ["title"] = Theme.Title(unit, 12) },
        };
        return new Panel(xAxis, yAxis, [trace]) { TopDown = true, SameY = false };
    }

    static void RequireSome<T>(T[] series)
    {
        if (series.Length == 0)
            throw new ArgumentException("There is nothing to draw; give at least one series.", nameof(series));
    }
}
