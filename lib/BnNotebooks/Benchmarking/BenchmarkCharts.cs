using System.Globalization;
using BnNotebooks.Plotting;
using Plotly.NET;

namespace BnNotebooks.Benchmarking;

/// <summary>The charts of a benchmark run: what <c>dotnet bn.cs bench</c> writes and the notebook on benchmarks shows.</summary>
public static class BenchmarkCharts
{
    static readonly (string Name, string Ending)[] Passes =
    [
        ("training, forward", "/train/forward"),
        ("evaluation, forward", "/eval/forward"),
        ("training, forward and backward", "/train/forward+backward"),
    ];

    static readonly HashSet<string> GrowthOnly =
        [.. GrowthShapes.Axes.SelectMany(GrowthShapes.Along).Select(shape => string.Join('x', shape))];

    /// <summary>
    /// How many times as fast as the best rival, for each layer and shape, and how many cases that wins; the shapes of
    /// <see cref="Growth"/> are left out.
    /// </summary>
    /// <param name="run">A run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">There is no such result.</exception>
    public static GenericChart VersusBest(BenchmarkRun run, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        var shown = Select(run, setting, threads);
        return ByLayer($"{shown.Count(result => result.Won)} of {shown.Length} cases won ({Where(setting, threads)})",
            "times as fast as the best rival", run, shown, result => result.VsBest);
    }

    /// <summary>
    /// How many times as long as the faster of two copies of the input, for each layer and shape; the shapes of
    /// <see cref="Growth"/> are left out.
    /// </summary>
    /// <param name="run">A run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">There is no such result.</exception>
    public static GenericChart VersusLimit(BenchmarkRun run, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        var shown = Select(run, setting, threads);
        var near = shown.Count(result => result.VsLimit < 2);
        return ByLayer($"Less than two copies of the input in {near} of {shown.Length} cases ({Where(setting, threads)})",
            "times as long as the faster copy", run, shown, result => result.VsLimit);
    }

    /// <summary>How the cost of a batch norm in training grows with N, C and H×W: ours, the rivals' and the faster copy's.</summary>
    /// <param name="run">A full run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">The results lack one of the shapes in <see cref="GrowthShapes"/>.</exception>
    public static GenericChart Growth(BenchmarkRun run, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(run);
        var byShape = run.In(setting, threads).Where(result => result.Case == GrowthShapes.Case).ToDictionary(result => result.Shape);
        BenchmarkResult On(int[] shape) => byShape.GetValueOrDefault(string.Join('x', shape)) ?? throw new ArgumentException(
            $"There is no result of {GrowthShapes.Case} on {string.Join('x', shape)} ({Where(setting, threads)}). Measure the full suite with `dotnet bn.cs bench`.",
            nameof(run));

        var axes = GrowthShapes.Axes.Select(axis => (Name: axis, Results: GrowthShapes.Along(axis).Select(On).ToArray())).ToArray();
        var panels = axes.Select(axis =>
        {
            double[] millions = [.. GrowthShapes.Along(axis.Name).Select(shape => shape.Aggregate(1.0, (size, length) => size * length) / 1e6)];
            (string, double[], double[]) Line(string name, Func<BenchmarkResult, double> ms) => (name, millions, [.. axis.Results.Select(ms)]);
            var rivals = axis.Results[0].Rivals.Select(rival => rival.Name)
                .Select(name => Line(name, result => result.Rivals.First(rival => rival.Name == name).Ms));
            return Panels.Lines("numbers in the input, millions", "time of a call, ms",
                [Line("ours", result => result.OursMs), .. rivals, Line("faster copy", result => result.LimitMs)])
                with
            { Heading = $"{axis.Name} doubled", LogX = true, LogY = true };
        });
        var perDoubling = axes.Select(axis => Math.Pow(axis.Results[^1].OursMs / axis.Results[0].OursMs, 1.0 / (axis.Results.Length - 1))).ToArray();
        return Plot.Grid(
            Title($"Twice the input takes ours {Text(perDoubling.Min())} to {Text(perDoubling.Max())} times as long ({Where(setting, threads)})", run.Machine),
            columns: axes.Length, [.. panels]);
    }

    static BenchmarkResult[] Select(BenchmarkRun run, string setting, int threads)
    {
        ArgumentNullException.ThrowIfNull(run);
        BenchmarkResult[] shown = [.. run.In(setting, threads).Where(result => !GrowthOnly.Contains(result.Shape))];
        return shown.Length > 0 ? shown : throw new ArgumentException(
            $"There is no result to show ({Where(setting, threads)}). Measure some with `dotnet bn.cs bench`.", nameof(run));
    }

    // A panel for each kind of batch norm that has many shapes, one for all that is fused, and one for all others; in these two the
    // layers are named with the shape.
    static GenericChart ByLayer(string finding, string yAxis, BenchmarkRun run, BenchmarkResult[] shown, Func<BenchmarkResult, double> ratio)
    {
        static string PanelOf(BenchmarkResult result) => Layer(result) switch
        {
            "batchnorm1d" or "batchnorm2d" => Layer(result),
            var layer => layer.Contains('+') ? "fused" : "others",
        };
        var panels = shown.GroupBy(PanelOf).Select(panel =>
        {
            string Label(BenchmarkResult result) => panel.Key is "fused" or "others" ? $"{Layer(result)}<br>{result.Shape}" : result.Shape;
            string[] labels = [.. panel.Select(Label).Distinct()];
            double Height(string label, string ending) => panel
                .Where(result => Label(result) == label && result.Case.EndsWith(ending, StringComparison.Ordinal))
                .Select(ratio).FirstOrDefault(double.NaN);
            return Panels.Bars("shape of the input", yAxis, labels, [.. Passes
                .Select(pass => (pass.Name, Values: labels.Select(label => Height(label, pass.Ending)).ToArray(), (double[]?)null))
                .Where(series => series.Values.Any(double.IsFinite))])
                with
            { Heading = panel.Key, LogY = true };
        });
        return Plot.Grid(Title(finding, run.Machine), columns: 1, [.. panels]);
    }

    // The finding, and smaller below it against whom and on what.
    static string Title(string finding, BenchmarkMachine machine) =>
        $"{finding}<br><sup>against {machine.Rivals}</sup><br><sup>{machine.Hardware}</sup>";

    static string Layer(BenchmarkResult result) => result.Case.Split('/')[0];

    static string Where(string setting, int threads) => $"{setting}, {threads} thread{(threads == 1 ? "" : "s")}";

    static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
