using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The environment variables of the two settings. Allocators read theirs when a process starts, so each setting is measured in
/// a process of its own.
/// </summary>
internal static class ChildEnvironment
{
    /// <summary>What the process that measures a setting gets beside this one's environment.</summary>
    public static IEnumerable<(string Name, string Value)> Of(string setting)
    {
        // The runtime counts a method's calls from the first on, so that warming up takes 30 calls and not a tenth of a second.
        yield return ("DOTNET_TC_CallCountingDelayMs", "0");

        // libtorch allocates its outputs with malloc. By default glibc gets a large block from the system and gives it back
        // each time, and every page of it is mapped and zeroed anew. Told never to do either, it writes to the same pages
        // again. (Its threshold for large blocks cannot be set above 32 MB, so they are forbidden instead; and arenas of
        // other threads than the first hold at most 64 MB, so all share that one.) Other systems ignore these.
        yield return ("MALLOC_MMAP_MAX_", "0");
        yield return ("MALLOC_TRIM_THRESHOLD_", $"{1L << 40}");
        yield return ("MALLOC_ARENA_MAX", "1");
        if (setting == BenchmarkResult.Steady)
            yield break;

        // The same for .NET: arrays of more than 85,000 bytes come from a heap whose pages are given back at each collection. With
        // these they come, up to 256 MB, from where young objects are, and the pages stay. Users set them in runtimeconfig.json, as
        // System.GC.LOHThreshold, System.GC.RegionSize and System.GC.Concurrent.
        yield return ("DOTNET_GCLOHThreshold", "0x10000000");
        yield return ("DOTNET_GCRegionSize", "0x10000000");
        yield return ("DOTNET_gcConcurrent", "0");
    }
}
