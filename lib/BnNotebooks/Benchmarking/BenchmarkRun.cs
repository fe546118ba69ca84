using System.Text.Json.Serialization;

namespace BnNotebooks.Benchmarking;

/// <summary>Results, and what they were measured on.</summary>
/// <param name="Machine">The machine and the rivals' versions.</param>
/// <param name="Results">The results, in the suite's order.</param>
public sealed record BenchmarkRun(
    [property: JsonPropertyName("machine")] BenchmarkMachine Machine,
    [property: JsonPropertyName("results")] IReadOnlyList<BenchmarkResult> Results)
{
    /// <summary>A run with nothing measured yet.</summary>
    public static BenchmarkRun On(BenchmarkMachine machine) => new(machine, []);

    /// <summary>The same run with one more result, or with this one in the place of an older one of the same case.</summary>
    /// <param name="result">The result.</param>
    public BenchmarkRun With(BenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return this with { Results = [.. Results.Where(other => other.Key != result.Key), result] };
    }

    /// <summary>The results of one setting and number of threads.</summary>
    /// <param name="setting"><see cref="BenchmarkResult.Steady"/> or <see cref="BenchmarkResult.AsCalled"/>.</param>
    /// <param name="threads">The number of threads.</param>
    public IEnumerable<BenchmarkResult> In(string setting, int threads) =>
        Results.Where(result => result.Setting == setting && result.Threads == threads);
}
