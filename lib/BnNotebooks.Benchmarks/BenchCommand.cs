using System.CommandLine;
using System.Diagnostics;
using BnNotebooks.Benchmarking;
using Spectre.Console;

namespace BnNotebooks.Benchmarks;

/// <summary><c>dotnet bn.cs bench</c>: measures, and writes the results, a table and the charts.</summary>
internal static class BenchCommand
{
    const int Failed = 1, Interrupted = 130;

    public static int Run(bool quick, string? filter)
    {
        var workloads = Suite.Select(quick, filter);
        if (workloads.Count == 0)
        {
            Console.WriteLine($"No case of the {(quick ? "quick" : "full")} suite contains \"{filter}\" in its name, shape, setting or threads. Some that there are:");
            foreach (var workload in Suite.Select(quick, null).DistinctBy(workload => workload.Case))
                Console.WriteLine($"  {workload}");
            return Failed;
        }

        var clock = Stopwatch.StartNew();
        var machine = Machine.Describe();
        Console.WriteLine(machine);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var results = new List<BenchmarkResult>();
        try
        {
            // In each setting's process the cases stay in the suite's order.
            foreach (var setting in workloads.Select(workload => workload.Setting).Distinct())
                Measure(setting, quick, filter, stop.Token, result =>
                {
                    results.Add(result);
                    Console.WriteLine($"» {results.Count}/{workloads.Count} {result.Case} {result.Shape}, {result.Setting}, threads: {result.Threads}");
                });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. {BenchmarkFile.LatestPath} is as it was.");
            return Interrupted;
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine(error.Message);
            return Failed;
        }

        var order = workloads.Select((workload, index) => (Key: (workload.Case, workload.Shape, workload.Setting, workload.Threads), index))
            .ToDictionary(place => place.Key, place => place.index);
        Publish([.. results.OrderBy(result => order[(result.Case, result.Shape, result.Setting, result.Threads)])], machine);
        Console.WriteLine(FormattableString.Invariant(
            $"{results.Count} cases in {clock.Elapsed.TotalSeconds:0} s. Results: {BenchmarkFile.LatestPath}; charts: {ChartPage.Path}"));
        return 0;
    }

    static void Publish(IReadOnlyList<BenchmarkResult> results, string machine)
    {
        BenchmarkFile.Write(BenchmarkFile.LatestPath, results, machine);
        ChartPage.Write(results, machine);
        // Wide enough for the table: a terminal breaks long lines more legibly than the table its cells.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, ResultTable.Width);
        AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;
        AnsiConsole.Write(ResultTable.Of(results));
        Console.WriteLine(ResultTable.Legend);
        Console.WriteLine(machine);
    }

    static void Measure(string setting, bool quick, string? filter, CancellationToken stop, Action<BenchmarkResult> add)
    {
        List<string> arguments = [MeasureCommand.Name, "--setting", setting];
        if (quick)
            arguments.Add("--quick");
        if (filter is not null)
            arguments.AddRange(["--filter", filter]);
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in ChildEnvironment.Of(setting))
            start.Environment[name] = value;

        using var child = Process.Start(start)!;
        using var kill = stop.Register(() => child.Kill(entireProcessTree: true));
        while (child.StandardOutput.ReadLine() is { } line)
        {
            stop.ThrowIfCancellationRequested(); // the last line of a killed process may be a part of one
            add(BenchmarkFile.FromLine(line));
        }
        child.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (child.ExitCode != 0)
            throw new InvalidOperationException(
                $"The process that measures \"{setting}\" ended with exit code {child.ExitCode}; nothing was written.");
    }
}
