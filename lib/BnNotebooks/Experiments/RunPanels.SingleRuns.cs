using BnNotebooks.Plotting;

namespace BnNotebooks.Experiments;

/// <content>The runs behind a mean.</content>
public static partial class RunPanels
{
    const int MostSingleRuns = 8; // of more none can be told from the others
    const int MostPointsOfARun = 60; // a notebook has ten such charts, and its file must stay small

    /// <summary>The runs of a group as one trace of thin lines; none where there is one run, which is its own mean, or many.</summary>
    static IEnumerable<Dictionary<string, object>> SingleRuns(Metric metric, RunGroup group, int color)
    {
        if (group.Runs.Count is < 2 or > MostSingleRuns)
            return [];
        (double? Step, double? Value)[] points = [.. group.Runs.SelectMany(run => Thinned(metric.Points(run))
            .Select(point => ((double?)point.Step, double.IsFinite(point.Value) ? (double?)Panels.Rounded(point.Value) : null))
            .Append((null, null)))]; // a gap between two runs
        return [new()
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["legendgroup"] = group.Name, // they go and come with their mean
            ["showlegend"] = false,
            ["hoverinfo"] = "skip",
            ["x"] = points.Select(point => point.Step).ToArray(),
            ["y"] = points.Select(point => point.Value).ToArray(),
            ["line"] = new Dictionary<string, object> { ["color"] = Theme.Translucent(color, 0.35), ["width"] = 1 },
        }];
    }

    static IEnumerable<(double Step, double Value)> Thinned(IReadOnlyList<(double Step, double Value)> points)
    {
        var kept = Math.Min(points.Count, MostPointsOfARun);
        return Enumerable.Range(0, kept).Select(i => points[kept == 1 ? 0 : i * (points.Count - 1) / (kept - 1)]);
    }
}
