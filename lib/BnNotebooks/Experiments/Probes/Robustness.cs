namespace BnNotebooks.Experiments;

/// <summary>How trained networks do on test samples that have been changed.</summary>
/// <param name="Name">The network.</param>
/// <param name="Accuracies">For each set of samples the accuracy of each seed.</param>
public sealed record Robustness(string Name, IReadOnlyList<double[]> Accuracies)
{
    /// <summary>Trains networks to the end and tests them.</summary>
    /// <param name="seeds">How many of each, with the seeds 1, 2, 3, ….</param>
    /// <param name="samples">What to test with.</param>
    /// <param name="networks">
    /// Name, experiment, and whether the batch norms take new statistics from each set of samples before it is tested; no labels are
    /// used for that.
    /// </param>
    /// <exception cref="ArgumentException">An experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<Robustness> Measure(
        int seeds, IReadOnlyList<Samples> samples, params (string Name, Experiment Experiment, bool NewStatistics)[] networks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(networks);
        foreach (var (_, experiment, _) in networks)
            experiment.Check();
        var tested = Workers.Map([.. from network in networks from seed in Enumerable.Range(1, seeds) select (network, seed)], job =>
        {
            using var training = job.network.Experiment.Start(job.seed);
            training.Steps(job.network.Experiment.Steps);
            return samples.Select(set => (job.network.NewStatistics ? training.EvaluateRecalibrated(set) : training.Evaluate(set)).Accuracy).ToArray();
        });
        return [.. networks.Zip(tested.Chunk(seeds), (network, ofNetwork) => new Robustness(network.Name,
            [.. Enumerable.Range(0, samples.Count).Select(set => ofNetwork.Select(accuracies => accuracies[set]).ToArray())]))];
    }

    /// <summary>How much lower the accuracy is on one set of samples than on another, seed by seed.</summary>
    /// <param name="from">The number of the set to compare with, from 0.</param>
    /// <param name="to">The number of the set with the loss.</param>
    public double[] Lost(int from, int to) => [.. Accuracies[from].Zip(Accuracies[to], (before, after) => before - after)];

    /// <summary>The accuracy on some sets that follow one another as a line, for <c>Panels.Bands</c>: name, places, means, lower and upper ends.</summary>
    /// <param name="first">The number of the first set.</param>
    /// <param name="strengths">How strongly each was changed.</param>
    public (string Name, double[] X, double[] Mean, double[] Low, double[] High) Line(int first, double[] strengths)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        Interval[] all = [.. strengths.Select((_, i) => Interval.Of(Accuracies[first + i]))];
        return (Name, strengths, [.. all.Select(each => each.Mean)],
            [.. all.Select(each => Math.Max(each.Low, 0))], [.. all.Select(each => Math.Min(each.High, 1))]);
    }
}
