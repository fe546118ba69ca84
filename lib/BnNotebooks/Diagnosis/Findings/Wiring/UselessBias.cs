namespace BnNotebooks.Diagnosis;

/// <summary>A bias whose only effect the batch norm behind it subtracts again.</summary>
sealed class UselessBias : ISymptom
{
    public const string Name = "bias without effect";

    public IEnumerable<Finding> In(Observations seen)
    {
        for (var i = 1; i < seen.Steps.Count; i++)
        {
            var (before, norm) = (seen.Steps[i - 1], seen.Steps[i]);
            if (ReferenceEquals(before.Output, norm.Input) && Kinds.HasBias(before.Module) && NormLayer.Read(norm.Name, norm.Module) is { Kind: NormKind.Batch })
                yield return new Finding(Name, before.Name, Severity.Remark,
                    $"The batch norm {norm.Name} behind it subtracts the mean, and the bias with it.",
                    "Make the layer with bias: false; β does its work.");
        }
    }
}
