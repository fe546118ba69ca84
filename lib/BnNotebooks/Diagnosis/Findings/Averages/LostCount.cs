namespace BnNotebooks.Diagnosis;

/// <summary>Averages that moved although no batch was counted: an old state without num_batches_tracked was loaded.</summary>
sealed class LostCount : ISymptom
{
    public const string Name = "number of batches lost";

    public IEnumerable<Finding> In(Observations seen) => seen.BatchNorms
        .Where(norm => norm.Layer is { Tracks: true, BatchesCounted: 0 } && !NeverUpdated.Holds(norm.Layer))
        .Select(norm => new Finding(Name, norm.Layer.Name, Severity.Remark,
            "The averages are not those of a new layer, but num_batches_tracked is 0.",
            "It matters only with momentum null: there the next batch replaces the averages. Load the number along with them."));
}
