using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': in a deep random network all samples end up in nearly one direction, unless something keeps
/// them apart (Daneshmand et al. 2020, 2021).
/// </summary>
static class WhyOrthogonal
{
    public const string Name = "why-orthogonal", Plain = "plain with He's start", BatchNorm = "batch norm with He's start", Same = WhySuspects.SameStart;
    public const string Directions = "directions";

    public static Study Make()
    {
        Side Side(string name, Experiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings()}; start He; no training; what the last activation gets of the first batch: (tr G)² / tr G² of its Gram matrix G",
            seed => [Measure(experiment with { Init = WeightInit.He }, seed)]);
        return new Study
        {
            Name = Name,
            Question = $"{WhyTask.Text}: how many directions do the 60 samples of a batch fill in front of the tenth activation, before any training?",
            Metrics = [Directions],
            Sides = [Side(Plain, WhyTask.Plain), Side(Same, WhyTask.Plain with { NormalizedStart = true }), Side(BatchNorm, WhyTask.BatchNorm)],
            Sentences = new Dictionary<string, Func<Results, string>> { ["directions"] = Compared },
        };
    }

    public static string Compared(Results results) => Say.Times(results.Ratio(BatchNorm, Plain, Directions), "times as many directions", "times fewer directions");

    /// <summary>Between 1, where all samples point one way, and the smaller of samples and units, where they are orthogonal.</summary>
    static double Measure(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        var inputs = Signals.Of(training)[^1].Inputs.ToArray();
        float[][] samples = [.. inputs.Chunk(inputs.Length / experiment.BatchSize)];
        double[] gram = [.. from a in samples from b in samples select a.Zip(b, (u, v) => (double)u * v).Sum()];
        var trace = samples.Select((_, i) => gram[i * (samples.Length + 1)]).Sum();
        return trace * trace / gram.Sum(value => value * value);
    }
}
