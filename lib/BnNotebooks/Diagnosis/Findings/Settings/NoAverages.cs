namespace BnNotebooks.Diagnosis;

/// <summary>A batch norm without averages, which normalizes by the batch at hand in evaluation too.</summary>
sealed class NoAverages : ISymptom
{
    public const string Name = "no averages kept";

    public IEnumerable<Finding> In(Observations seen) => seen.BatchNorms.Where(norm => !norm.Layer.Tracks).Select(norm => new Finding(
        Name, norm.Layer.Name, Severity.Fault,
        "track_running_stats is false: in evaluation mode too, a sample's answer depends on the batch that it comes in.",
        "Make the layer with track_running_stats: true, unless answers may depend on their company; batches of one can't be answered at all."));
}
