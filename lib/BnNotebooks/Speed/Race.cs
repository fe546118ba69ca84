using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using BnNotebooks.Views;

namespace BnNotebooks.Speed;

/// <summary>
/// A small stopwatch for comparisons inside a notebook. The contestants take turns, so that whatever drifts hits all alike;
/// they warm up first, until just-in-time compilation is over. For results to rely on there is <c>dotnet bn.cs bench</c>.
/// </summary>
/// <param name="Timings">One for each contestant, in the order in which they were given.</param>
public sealed record Race(IReadOnlyList<Timing> Timings)
{
    // The runtime waits for a tenth of a second without new methods before it counts calls, and then optimizes what is called
    // often. A notebook's own compiler keeps it busy at first: its methods come before ours.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(0.25), LongestWarmUp = TimeSpan.FromSeconds(4);
    const int SettledTurns = 2;

    /// <summary>Warms up, then lets the contestants take turns.</summary>
    /// <param name="rounds">How often each is timed.</param>
    /// <param name="contestants">Names and calls.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rounds is not positive.</exception>
    public static Race Run(int rounds, params (string Name, Action Call)[] contestants)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        WarmUp(contestants);

        var times = contestants.Select(_ => new double[rounds]).ToArray();
        var faults = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                var before = Pages.Faults();
                var start = Stopwatch.GetTimestamp();
                contestants[i].Call();
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                faults[i][round] = Pages.Faults() - before ?? double.NaN;
            }
        }
        return new Race([.. contestants.Select((contestant, i) => new Timing(contestant.Name, times[i]) { PageFaults = faults[i] })]);
    }

    /// <summary>Calls the contestants in turn until, for a while and for some turns, the runtime has compiled nothing.</summary>
    static void WarmUp((string Name, Action Call)[] contestants)
    {
        var begin = Stopwatch.GetTimestamp();
        var (compiled, since, turns) = (-1L, begin, 0);
        while (turns < SettledTurns || (Stopwatch.GetElapsedTime(since) < Settled && Stopwatch.GetElapsedTime(begin) < LongestWarmUp))
        {
            foreach (var (_, call) in contestants)
                call();
            turns++;
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled && Stopwatch.GetElapsedTime(begin) < LongestWarmUp)
                (compiled, since, turns) = (now, Stopwatch.GetTimestamp(), 0);
        }
    }

    /// <summary>The times of one contestant.</summary>
    /// <exception cref="KeyNotFoundException">No contestant has this name.</exception>
    public Timing this[string name] => Timings.FirstOrDefault(timing => timing.Name == name)
        ?? throw new KeyNotFoundException($"No contestant is called \"{name}\"; there are {string.Join(", ", Timings.Select(timing => timing.Name))}.");

    /// <summary>Medians, quartiles, each one's time as a multiple of the first's, and page faults where they can be counted.</summary>
    public Table ToTable()
    {
        var counted = Timings.All(timing => double.IsFinite(timing.MedianPageFaults));
        string[] Row(Timing timing) =>
        [
            timing.Name, Digits(timing.Median), $"{Digits(timing.Quantile(0.25))} … {Digits(timing.Quantile(0.75))}",
            $"{Digits(timing.Over(Timings[0]).Median)} ×",
            .. counted ? [timing.MedianPageFaults.ToString("N0", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        ];
        return new Table(
            ["", "median, ms", "middle half, ms", $"against {Timings[0].Name}", .. counted ? ["page faults"] : Array.Empty<string>()],
            [.. Timings.Select(Row)]);
    }

    /// <summary>Three digits are more than a timing deserves already.</summary>
    static string Digits(double value) => value.ToString(value switch { < 0.1 => "0.0000", < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
