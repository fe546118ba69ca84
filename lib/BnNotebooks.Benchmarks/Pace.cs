using System.Diagnostics;

namespace BnNotebooks.Benchmarks;

/// <summary>How often a contestant is called for one reading of the clock, and how many readings are taken in a round.</summary>
/// <param name="Invocations">Calls for one reading.</param>
/// <param name="Iterations">Readings of a round.</param>
/// <param name="WarmUps">Readings before them, which do not count.</param>
internal sealed record Pace(int Invocations, int Iterations, int WarmUps)
{
    const double LongEnough = 0.005, RoundTime = 0.08; // seconds: of one reading, and of the readings of a round
    const int MostIterations = 4;

    // The runtime compiles a method twice more, better each time, after 30 calls each (see ChildEnvironment), on a thread
    // beside; long loops it replaces while they run. On a busy machine half a second goes by until all is done.
    const double Again = 0.05, SlowAgain = 0.3; // seconds
    const int ManyCalls = 80;

    /// <summary>Warms a contestant up, and sets its pace by how long a call takes then.</summary>
    /// <param name="contestant">Who is to be measured.</param>
    /// <param name="first">Whether this process has not yet measured this case on this shape.</param>
    public static Pace Of(Contestant contestant, bool first)
    {
        var clock = Stopwatch.StartNew();
        var quickest = double.MaxValue;
        for (var call = 0; ; call++)
        {
            var start = clock.Elapsed.TotalSeconds;
            if (call >= 2 && start > (first ? contestant.FirstWarmUp : call < ManyCalls ? SlowAgain : Again))
                break;
            contestant.Call();
            quickest = Math.Min(quickest, clock.Elapsed.TotalSeconds - start);
        }
        var invocations = (int)Math.Clamp(Math.Ceiling(LongEnough / quickest), 1, 1_000_000);
        var iterations = (int)Math.Clamp(RoundTime / (quickest * invocations), 1, MostIterations);
        // A reading that does not count takes time too, and BenchmarkDotNet makes one call before it anyway.
        var warmUps = quickest > RoundTime ? 0 : (contestant.SettlingCalls + invocations - 1) / invocations;
        return new Pace(invocations, iterations, warmUps);
    }
}
