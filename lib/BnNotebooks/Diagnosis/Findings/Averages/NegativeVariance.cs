namespace BnNotebooks.Diagnosis;

/// <summary>A running variance below 0: evaluation takes the root of a negative number.</summary>
sealed class NegativeVariance : ISymptom
{
    public const string Name = "negative running variance";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
            if (layer.RunningVar is { } variance && Words.Where(variance, value => value < 0) is { Length: > 0 } negative)
                yield return new Finding(Name, layer.Name, Severity.Fault,
                    $"The running variance is down to {Words.Number(variance.Min())} in {Words.Channels(negative, variance.Length)}.",
                    "No data gives that: the averages were mixed up while loading, or computed as E[x²] − E[x]². Load or take them anew.");
    }
}
