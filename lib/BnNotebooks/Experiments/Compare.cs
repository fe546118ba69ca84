namespace BnNotebooks.Experiments;

/// <summary>Runs experiments against each other.</summary>
public static class Compare
{
    /// <summary>Trains each experiment with the seeds 1, 2, 3, …, all runs side by side.</summary>
    /// <param name="seeds">How many runs of each, at least 1; an interval needs 2.</param>
    /// <param name="experiments">Name and experiment.</param>
    /// <returns>A group of runs for each experiment, in their order.</returns>
    /// <exception cref="ArgumentException">There is no experiment, or one asks for something that does not go together.</exception>
    public static RunGroups Run(int seeds, params (string Name, Experiment Experiment)[] experiments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        if (experiments.Length == 0)
            throw new ArgumentException("There is nothing to compare; give at least one experiment.", nameof(experiments));
        foreach (var (_, experiment) in experiments)
            experiment.Check();
        var runs = Workers.Map(
            [.. from e in experiments from seed in Enumerable.Range(1, seeds) select (e.Experiment, seed)],
            job => Recorder.Record(job.Experiment, job.seed));
        return new RunGroups([.. experiments.Zip(runs.Chunk(seeds), (e, group) => new RunGroup(e.Name, group))]);
    }
}
