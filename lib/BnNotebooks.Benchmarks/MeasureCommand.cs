using System.CommandLine;
using System.Diagnostics;
using BnNotebooks.Benchmarking;
using TorchSharp;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// <c>measure</c>: the cases of one setting, in a process of its own with that setting's environment. One line of JSON a
/// result on the standard output. <see cref="BenchCommand"/> starts it.
/// </summary>
internal static class MeasureCommand
{
    public const string Name = "measure";

    public static Command Create(Option<bool> quick, Option<string?> filter)
    {
        var setting = new Option<string>("--setting") { Required = true };
        var command = new Command(Name, "Measures the cases of one setting.") { setting };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var workloads = Suite.Select(parsed.GetValue(quick), parsed.GetValue(filter));
            Run([.. workloads.Where(workload => workload.Setting == parsed.GetValue(setting))]);
        });
        return command;
    }

    static void Run(IReadOnlyList<Workload> workloads)
    {
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // Ctrl-C comes here too; the parent ends this process

        // The results alone go to the standard output; whatever else is written there would be taken for one.
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        var torchCallMs = TorchCallMs();
        var singles = new Dictionary<(string Case, string Shape), BenchmarkResult>();
        Inputs? inputs = null;
        foreach (var workload in workloads)
        {
            if (inputs?.Serve(workload) != true)
            {
                inputs = null; // so that the old numbers can go before the new ones come
                inputs = new Inputs(workload);
            }
            Inputs numbers = inputs;
            var result = Disturbance.LeastOf(
                () => Measurement.Of(numbers, workload, torchCallMs), singles.GetValueOrDefault((workload.Case, workload.Shape)));
            if (workload.Threads == 1)
                singles.Add((workload.Case, workload.Shape), result);
            output.WriteLine(BenchmarkFile.ToLine(result));
            output.Flush();
        }
    }

    /// <summary>What a call of TorchSharp takes that adds two single numbers: milliseconds, the median of 21 readings.</summary>
    static double TorchCallMs()
    {
        const int Calls = 2000, Readings = 21;
        torch.set_num_threads(1);
        using var one = torch.ones(1);
        var readings = new double[Readings];
        foreach (ref var reading in readings.AsSpan())
        {
            var clock = Stopwatch.StartNew();
            for (var call = 0; call < Calls; call++)
                (one + one).Dispose();
            reading = clock.Elapsed.TotalMilliseconds / Calls;
        }
        return Measurement.MedianOf(readings);
    }
}
