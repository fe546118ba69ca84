using BnNotebooks.Experiments;
using BnNotebooks.Plotting;
using BnNotebooks.Views;

namespace BnNotebooks.Evidence;

/// <summary>Shows what was committed.</summary>
public static class EvidenceView
{
    /// <summary>
    /// The sides of a study: what was chosen for each, what a step costs, and a number with its interval.
    /// </summary>
    /// <param name="study">The study's name.</param>
    /// <param name="metric">Which number.</param>
    /// <param name="percent">Whether it is a share, to be shown in percent.</param>
    public static Table Sides(string study, string metric, bool percent = false)
    {
        var (results, record) = (EvidenceFile.Read(study), EvidenceFile.ReadRecord(study));
        string[] Row(SideRecord side)
        {
            var mean = results.Mean(side.Name, metric);
            return
            [
                side.Name, side.Start ?? "", side.Rate is { } rate ? FormattableString.Invariant($"{rate}") : "",
                side.MicrosecondsAStep is { } cost ? FormattableString.Invariant($"{cost / 1000:0.00}") : "",
                percent ? Say.Percent(mean) : Say.Number(mean),
            ];
        }
        return new Table(["", "start", "learning rate", "ms a step", metric], [.. record.Sides.Select(Row)])
        {
            Caption = $"{record.Seeds} seeds a side, committed in data/evidence/{study}.csv; mean ± 95 % interval; start and rate chosen on other seeds and samples",
            FirstNumericColumn = 2,
        };
    }

    /// <summary>A number of every side of a study, as dots with intervals over its seeds.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="metric">Which number; it names the axis.</param>
    public static Panel Intervals(string study, string metric)
    {
        var results = EvidenceFile.Read(study);
        return Panels.Intervals(metric, reference: null, [.. results.Sides.Select(side =>
        {
            var mean = results.Mean(side, metric);
            return new IntervalRow(side, mean.Value, mean.Low, mean.High);
        })]);
    }

    /// <summary>
    /// By what factor a side takes more time than another, where the number of steps is a metric: the steps of each run times
    /// what a step of its side costs. That cost was measured once, on one machine, and its own error is not in the interval.
    /// </summary>
    /// <param name="study">The study's name.</param>
    /// <param name="side">The side.</param>
    /// <param name="other">What it is compared with.</param>
    /// <param name="steps">The metric.</param>
    /// <exception cref="ArgumentException">There is no such side or metric, or the side trains nothing.</exception>
    public static Estimate RatioInTime(string study, string side, string other, string steps)
    {
        var record = EvidenceFile.ReadRecord(study);
        double Cost(string name) => record.Sides.FirstOrDefault(candidate => candidate.Name == name)?.MicrosecondsAStep
            ?? throw new ArgumentException($"The evidence '{study}' knows no cost of a step of '{name}'.", nameof(study));
        return Estimate.GeometricMean([.. EvidenceFile.Read(study).Ratios(side, other, steps).Select(ratio => ratio * Cost(side) / Cost(other))]);
    }

    /// <summary>
    /// A notebook's own run beside the committed evidence: whether the mean over its few seeds lies where the mean of so many
    /// falls in 19 of 20 cases.
    /// </summary>
    /// <param name="study">The study's name.</param>
    /// <param name="metric">Which number.</param>
    /// <param name="here">Groups of runs that are called as the study's sides are.</param>
    public static Table Beside(string study, TrainingMetric metric, RunGroups here)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(here);
        var results = EvidenceFile.Read(study);
        return Beside([.. here.Select(group => (group.Name, results.Values(group.Name, metric.Name), group.Runs.Select(metric.Of).ToArray()))]) with
        {
            Caption = metric.Name,
        };
    }

    /// <summary>The same for numbers of any kind.</summary>
    /// <param name="rows">What it is, what the evidence has for each seed, and what was measured here for each.</param>
    public static Table Beside(params (string What, double[] Evidence, double[] Here)[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        static string[] Row((string What, double[] Evidence, double[] Here) row)
        {
            var committed = Estimate.Mean(row.Evidence);
            var (low, high) = Estimate.Prediction(row.Evidence, row.Here.Length);
            var here = row.Here.Average();
            return
            [
                row.What, $"{Say.Number(committed)} ({row.Evidence.Length} seeds)", $"{committed.Digits(here)} ({row.Here.Length} seeds)",
                $"{committed.Digits(low)} to {committed.Digits(high)}", here >= low && here <= high ? "inside" : "outside, where one in twenty is",
            ];
        }
        return new Table(["", "committed", "here", "expected here", ""], [.. rows.Select(Row)]) { FirstNumericColumn = 5 };
    }
}
