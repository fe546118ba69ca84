namespace BnNotebooks.Diagnosis;

/// <summary>A small rest at the end, which counts in the averages as much as any other batch.</summary>
sealed class LastBatch : ISymptom
{
    public const string Name = "small last batch";

    public IEnumerable<Finding> In(Observations seen)
    {
        var sizes = seen.BatchSizes;
        if (sizes.Count > 1 && seen.BatchNorms.Any() && sizes[^1] > 1 && sizes[^1] * 4 <= sizes[0] && sizes[^1] < 8)
            yield return new Finding(Name, "batches", Severity.Remark,
                $"The last batch has {sizes[^1]} samples, the first {sizes[0]}; in the averages both weigh the same, and the last weighs most.",
                "Drop the last batch where it is not full (drop_last).");
    }
}
