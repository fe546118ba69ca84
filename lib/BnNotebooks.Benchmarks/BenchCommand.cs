using System.Diagnostics;
using BnNotebooks.Benchmarking;
using Spectre.Console;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// <c>dotnet bn.cs bench</c>: measures, and writes the results, a table and the charts. Each result is in the file as soon as it is
/// there, so that a run can be stopped and gone on with, or made part by part.
/// </summary>
internal static class BenchCommand
{
    const int Failed = 1, Interrupted = 130;

    public static int Run(Selection selection)
    {
        if (selection.All.Count == 0)
        {
            Console.WriteLine($"No case of the {(selection.Quick ? "quick" : "full")} suite contains \"{selection.Filter}\" in its name, shape, setting or threads{(selection.Threads is { } threads ? $" with {threads} threads" : "")}. Some that there are:");
            foreach (var workload in Suite.Select(selection.Quick, null).DistinctBy(workload => workload.Case))
                Console.WriteLine($"  {workload}");
            return Failed;
        }

        var clock = Stopwatch.StartNew();
        var machine = ThisMachine.Read();
        Console.WriteLine(machine);
        var run = selection.IsWhole ? BenchmarkRun.On(machine) : Earlier(machine);
        if (selection.Missing)
            BenchmarkFile.Write(BenchmarkFile.LatestPath, run); // where the processes that measure see what there is already
        var workloads = selection.Of(run.Results);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var count = 0;
        try
        {
            // In each setting's process the cases stay in the suite's order.
            foreach (var setting in workloads.Select(workload => workload.Setting).Distinct())
                Measure(setting, selection, stop.Token, result =>
                {
                    run = Suite.InOrder(run.With(result));
                    BenchmarkFile.Write(BenchmarkFile.LatestPath, run);
                    Console.WriteLine($"» {++count}/{workloads.Count} {result.Key}");
                });
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped after {count} of {workloads.Count} cases, which are in {BenchmarkFile.LatestPath}. Go on with --missing.");
            return Interrupted;
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine(error.Message);
            return Failed;
        }

        Publish(run);
        Console.WriteLine(FormattableString.Invariant(
            $"{count} cases in {clock.Elapsed.TotalSeconds:0} s. Results: {BenchmarkFile.LatestPath}; charts: {ChartPage.Path}"));
        return 0;
    }

    /// <summary>What the file holds of this machine and these rivals. Anything else is set aside: it belongs into no table with what comes now.</summary>
    static BenchmarkRun Earlier(BenchmarkMachine machine)
    {
        var path = BenchmarkFile.LatestPath;
        if (!File.Exists(path))
            return BenchmarkRun.On(machine);
        try
        {
            if (BenchmarkFile.Read(path) is var run && run.Machine.IsLike(machine))
                return run with { Machine = machine with { Remark = machine.Remark ?? run.Machine.Remark } };
        }
        catch (InvalidDataException error)
        {
            Console.WriteLine(error.Message);
        }
        var aside = Path.ChangeExtension(path, ".before.json");
        File.Move(path, aside, overwrite: true);
        Console.WriteLine($"The results that there were are of another machine or of other versions; they are now in {aside}.");
        return BenchmarkRun.On(machine);
    }

    static void Publish(BenchmarkRun run)
    {
        ChartPage.Write(run);
        // Wide enough for the table: a terminal breaks long lines more legibly than the table its cells.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, ResultTable.Width);
        AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;
        AnsiConsole.Write(ResultTable.Of(run.Results));
        Console.WriteLine(ResultTable.Legend);
        Console.WriteLine(BenchmarkTables.Wins(run).ToText());
        if (run.Results.Any(result => !result.Won))
            Console.WriteLine(BenchmarkTables.Losses(run, LossCauses.Committed()).ToText());
        Console.WriteLine(run.Machine);
    }

    static void Measure(string setting, Selection selection, CancellationToken stop, Action<BenchmarkResult> add)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [MeasureCommand.Name, "--setting", setting, .. selection.Arguments])
        {
            RedirectStandardOutput = true,
        };
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
                $"The process that measures \"{setting}\" ended with exit code {child.ExitCode}. What it had measured is in {BenchmarkFile.LatestPath}; go on with --missing.");
    }
}
