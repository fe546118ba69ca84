using System.Diagnostics;

namespace BnNotebooks.Benchmarks;

/// <summary>How often a contestant is called for one reading of the clock, and how many readings are taken in a round.</summary>
/// <param name="Invocations">Calls for one reading.</param>
/// <param name="Iterations">Readings of a round.</param>
/// <param name="WarmUps">Readings before them, which do not count.</param>
internal sealed record Pace(int Invocations, int Iterations, int WarmUps)
{
    const double LongEnough = 0.005, RoundTime = 0.12; // seconds: of one reading, and of the readings of a round
    const int MostIterations = 7;

    // The runtime compiles a method anew, and well, after 30 calls (see ChildEnvironment); slow ones have loops that it
    // replaces while they run.
    const int WarmUpCalls = 60;
    const double WarmUpTime = 0.3;

    /// <summary>Warms a contestant up, and sets its pace by how long a call takes then.</summary>
    public static Pace Of(Contestant contestant)
    {
        var clock = Stopwatch.StartNew();
        var latest = 0.0;
        for (var call = 0; call < 2 || (call < WarmUpCalls && clock.Elapsed.TotalSeconds < WarmUpTime); call++)
        {
            var start = clock.Elapsed.TotalSeconds;
            contestant.Call();
            latest = clock.Elapsed.TotalSeconds - start;
        }
        var invocations = (int)Math.Clamp(Math.Ceiling(LongEnough / latest), 1, 1_000_000);
        var iterations = (int)Math.Clamp(RoundTime / (latest * invocations), 1, MostIterations);
        return new Pace(invocations, iterations, WarmUps: latest > RoundTime ? 0 : 1);
    }
}
