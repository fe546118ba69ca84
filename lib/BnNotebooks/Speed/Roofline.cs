using BnNotebooks.Plotting;

namespace BnNotebooks.Speed;

/// <summary>
/// A roofline (Williams, Waterman and Patterson 2009): what a machine can reach, by how much is computed with each byte that
/// moves. Under the slope memory is the limit, under the flat part arithmetic.
/// </summary>
/// <param name="Name">Whose roof this is, for the legend.</param>
/// <param name="GigabytesPerSecond">The bandwidth of memory, in GB/s.</param>
/// <param name="Gflops">The peak of arithmetic, in Gflop/s.</param>
public sealed record Roofline(string Name, double GigabytesPerSecond, double Gflops)
{
    /// <summary>The most that work of this kind can reach, in Gflop/s.</summary>
    /// <param name="flopsPerByte">How much it computes with each byte that moves.</param>
    public double Limit(double flopsPerByte) => Math.Min(Gflops, flopsPerByte * GigabytesPerSecond);

    /// <summary>The amount of computing a byte, in flop/byte, from which on arithmetic is the limit.</summary>
    public double Ridge => Gflops / GigabytesPerSecond;

    /// <summary>Roofs as lines, and what was measured as points below them, joined in the order in which they are given.</summary>
    /// <param name="roofs">The roofs.</param>
    /// <param name="work">A name for the legend, and of each point its label, computing in flop/byte, and speed in Gflop/s.</param>
    public static Panel Draw(
        IReadOnlyList<Roofline> roofs, params (string Name, (string Label, double FlopsPerByte, double Gflops)[] Points)[] work)
    {
        ArgumentNullException.ThrowIfNull(roofs);
        double[] places = [.. work.SelectMany(series => series.Points.Select(point => point.FlopsPerByte)), .. roofs.Select(roof => roof.Ridge)];
        double from = places.Min() / 2, to = 2 * places.Max();
        var lines = Panels.Lines("computing for each byte moved, flop/byte (log scale)", "speed, Gflop/s (log scale)", [.. roofs.Select(roof =>
        {
            double[] x = [from, roof.Ridge, to];
            return (roof.Name, x, x.Select(roof.Limit).ToArray());
        })]).AsCurves();
        var points = work.Select((series, i) => new Dictionary<string, object>
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers+text",
            ["name"] = series.Name,
            ["x"] = series.Points.Select(point => point.FlopsPerByte).ToArray(),
            ["y"] = series.Points.Select(point => point.Gflops).ToArray(),
            ["text"] = series.Points.Select(point => point.Label).ToArray(),
            ["textposition"] = "middle right",
            ["line"] = new Dictionary<string, object> { ["color"] = Theme.Color(roofs.Count + i), ["width"] = 1 },
            ["marker"] = new Dictionary<string, object> { ["size"] = 9 },
        });
        return lines with { Traces = [.. lines.Traces, .. points], LogX = true, LogY = true };
    }
}
