using System.Diagnostics;

namespace BnNotebooks.Benchmarks;

/// <summary>Whether the machine has its cores to itself: two spinning threads finish about as fast as one.</summary>
internal static class QuietMachine
{
    const double Tolerance = 1.1;
    const int Attempts = 3;

    /// <summary>How much longer two threads take than one for the same work each; the best of a few attempts.</summary>
    public static double Slowdown()
    {
        Spin(); // once, to have it compiled
        return Enumerable.Range(0, Attempts).Min(_ => Together(2) / Together(1));
    }

    /// <summary>What is to be said about such a slowdown, or null if the machine is quiet.</summary>
    public static string? Complaint(double slowdown) => slowdown <= Tolerance ? null : FormattableString.Invariant(
        $"The machine is not quiet: two threads that only count take {slowdown:0.00} times as long as one. Something else is computing, or the cores are shared; results at {Environment.ProcessorCount} threads are not to be trusted.");

    static double Together(int threads)
    {
        var clock = Stopwatch.StartNew();
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(() => Spin())).ToArray();
        foreach (var other in others)
            other.Start();
        Spin();
        foreach (var other in others)
            other.Join();
        return clock.Elapsed.TotalSeconds;
    }

    static ulong Spin()
    {
        var state = 1UL;
        for (var i = 0; i < 100_000_000; i++)
            state = state * 6364136223846793005 + 1442695040888963407;
        return state;
    }
}
