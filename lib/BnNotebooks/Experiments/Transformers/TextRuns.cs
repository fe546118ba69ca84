using BnNotebooks.Plotting;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>Trains several transformers with several seeds, side by side, and draws how they did.</summary>
public static class TextRuns
{
    const int Smoothed = 10; // steps

    /// <summary>Trains each experiment with the seeds 1, 2, 3, ….</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="experiments">Names and experiments.</param>
    /// <returns>For each experiment and seed the losses of all steps and the loss on the test text at the end.</returns>
    public static IReadOnlyList<TextRunGroup> Train(int seeds, params (string Name, TextExperiment Experiment)[] experiments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        (TextExperiment Experiment, int Seed)[] jobs = [.. from entry in experiments from seed in Enumerable.Range(1, seeds) select (entry.Experiment, seed)];
        var runs = Workers.Map(jobs, job =>
        {
            using var training = job.Experiment.Start(job.Seed);
            return (Losses: training.Run(job.Experiment.Steps), Test: training.Evaluate(job.Experiment.Text.Test));
        });
        return [.. runs.Chunk(seeds).Zip(experiments, (ofOne, entry) => new TextRunGroup(entry.Name, [.. ofOne.Select(run => run.Losses)], [.. ofOne.Select(run => run.Test)]))];
    }

    /// <summary>The training loss by step, the mean over the seeds and over ten steps.</summary>
    /// <param name="groups">What was trained, each as long.</param>
    public static Panel Curves(IReadOnlyList<TextRunGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return Panels.Lines("step", "training loss (nats a character)", [.. groups.Select(group =>
        {
            double[] mean = [.. Enumerable.Range(0, group.Losses[0].Length).Select(step => group.Losses.Average(run => run[step]))];
            var count = mean.Length / Smoothed;
            return (group.Name, Enumerable.Range(0, count).Select(i => (i + 0.5) * Smoothed).ToArray(), mean.Chunk(Smoothed).Take(count).Select(chunk => chunk.Average()).ToArray());
        })]);
    }
}

/// <summary>Runs of one experiment.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Losses">For each seed the losses of all steps.</param>
/// <param name="Tests">For each seed the loss on the test text at the end.</param>
public sealed record TextRunGroup(string Name, IReadOnlyList<double[]> Losses, IReadOnlyList<double> Tests);
