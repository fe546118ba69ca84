using System.Globalization;

namespace BnNotebooks.Plotting;

/// <content>Distributions. Both kinds are summarised here, so that a chart of millions of values stays a few kilobytes.</content>
public static partial class Panels
{
    const int DefaultBins = 60;

    /// <summary>Histograms on top of each other, with common bins, as densities: the bars of each series have area 1.</summary>
    /// <param name="xAxis">Name and unit of the values.</param>
    /// <param name="series">Name and values; those that are not finite are left out.</param>
    /// <exception cref="ArgumentException">A series has no finite value, or there is no series.</exception>
    public static Panel Histogram(string xAxis, params (string Name, IEnumerable<double> Values)[] series)
    {
        RequireSome(series);
        var finite = series.Select(s => (s.Name, Values: Finite(s.Name, s.Values))).ToArray();
        double low = finite.Min(s => s.Values.Min()), high = finite.Max(s => s.Values.Max());
        var width = high > low ? (high - low) / DefaultBins : 1;
        double[] centres = [.. Enumerable.Range(0, DefaultBins).Select(bin => Rounded(low + (bin + 0.5) * width))];

        double[] Density(double[] values)
        {
            var counts = new double[DefaultBins];
            foreach (var value in values)
                counts[Math.Min((int)((value - low) / width), DefaultBins - 1)]++;
            return [.. counts.Select(count => Rounded(count / (values.Length * width)))];
        }

        var traces = finite.Select((s, i) => new Dictionary<string, object>
        {
            ["type"] = "bar",
            ["name"] = s.Name,
            ["x"] = centres,
            ["y"] = Density(s.Values),
            ["width"] = Rounded(width),
            ["marker"] = new Dictionary<string, object>
            {
                ["color"] = Theme.Translucent(i),
                ["line"] = new Dictionary<string, object> { ["width"] = 0 },
            },
        });
        return new Panel(xAxis, "density", [.. traces]) { OverlapBars = true, SameY = false };
    }

    /// <summary>Boxes from the first to the third quartile with a line at the median, whiskers at the 5th and 95th percentile.</summary>
    /// <param name="xAxis">What the boxes are.</param>
    /// <param name="yAxis">Name and unit of the values.</param>
    /// <param name="color">The number of the theme's colour.</param>
    /// <param name="boxes">Name and values; those that are not finite are left out.</param>
    /// <exception cref="ArgumentException">A box has no finite value, or there is none.</exception>
    public static Panel Boxes(string xAxis, string yAxis, int color, params (string Name, IEnumerable<double> Values)[] boxes)
    {
        RequireSome(boxes);
        double[][] finite = [.. boxes.Select(box => Finite(box.Name, box.Values))];
        double[] Ends(double q) => [.. finite.Select(values => Rounded(Quantiles.Of(values, q)))];
        return new Panel(xAxis, yAxis, [new Dictionary<string, object>
        {
            ["type"] = "box",
            ["x"] = boxes.Select(box => box.Name).ToArray(),
            ["lowerfence"] = Ends(0.05),
            ["q1"] = Ends(0.25),
            ["median"] = Ends(0.5),
            ["q3"] = Ends(0.75),
            ["upperfence"] = Ends(0.95),
            ["line"] = new Dictionary<string, object> { ["color"] = Theme.Color(color), ["width"] = 1.5 },
            ["fillcolor"] = Theme.Translucent(color),
            ["showlegend"] = false,
        }]);
    }

    static double[] Finite(string name, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length > 0 ? finite : throw new ArgumentException($"Series \"{name}\" has no finite value to draw.", nameof(values));
    }

    /// <summary>Six significant digits: more would only make the notebook's file larger.</summary>
    internal static double Rounded(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
