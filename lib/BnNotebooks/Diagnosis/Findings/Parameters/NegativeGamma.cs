namespace BnNotebooks.Diagnosis;

/// <summary>Channels that γ turns upside down.</summary>
sealed class NegativeGamma : ISymptom
{
    public const string Name = "negative γ";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
            if (layer.Gamma is { } gamma && Words.Where(gamma, value => value < 0) is { Length: > 0 } negative)
                yield return new Finding(Name, layer.Name, Severity.Remark,
                    $"γ is below 0 in {Words.Channels(negative, gamma.Length)}, down to {Words.Number(gamma.Min())}.",
                    "Training can lead there, and the network can use it. It breaks what takes γ for a width: some ways of folding and of pruning.");
    }
}
