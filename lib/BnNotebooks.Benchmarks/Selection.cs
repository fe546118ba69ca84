using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>Which cases a command measures.</summary>
/// <param name="Quick">Those of the two-minute version rather than of the full suite.</param>
/// <param name="Filter">Words that all must occur in a case's name, shape, setting and threads; null for any.</param>
/// <param name="Threads">Only those with so many threads; null for any.</param>
/// <param name="Missing">Only those without a result in the file.</param>
internal sealed record Selection(bool Quick, string? Filter, int? Threads, bool Missing)
{
    /// <summary>Whether all that the file holds is measured anew, so that it need not be kept.</summary>
    public bool IsWhole => Filter is null && Threads is null && !Missing;

    /// <summary>The cases, whether they have a result or not.</summary>
    public IReadOnlyList<Workload> All => [.. Suite.Select(Quick, Filter).Where(workload => workload.Threads == (Threads ?? workload.Threads))];

    /// <summary>The cases.</summary>
    /// <param name="before">The results that the file holds.</param>
    public IReadOnlyList<Workload> Of(IReadOnlyList<BenchmarkResult> before)
    {
        var measured = before.Select(result => result.Key).ToHashSet();
        return [.. All.Where(workload => !Missing || !measured.Contains(workload.Key))];
    }

    /// <summary>The same as arguments of a command line.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. Quick ? ["--quick"] : Array.Empty<string>(),
        .. Missing ? ["--missing"] : Array.Empty<string>(),
        .. Threads is null ? Array.Empty<string>() : ["--threads", $"{Threads}"],
        .. Filter is null ? Array.Empty<string>() : ["--filter", Filter],
    ];
}
