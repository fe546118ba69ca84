using System.Globalization;
using BnNotebooks.Benchmarking;
using Spectre.Console;

namespace BnNotebooks.Benchmarks;

/// <summary>The results on the console.</summary>
internal static class ResultTable
{
    /// <summary>What the columns mean.</summary>
    public const string Legend = "Medians in ms. × torch: torch/ours, over 1 is faster. × copy: ours/copy, 1 is the memory's limit.\n"
        + "(call): what this TorchSharp takes to add two single numbers, where that is a good part of its time. bytes: allocated by a call of ours.";

    /// <summary>Characters that a line of it takes.</summary>
    public const int Width = 156;

    // A call of TorchSharp that is shorter than this many empty ones is to a good part its overhead.
    const double SmallInCalls = 20;

    public static Table Of(IEnumerable<BenchmarkResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["case", "shape", "setting"])
            table.AddColumn(new TableColumn(name) { NoWrap = true });
        foreach (var name in (string[])["thr.", "ours", "torch", "(call)", "copy", "scalar", "× torch", "× copy", "bytes"])
            table.AddColumn(new TableColumn(name) { Alignment = Justify.Right, NoWrap = true });
        foreach (var r in results)
            table.AddRow(r.Case, r.Shape, r.Setting, $"{r.Threads}", Ms(r.OursMs), Ms(r.TorchMs),
                r.TorchMs < SmallInCalls * r.TorchCallMs ? Ms(r.TorchCallMs) : "", Ms(r.CopyMs), Ms(r.ScalarMs),
                Number(r.VsTorch, "0.00"), Number(r.VsCopy, "0.00"), $"{r.AllocatedBytes}");
        return table;
    }

    static string Ms(double ms) => Number(ms, ms < 0.1 ? "0.00000" : ms < 10 ? "0.000" : "0.0");

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
