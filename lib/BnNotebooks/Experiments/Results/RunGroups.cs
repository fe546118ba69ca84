using System.Collections;
using BnNotebooks.Views;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Experiments;

/// <summary>Several groups of runs, to be compared.</summary>
/// <param name="groups">The groups, in the order in which they are shown.</param>
public sealed class RunGroups(IReadOnlyList<RunGroup> groups) : IReadOnlyList<RunGroup>
{
    /// <summary>How many groups there are.</summary>
    public int Count => groups.Count;

    /// <summary>The group with this number, from 0.</summary>
    public RunGroup this[int index] => groups[index];

    /// <summary>The group of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public RunGroup this[string name] => groups.FirstOrDefault(group => group.Name == name)
        ?? throw new ArgumentException($"Expected one of {string.Join(", ", groups.Select(group => group.Name))}, but it is '{name}'.", nameof(name));

    /// <summary>The groups one after the other.</summary>
    public IEnumerator<RunGroup> GetEnumerator() => groups.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One row for each run: group, seed and how it ended.</summary>
    public DataFrame ToDataFrame()
    {
        Run[] runs = [.. groups.SelectMany(group => group.Runs)];
        DoubleDataFrameColumn Column(string name, Func<Run, double> value) => new(name, runs.Select(value));
        return new DataFrame(
            new StringDataFrameColumn("group", groups.SelectMany(group => group.Runs.Select(_ => group.Name))),
            Column("seed", run => run.Seed),
            Column("test accuracy", run => run.TestAccuracy),
            Column("test loss", run => run.TestLoss),
            Column("final training loss", run => run.FinalLoss),
            Column("diverged", run => run.Diverged ? 1 : 0),
            Column("seconds", run => run.TrainingTime.TotalSeconds));
    }

    /// <summary>One row for each group, with means and 95 % intervals over the seeds.</summary>
    public Table ToTable()
    {
        var classifies = groups[0].Runs[0].Experiment.Data.Classes > 0;
        string[] Row(RunGroup group) =>
        [
            group.Name,
            .. classifies ? [group.Interval(run => run.TestAccuracy).ToString(100)] : Array.Empty<string>(),
            group.Interval(run => run.TestLoss).ToString(),
            group.Interval(run => run.FinalLoss).ToString(),
            $"{group.Runs.Count(run => run.Diverged)} of {group.Runs.Count}",
        ];
        return new Table(
            ["", .. classifies ? ["test accuracy, %"] : Array.Empty<string>(), "test loss", "final training loss", "diverged"],
            [.. groups.Select(Row)])
        {
            Caption = "mean ± 95 % interval over the seeds",
        };
    }
}
