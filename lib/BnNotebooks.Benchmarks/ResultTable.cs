using System.Globalization;
using BnNotebooks.Benchmarking;
using Spectre.Console;

namespace BnNotebooks.Benchmarks;

/// <summary>The results on the console.</summary>
internal static class ResultTable
{
    /// <summary>What the columns mean.</summary>
    public const string Legend = "Medians in ms; 95 %: what nineteen in twenty readings of ours stay below. torch, t. last: libtorch, contiguous and channels_last; onnx: ONNX Runtime.\n"
        + "× best: the best rival's/ours, over 1 is faster; + stands where the case is won: 95 % below the best rival. × copy: ours/the faster copy. bytes: allocated by a call of ours.\n"
        + "(call): what this TorchSharp takes to add two single numbers, where that is a good part of its time.";

    /// <summary>Characters that a line of it takes.</summary>
    public const int Width = 212;

    // A call of TorchSharp that is shorter than this many empty ones is to a good part its overhead.
    const double SmallInCalls = 20;

    public static Table Of(IEnumerable<BenchmarkResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["case", "shape", "setting"])
            table.AddColumn(new TableColumn(name) { NoWrap = true });
        foreach (var name in (string[])["thr.", "ours", "95 %", "torch", "t. last", "(call)", "onnx", "scalar", "unfused", "copy", "streamed", "× best", "", "× copy", "bytes"])
            table.AddColumn(new TableColumn(name) { Alignment = Justify.Right, NoWrap = true });
        foreach (var r in results)
            table.AddRow(r.Case, r.Shape, r.Setting, $"{r.Threads}", Ms(r.OursMs), Ms(r.OursP95Ms),
                Ms(r.TorchMs), Ms(r.TorchChannelsLastMs), r.TorchMs < SmallInCalls * r.TorchCallMs ? Ms(r.TorchCallMs) : "",
                Ms(r.OnnxMs), Ms(r.ScalarMs), Ms(r.UnfusedMs), Ms(r.CopyMs), Ms(r.StreamingCopyMs),
                Number(r.VsBest, "0.00"), r.Won ? "+" : "", Number(r.VsLimit, "0.00"), $"{r.AllocatedBytes}");
        return table;
    }

    static string Ms(double? ms) => ms is { } value ? Number(value, value < 0.1 ? "0.00000" : value < 10 ? "0.000" : "0.0") : "";

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
