using BnNotebooks.Benchmarking;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>Results that nobody measured, for tests of what is done with results.</summary>
internal static class Results
{
    public static BenchmarkResult Of(string @case, string shape, string setting = BenchmarkResult.Steady, int threads = 1,
        double ours = 2, double torch = 8, double copy = 1) =>
        new(@case, shape, setting, threads, ours, torch, copy, AllocatedBytes: 0, ScalarMs: 16, TorchCallMs: 0.001);

    /// <summary>Results on every shape along which growth is shown; ours takes 0.01 ms for a thousand numbers.</summary>
    public static IEnumerable<BenchmarkResult> Growth() => GrowthShapes.Axes.SelectMany(GrowthShapes.Along)
        .DistinctBy(shape => string.Join('x', shape))
        .Select(shape => Of(GrowthShapes.Case, string.Join('x', shape), ours: 1e-5 * shape.Aggregate(1, (size, length) => size * length)));
}
