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

    /// <summary>How many times as fast as TorchSharp, for each layer and shape; the shapes of <see cref="Growth"/> are left out.</summary>
    /// <param name="results">Results of a run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">There is no such result.</exception>
    public static GenericChart VersusTorch(
        IEnumerable<BenchmarkResult> results, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        var shown = Select(results, setting, threads);
        var faster = shown.Count(result => result.VsTorch > 1);
        return ByLayer($"Faster than TorchSharp in {faster} of {shown.Length} cases ({Where(setting, threads)})",
            "times as fast as TorchSharp", shown, result => result.VsTorch);
    }

    /// <summary>
    /// How many times as long as a plain copy of the input, for each layer and shape; the shapes of <see cref="Growth"/> are
    /// left out.
    /// </summary>
    /// <param name="results">Results of a run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">There is no such result.</exception>
    public static GenericChart VersusCopy(
        IEnumerable<BenchmarkResult> results, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        var shown = Select(results, setting, threads);
        var near = shown.Count(result => result.VsCopy < 2);
        return ByLayer($"Less than two copies of the input in {near} of {shown.Length} cases ({Where(setting, threads)})",
            "times as long as a copy", shown, result => result.VsCopy);
    }

    /// <summary>How the cost of a batch norm in training grows with N, C and H×W: ours, TorchSharp's and a plain copy's.</summary>
    /// <param name="results">Results of a full run.</param>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="ArgumentException">The results lack one of the shapes in <see cref="GrowthShapes"/>.</exception>
    public static GenericChart Growth(
        IEnumerable<BenchmarkResult> results, string setting = BenchmarkResult.Steady, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(results);
        var byShape = results
            .Where(result => result.Case == GrowthShapes.Case && result.Setting == setting && result.Threads == threads)
            .ToDictionary(result => result.Shape);
        BenchmarkResult On(int[] shape) => byShape.GetValueOrDefault(string.Join('x', shape)) ?? throw new ArgumentException(
            $"There is no result of {GrowthShapes.Case} on {string.Join('x', shape)} ({Where(setting, threads)}). Measure the full suite with `dotnet bn.cs bench`.",
            nameof(results));

        var axes = GrowthShapes.Axes.Select(axis => (Name: axis, Results: GrowthShapes.Along(axis).Select(On).ToArray())).ToArray();
        var panels = axes.Select(axis =>
        {
            double[] millions = [.. GrowthShapes.Along(axis.Name).Select(shape => shape.Aggregate(1.0, (size, length) => size * length) / 1e6)];
            return Panels.Lines("numbers in the input, millions", "time of a call, ms",
                ("ours", millions, [.. axis.Results.Select(result => result.OursMs)]),
                ("TorchSharp", millions, [.. axis.Results.Select(result => result.TorchMs)]),
                ("plain copy", millions, [.. axis.Results.Select(result => result.CopyMs)]))
                with
            { Heading = $"{axis.Name} doubled", LogX = true, LogY = true };
        });
        var perDoubling = axes.Select(axis => Math.Pow(axis.Results[^1].OursMs / axis.Results[0].OursMs, 1.0 / (axis.Results.Length - 1))).ToArray();
        return Plot.Grid(
            $"Twice the input takes ours {Text(perDoubling.Min())} to {Text(perDoubling.Max())} times as long ({Where(setting, threads)})",
            columns: axes.Length, [.. panels]);
    }

    static BenchmarkResult[] Select(IEnumerable<BenchmarkResult> results, string setting, int threads)
    {
        ArgumentNullException.ThrowIfNull(results);
        var growth = GrowthShapes.Axes.SelectMany(GrowthShapes.Along).Select(shape => string.Join('x', shape)).ToHashSet();
        BenchmarkResult[] shown = [.. results.Where(result =>
            result.Setting == setting && result.Threads == threads && !growth.Contains(result.Shape))];
        return shown.Length > 0 ? shown : throw new ArgumentException(
            $"There is no result to show ({Where(setting, threads)}). Measure some with `dotnet bn.cs bench`.", nameof(results));
    }

    // A panel for each kind of batch norm that has many shapes, and one for all others, whose layers are named with the shape.
    static GenericChart ByLayer(string title, string yAxis, BenchmarkResult[] shown, Func<BenchmarkResult, double> ratio)
    {
        var panels = shown.GroupBy(result => Layer(result) is "batchnorm1d" or "batchnorm2d" ? Layer(result) : "others").Select(panel =>
        {
            string Label(BenchmarkResult result) => panel.Key == "others" ? $"{Layer(result)}<br>{result.Shape}" : result.Shape;
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
        return Plot.Grid(title, columns: 1, [.. panels]);
    }

    static string Layer(BenchmarkResult result) => result.Case.Split('/')[0];

    static string Where(string setting, int threads) => $"{setting}, {threads} thread{(threads == 1 ? "" : "s")}";

    static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
