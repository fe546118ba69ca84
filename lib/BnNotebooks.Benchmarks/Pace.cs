using System.Diagnostics;

namespace BnNotebooks.Benchmarks;

/// <summary>How often a contestant is called for one reading of the clock, and how many readings are taken in a round.</summary>
/// <param name="Invocations">Calls for one reading.</param>
/// <param name="Iterations">Readings of a round.</param>
/// <param name="WarmUps">Readings before them, which do not count.</param>
/// <param name="Rounds">Rounds in which it takes part.</param>
internal sealed record Pace(int Invocations, int Iterations, int WarmUps, int Rounds)
{
    /// <summary>Readings of a round, at most.</summary>
    public const int MostIterations = 4;

    /// <summary>Rounds of a measurement.</summary>
    public const int MostRounds = 3;

    const double LongEnough = 0.005, RoundTime = 0.06; // seconds: of one reading, and of the readings of a round

    // Who takes so many seconds for one call comes to fewer rounds; ours, of which more than the middle is wanted, to all.
    const double Slow = 0.1;
    const int RoundsOfSlow = 3;

    // The runtime compiles a method twice more, better each time, after 30 calls each (see ChildEnvironment), on a thread
    // beside; long loops it replaces while they run. On a busy machine half a second goes by until all is done. Which code runs
    // depends on the shape, and some on the number of threads.
    const double FirstTime = 0.6, FewCallsYet = 0.3, Again = 0.05, Native = 0.1; // seconds
    const int ManyCalls = 80;

    // So many calls take memory from libtorch's allocator before it finds room for large results among what it holds.
    const int CallsToSettle = 10, FewestCalls = 2;

    /// <summary>Warms a contestant up, and sets its pace by how long a call takes then.</summary>
    /// <param name="contestant">Who is to be measured.</param>
    /// <param name="first">Whether this process has not yet measured this case on this shape.</param>
    public static Pace Of(Contestant contestant, bool first)
    {
        var fewest = first && !contestant.IsManaged ? CallsToSettle : FewestCalls;
        var clock = Stopwatch.StartNew();
        var quickest = double.MaxValue;
        for (var call = 0; ; call++)
        {
            var start = clock.Elapsed.TotalSeconds;
            if (call >= fewest && start > WarmUpTime(contestant, first, call))
                break;
            contestant.Call();
            quickest = Math.Min(quickest, clock.Elapsed.TotalSeconds - start);
        }
        var invocations = (int)Math.Clamp(Math.Ceiling(LongEnough / quickest), 1, 1_000_000);
        var iterations = (int)Math.Clamp(RoundTime / (quickest * invocations), contestant.LeastIterations, MostIterations);
        // A reading that does not count takes time too, and BenchmarkDotNet makes one call before it anyway.
        var warmUps = quickest > Slow ? 0 : (contestant.SettlingCalls + invocations - 1) / invocations;
        var rounds = quickest > Slow && contestant.LeastIterations == 1 ? RoundsOfSlow : MostRounds;
        return new Pace(invocations, iterations, warmUps, rounds);
    }

    static double WarmUpTime(Contestant contestant, bool first, int calls)
    {
        if (!contestant.IsManaged)
            return first ? Native : Again;
        return first ? FirstTime : calls < ManyCalls ? FewCallsYet : Again;
    }
}
