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

    public static Command Create(Func<ParseResult, Selection> selection)
    {
        var setting = new Option<string>("--setting") { Required = true };
        var command = new Command(Name, "Measures the cases of one setting.") { setting };
        command.Hidden = true;
        command.SetAction(parsed => Run(selection(parsed), parsed.GetValue(setting)!));
        return command;
    }

    static void Run(Selection selection, string setting)
    {
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // Ctrl-C comes here too; the parent ends this process

        // The results alone go to the standard output; whatever else is written there would be taken for one.
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        IReadOnlyList<BenchmarkResult> before = selection.Missing ? BenchmarkFile.Read(BenchmarkFile.LatestPath).Results : [];
        var torchCallMs = TorchCallMs();
        var singles = before.Where(result => result.Threads == 1 && result.Setting == setting)
            .ToDictionary(result => (result.Case, result.Shape));
        Inputs? inputs = null;
        foreach (var workload in selection.Of(before).Where(workload => workload.Setting == setting))
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
                singles[(workload.Case, workload.Shape)] = result;
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
                one.Plus(one).Dispose();
            reading = clock.Elapsed.TotalMilliseconds / Calls;
        }
        return Measurement.Digits(Quantiles.Median(readings));
    }
}
