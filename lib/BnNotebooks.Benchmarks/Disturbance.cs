using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// Threads that wait awake for each other, as libtorch's and ONNX Runtime's do, take a hundred times as long when something else has one of the
/// cores. A ratio to such a time says nothing, so a case that several threads made much slower is measured again.
/// </summary>
internal static class Disturbance
{
    const int Attempts = 3;

    // Sharing work that is not worth it costs up to this much on a quiet machine.
    const double TooMuch = 3;

    /// <summary>Measures until ours and the rivals' are in proportion to what they take with one thread, at most three times.</summary>
    /// <param name="measure">Measures the case.</param>
    /// <param name="single">The same case with one thread; null if there is none, and then once is enough.</param>
    /// <returns>The least disturbed of the attempts.</returns>
    public static BenchmarkResult LeastOf(Func<BenchmarkResult> measure, BenchmarkResult? single)
    {
        var least = measure();
        for (var attempt = 1; attempt < Attempts && single is not null && Slowdown(least, single) > TooMuch; attempt++)
        {
            var again = measure();
            if (Slowdown(again, single) < Slowdown(least, single))
                least = again;
        }
        return least;
    }

    static double Slowdown(BenchmarkResult several, BenchmarkResult single) =>
        several.Rivals.Zip(single.Rivals, (now, then) => now.Ms / then.Ms).Append(several.OursMs / single.OursMs).Max();
}
