using System.Net;
using System.Text;
using BnNotebooks.Benchmarking;
using BnNotebooks.Plotting;
using Plotly.NET;

namespace BnNotebooks.Benchmarks;

/// <summary>The charts of a run as one page that needs no network.</summary>
internal static class ChartPage
{
    public static string Path => System.IO.Path.ChangeExtension(BenchmarkFile.LatestPath, null) + "/index.html";

    /// <summary>Writes the page, whole or not at all.</summary>
    public static void Write(BenchmarkRun run) => WholeFile.Write(Path, Of(run));

    static string Of(BenchmarkRun run)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Benchmarks</title>
            <style>body { font-family: system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }</style></head><body>
            <h1>Benchmarks</h1>

            """);
        page.Append($"<p>{WebUtility.HtmlEncode(run.Machine.ToString()).Replace("\n", "<br>")}</p>\n");
        page.Append(BenchmarkTables.Wins(run).ToHtml()).Append('\n');
        foreach (var chart in Charts(run))
            page.Append(ChartHtml.ToHtml(chart)).Append('\n');
        if (run.Results.Any(result => result.UnfusedMs is not null))
            page.Append(BenchmarkTables.Fused(run).ToHtml()).Append('\n');
        page.Append(BenchmarkTables.Losses(run, LossCauses.Committed()).ToHtml()).Append('\n');
        return page.Append("</body></html>\n").ToString();
    }

    // A filtered run has a part of the results, and gets the charts of that part.
    static IEnumerable<GenericChart> Charts(BenchmarkRun run)
    {
        foreach (var group in run.Results.GroupBy(result => (result.Setting, result.Threads)))
        {
            var measured = group.Select(result => (result.Case, result.Shape)).ToHashSet();
            string[] growth = [.. GrowthShapes.Axes.SelectMany(GrowthShapes.Along).Select(shape => string.Join('x', shape))];
            if (group.Any(result => !growth.Contains(result.Shape)))
            {
                yield return BenchmarkCharts.VersusBest(run, group.Key.Setting, group.Key.Threads);
                yield return BenchmarkCharts.VersusLimit(run, group.Key.Setting, group.Key.Threads);
            }
            if (growth.All(shape => measured.Contains((GrowthShapes.Case, shape))))
                yield return BenchmarkCharts.Growth(run, group.Key.Setting, group.Key.Threads);
        }
    }
}
