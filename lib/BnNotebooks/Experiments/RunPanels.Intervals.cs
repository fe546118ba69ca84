using BnNotebooks.Plotting;

namespace BnNotebooks.Experiments;

/// <content>Groups as dots with intervals.</content>
public static partial class RunPanels
{
    /// <summary>Numbers with their intervals, a row each, the first at the top.</summary>
    /// <param name="xAxis">What the numbers are, with their unit.</param>
    /// <param name="reference">Where a thin vertical line stands: 0 for differences, 1 for ratios, null for none.</param>
    /// <param name="rows">A name and its interval.</param>
    public static Panel Intervals(string xAxis, double? reference, params (string Name, Interval Value)[] rows) =>
        Panels.Intervals(xAxis, reference, [.. rows.Select(row => Row(row.Name, row.Value))]);

    /// <summary>The same in groups, each under its heading.</summary>
    /// <param name="xAxis">What the numbers are, with their unit.</param>
    /// <param name="reference">Where a thin vertical line stands, or null.</param>
    /// <param name="rows">The group, a name and its interval; the rows of a group stand together.</param>
    public static Panel Intervals(string xAxis, double? reference, params (string Group, string Name, Interval Value)[] rows) =>
        Panels.Intervals(xAxis, reference, [.. rows.Select(row => Row(row.Name, row.Value) with { Group = row.Group })]);

    /// <summary>A number at the end of each run as dots with 95 % intervals over the seeds.</summary>
    /// <param name="xAxis">What the number is, with its unit.</param>
    /// <param name="groups">The groups, a row each.</param>
    /// <param name="score">For example <c>run => run.TestAccuracy</c>.</param>
    /// <param name="reference">Where a thin vertical line stands, or null.</param>
    public static Panel Intervals(string xAxis, IEnumerable<RunGroup> groups, Func<Run, double> score, double? reference = null) =>
        Intervals(xAxis, reference, [.. groups.Select(group => (group.Name, group.Interval(score)))]);

    static IntervalRow Row(string name, Interval value) => new(name, value.Mean, value.Low, value.High);
}
