using BnNotebooks.Benchmarking;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>Results that nobody measured, for tests of what is done with results.</summary>
internal static class Results
{
    public static readonly BenchmarkMachine Machine = new("a processor", Cores: 2, VectorBits: 256, ".NET 10", "2.10.0", "0.107.0", "1.31.1", Remark: null);

    public static BenchmarkResult Of(string @case, string shape, string setting = BenchmarkResult.Steady, int threads = 1,
        double ours = 2, double torch = 8, double copy = 1, double? channelsLast = null, double? onnx = null, double? p95 = null) =>
        new(@case, shape, setting, threads, ours, p95 ?? ours, torch, channelsLast, onnx, ScalarMs: 160, UnfusedMs: null,
            copy, StreamingCopyMs: 2 * copy, AllocatedBytes: 0, OursFreshPages: 0, RivalFreshPages: 0, TorchCallMs: 0.001);

    public static BenchmarkRun Run(params IEnumerable<BenchmarkResult> results) => new(Machine, [.. results]);

    /// <summary>Results on every shape along which growth is shown; ours takes 0.01 ms for a thousand numbers.</summary>
    public static IEnumerable<BenchmarkResult> Growth() => GrowthShapes.Axes.SelectMany(GrowthShapes.Along)
        .DistinctBy(shape => string.Join('x', shape))
        .Select(shape => Of(GrowthShapes.Case, string.Join('x', shape), ours: 1e-5 * shape.Aggregate(1, (size, length) => size * length)));
}
