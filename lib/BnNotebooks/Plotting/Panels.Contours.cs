namespace BnNotebooks.Plotting;

/// <content>Surfaces seen from above.</content>
public static partial class Panels
{
    const int SurfacePoints = 60; // along each axis: smooth lines in some thirty kilobytes
    const int ContourBands = 12;

    /// <summary>A surface over two variables as bands of equal height, and paths across it.</summary>
    /// <param name="xAxis">Name and unit of the first variable.</param>
    /// <param name="yAxis">Name and unit of the second variable.</param>
    /// <param name="x">From where to where the first variable goes.</param>
    /// <param name="y">From where to where the second variable goes.</param>
    /// <param name="height">The surface at (x, y); finite everywhere.</param>
    /// <param name="unit">Name and unit of the height, beside the colour bar.</param>
    /// <param name="paths">Name and the two coordinates of the points of each path; there may be none.</param>
    /// <exception cref="ArgumentException">A range is empty, a path's two lists differ in length, or a height is not finite.</exception>
    public static Panel Contours(string xAxis, string yAxis, (double From, double To) x, (double From, double To) y,
        Func<double, double, double> height, string unit, params (string Name, double[] X, double[] Y)[] paths)
    {
        ArgumentNullException.ThrowIfNull(height);
        double[] xs = Spaced(x, nameof(x)), ys = Spaced(y, nameof(y));
        var trace = new Dictionary<string, object>
        {
            ["type"] = "contour",
            ["x"] = xs,
            ["y"] = ys,
            ["z"] = ys.Select(v => xs.Select(u => Height(height, u, v)).ToArray()).ToArray(),
            ["ncontours"] = ContourBands,
            ["colorscale"] = Theme.SequentialScale,
            ["colorbar"] = new Dictionary<string, object> { ["title"] = Theme.Title(unit, 12) },
        };
        return new Panel(xAxis, yAxis, [trace, .. paths.Select(Path)]) { SameY = false };
    }

    static Dictionary<string, object> Path((string Name, double[] X, double[] Y) path, int i) => path.X.Length != path.Y.Length
        ? throw new ArgumentException($"Path \"{path.Name}\" has {path.X.Length} first and {path.Y.Length} second coordinates; expected as many of each.")
        : new Dictionary<string, object>
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers",
            ["name"] = path.Name,
            ["x"] = path.X.Select(Rounded).ToArray(),
            ["y"] = path.Y.Select(Rounded).ToArray(),
            ["line"] = new Dictionary<string, object> { ["color"] = Theme.Color(i + 1), ["width"] = 2 }, // the surface is blue
            ["marker"] = new Dictionary<string, object> { ["size"] = 5 },
        };

    static double[] Spaced((double From, double To) range, string name) => range.To > range.From
        ? [.. Enumerable.Range(0, SurfacePoints).Select(i => Rounded(range.From + (range.To - range.From) * i / (SurfacePoints - 1)))]
        : throw new ArgumentException($"Expected a range that goes upwards, but it goes from {range.From} to {range.To}.", name);

    static double Height(Func<double, double, double> height, double x, double y) => height(x, y) is var z && double.IsFinite(z)
        ? Rounded(z)
        : throw new ArgumentException($"Expected a finite height, but at ({x}, {y}) it is {z}.", nameof(height));
}
