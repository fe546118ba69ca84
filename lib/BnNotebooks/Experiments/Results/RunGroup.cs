namespace BnNotebooks.Experiments;

/// <summary>Runs of one experiment that differ in their seeds.</summary>
/// <param name="Name">What it is called in legends and tables.</param>
/// <param name="Runs">The runs, in the order of their seeds.</param>
public sealed record RunGroup(string Name, IReadOnlyList<Run> Runs)
{
    /// <summary>A number of each run as a mean with its 95 % interval over the seeds.</summary>
    /// <param name="score">For example <c>run => run.TestAccuracy</c>.</param>
    public Interval Interval(Func<Run, double> score) => Experiments.Interval.Of(Runs.Select(score));

    /// <summary>
    /// How much larger a number is here than in another group: the mean difference between the runs of equal seeds, which
    /// start alike and see the same batches, with its 95 % interval.
    /// </summary>
    /// <param name="other">A group with the same seeds.</param>
    /// <param name="score">For example <c>run => run.TestAccuracy</c>.</param>
    /// <exception cref="ArgumentException">The groups' seeds differ.</exception>
    public Interval Minus(RunGroup other, Func<Run, double> score)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Runs.Select(run => run.Seed).SequenceEqual(other.Runs.Select(run => run.Seed)))
            throw new ArgumentException($"\"{Name}\" and \"{other.Name}\" were run with different seeds; a difference needs the same ones.", nameof(other));
        return Experiments.Interval.Of(Runs.Zip(other.Runs, (mine, its) => score(mine) - score(its)));
    }

    /// <summary>A metric step by step, each a mean with its 95 % interval over the seeds.</summary>
    /// <param name="metric">What was measured.</param>
    public IReadOnlyList<(double Step, Interval Value)> Curve(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var curves = Runs.Select(metric.Points).ToArray();
        return [.. Enumerable.Range(0, curves[0].Count).Select(i =>
            (curves[0][i].Step, Experiments.Interval.Of(curves.Select(curve => curve[i].Value))))];
    }
}
