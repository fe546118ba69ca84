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
    public static void Write(IReadOnlyList<BenchmarkResult> results, string machine)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path + ".tmp", Of(results, machine));
        File.Move(Path + ".tmp", Path, overwrite: true);
    }

    static string Of(IReadOnlyList<BenchmarkResult> results, string machine)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Benchmarks</title>
            <style>body { font-family: system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }</style></head><body>
            <h1>Benchmarks</h1>

            """);
        page.Append($"<p>{WebUtility.HtmlEncode(machine).Replace("\n", "<br>")}</p>\n");
        foreach (var chart in Charts(results))
            page.Append(ChartHtml.ToHtml(chart)).Append('\n');
        return page.Append("</body></html>\n").ToString();
    }

    // A filtered run has a part of the results, and gets the charts of that part.
    static IEnumerable<GenericChart> Charts(IReadOnlyList<BenchmarkResult> results)
    {
        foreach (var group in results.GroupBy(result => (result.Setting, result.Threads)))
        {
            var measured = group.ToDictionary(result => (result.Case, result.Shape));
            bool Has(int[] shape) => measured.ContainsKey((GrowthShapes.Case, string.Join('x', shape)));
            var growth = GrowthShapes.Axes.SelectMany(GrowthShapes.Along).ToArray();
            if (group.Any(result => growth.All(shape => string.Join('x', shape) != result.Shape)))
            {
                yield return BenchmarkCharts.VersusTorch(results, group.Key.Setting, group.Key.Threads);
                yield return BenchmarkCharts.VersusCopy(results, group.Key.Setting, group.Key.Threads);
            }
            if (growth.All(Has))
                yield return BenchmarkCharts.Growth(results, group.Key.Setting, group.Key.Threads);
        }
    }
}
