namespace BnNotebooks.Diagnosis;

/// <summary>Averages that are what the layer was made with: mean 0, variance 1.</summary>
sealed class NeverUpdated : ISymptom
{
    public const string Name = "averages never updated";

    public IEnumerable<Finding> In(Observations seen) => seen.Norms.Where(norm => Holds(norm.Layer)).Select(norm => new Finding(
        Name, norm.Layer.Name, Severity.Fault,
        $"The running mean is 0 and the running variance 1 in all {norm.Layer.RunningMean!.Length} channels, as when the layer was made; num_batches_tracked is {norm.Layer.BatchesCounted}.",
        norm.Layer.Momentum == 0
            ? "Momentum is 0, so that no batch ever counts: set it to 0.1."
            : "Let batches pass in training mode, or load the averages along with the weights; evaluation mode does not normalize until then."));

    public static bool Holds(NormLayer layer) => layer is { RunningMean: { } mean, RunningVar: { } variance }
        && Array.TrueForAll(mean, value => value == 0) && Array.TrueForAll(variance, value => value == 1);
}
