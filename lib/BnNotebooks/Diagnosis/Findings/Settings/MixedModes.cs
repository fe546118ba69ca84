namespace BnNotebooks.Diagnosis;

/// <summary>Layers that are in another mode than the network: training where it answers, or frozen where it learns.</summary>
sealed class MixedModes : ISymptom
{
    public const string Left = "left in training mode", Frozen = "frozen in evaluation mode";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer).Where(layer => layer.Tracks && layer.Training != seen.Training))
            yield return layer.Training
                ? new Finding(Left, layer.Name, Severity.Fault,
                    "The network is in evaluation mode and this layer in training mode: it normalizes by the batch at hand, and its averages move with every answer.",
                    "Call eval() on the whole network after anything that calls train() on a part of it.")
                : new Finding(Frozen, layer.Name, Severity.Remark,
                    "The network is in training mode and this layer in evaluation mode: it normalizes by its averages, which stay as they are.",
                    "That is right for a frozen layer. If it was not meant, call train() on the whole network before training.");
    }
}
