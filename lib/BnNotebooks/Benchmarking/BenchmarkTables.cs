using System.Globalization;
using BnNotebooks.Views;

namespace BnNotebooks.Benchmarking;

/// <summary>The tables of a benchmark run: what is won, what is lost and why, and what fusing buys.</summary>
public static class BenchmarkTables
{
    /// <summary>
    /// How many cases are won (<see cref="BenchmarkResult.Won"/>), and how many times as fast as the best rival, as the geometric mean
    /// over the shapes: by case, setting and threads.
    /// </summary>
    public static Table Wins(BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var settings = run.Results.Select(result => (result.Setting, result.Threads)).Distinct()
            .OrderByDescending(setting => setting.Setting).ThenBy(setting => setting.Threads).ToArray();
        string[] Row(string name, IEnumerable<BenchmarkResult> some) => [name, .. settings
            .Select(setting => some.Where(result => (result.Setting, result.Threads) == setting).ToArray())
            .Select(cell => cell.Length == 0 ? "" : $"{cell.Count(result => result.Won)}/{cell.Length},\u00a0×\u00a0{Text(GeometricMean(cell.Select(result => result.VsBest)))}")];
        return new Table(
            ["won, and times as fast as the best rival", .. settings.Select(setting => $"{setting.Setting}, {setting.Threads} thr.")],
            [.. run.Results.GroupBy(result => result.Case).Select(group => Row(group.Key, group)), Row("all", run.Results)])
        { Caption = Caption($"{run.Results.Count(result => result.Won)} of {run.Results.Count} cases are won", run.Machine) };
    }

    /// <summary>The cases that are not won, the widest gap first, each with its cause.</summary>
    /// <param name="run">A run.</param>
    /// <param name="causes">What is known of the causes.</param>
    public static Table Losses(BenchmarkRun run, LossCauses causes)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(causes);
        BenchmarkResult[] lost = [.. run.Results.Where(result => !result.Won).OrderBy(result => result.VsBest)];
        return new Table(
            ["", "shape", "setting", "threads", "cause", "ours, ms", "95 %", "best rival", "its ms", "times as fast"],
            [.. lost.Select(result => (string[])
            [
                result.Case, result.Shape, result.Setting, $"{result.Threads}", causes.Of(result),
                Ms(result.OursMs), Ms(result.OursP95Ms), result.BestRival, Ms(result.BestRivalMs), Text(result.VsBest),
            ])])
        { Caption = Caption($"{lost.Length} of {run.Results.Count} cases are not won", run.Machine), FirstNumericColumn = 5 };
    }

    /// <summary>The fused layers against the best rival, against ourselves unfused, and against the faster copy.</summary>
    public static Table Fused(BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        BenchmarkResult[] fused = [.. run.Results.Where(result => result.UnfusedMs is not null)];
        return new Table(
            ["", "shape", "setting", "threads", "ours, ms", "× best rival", "× ours unfused", "copies"],
            [.. fused.Select(result => (string[])
            [
                result.Case, result.Shape, result.Setting, $"{result.Threads}",
                Ms(result.OursMs), Text(result.VsBest), Text(result.VsUnfused!.Value), Text(result.VsLimit),
            ])])
        { Caption = Caption("Several operations in one pass", run.Machine), FirstNumericColumn = 3 };
    }

    static string Caption(string finding, BenchmarkMachine machine) => $"{finding}, against {machine.Rivals}; {machine.Hardware}";

    static double GeometricMean(IEnumerable<double> values) => MathNet.Numerics.Statistics.Statistics.GeometricMean(values);

    static string Ms(double ms) => ms.ToString("G3", CultureInfo.InvariantCulture);

    static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
