namespace BnNotebooks.Diagnosis;

/// <summary>Sets of one value, whose variance is 0 and whose normalized value is 0, whatever it was.</summary>
sealed class SingleValues : ISymptom
{
    public const string Name = "one value per channel", Last = "last batch of one", Few = "few values per channel", Set = "one value to normalize over";
    const int Enough = 8;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.Norms.Where(norm => norm.Seen))
        {
            if (norm.Layer.Kind != NormKind.Batch)
            {
                if (norm.Train.Exists(visit => visit.Sets.Values == 1))
                    yield return new Finding(Set, norm.Layer.Name, Severity.Fault,
                        "Each mean is taken over a single value: what comes out is β, whatever comes in.",
                        "Give the layer larger groups, or leave it out where the image has shrunk to one position.");
                else if (norm.Train.Exists(visit => visit.Sets.Values == 2))
                    yield return new Finding(Set, norm.Layer.Name, Severity.Remark,
                        "Each mean is taken over two values: what comes out is β + γ and β − γ, whatever comes in.",
                        "Give the layer larger groups.");
                continue;
            }
            if (!norm.Layer.TrainsWithNetwork)
                continue;
            int[] alone = [.. norm.Train.Where(visit => visit.Input.Values == 1).Select(visit => visit.Batch + 1).Distinct()];
            var batches = seen.BatchSizes.Count;
            if (alone is [var only] && only == batches && batches > 1)
                yield return new Finding(Last, norm.Layer.Name, Severity.Fault,
                    $"The last batch gives each channel one value. In training the layer answers β, whatever comes in, and the averages take in a variance of {Words.Number(0)} or NaN.",
                    "Drop the last batch where it is not full (drop_last), or choose a size that leaves no rest of one.");
            else if (alone.Length > 0)
                yield return new Finding(Name, norm.Layer.Name, Severity.Fault,
                    $"{Words.Batches(alone.Length)} of {batches} give each channel one value: its variance is 0, and in training the layer answers β, whatever comes in.",
                    "Train with larger batches, or with a normalization that takes no batch: GroupNorm or LayerNorm.");
            else if (norm.Train.Where(visit => visit.Batch < Math.Max(1, batches - 1)).Max(visit => visit.Input.Values) is < Enough and var values)
                yield return new Finding(Few, norm.Layer.Name, Severity.Remark,
                    $"A channel has {values} values in a batch: their variance strays by {Words.Percent(Math.Sqrt(2.0 / Math.Max(1, values - 1)))}.",
                    "Train with larger batches, or with a normalization that takes no batch: GroupNorm or LayerNorm.");
        }
    }
}
