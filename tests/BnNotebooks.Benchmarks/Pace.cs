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
    // beside; long loops it replaces while they run. So quick calls need some time, and slow ones no great number.
    const int WarmUpCalls = 80;
    const double ShortestWarmUp = 0.05, LongestWarmUp = 0.3; // seconds

    /// <summary>Warms a contestant up, and sets its pace by how long a call takes then.</summary>
    public static Pace Of(Contestant contestant)
    {
        var clock = Stopwatch.StartNew();
        var latest = 0.0;
        for (var call = 0; ; call++)
        {
            var start = clock.Elapsed.TotalSeconds;
            if (call >= 2 && start > (call < WarmUpCalls ? LongestWarmUp : ShortestWarmUp))
                break;
            contestant.Call();
            latest = clock.Elapsed.TotalSeconds - start;
        }
        var invocations = (int)Math.Clamp(Math.Ceiling(LongEnough / latest), 1, 1_000_000);
        var iterations = (int)Math.Clamp(RoundTime / (latest * invocations), 1, MostIterations);
        return new Pace(invocations, iterations, WarmUps: latest > RoundTime ? 0 : 1);
    }
}
