namespace BnNotebooks.Diagnosis;

/// <summary>Channels that a ReLU gives as 0 for every sample, in both modes.</summary>
sealed class DeadChannels : ISymptom
{
    public const string Name = "dead channels";
    const double Many = 0.5; // a quarter is common where inputs are positive and nothing normalizes before the ReLU

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var activation in seen.Activations)
            if (Words.Where(activation.Dead, dead => dead) is { Length: > 0 } dead)
                yield return new Finding(Name, activation.Name, dead.Length >= Many * activation.Dead.Length ? Severity.Fault : Severity.Remark,
                    $"Behind the activation {Words.Channels(dead, activation.Dead.Length)} are 0 for all {seen.Samples} samples.",
                    "No gradient comes back through them. Look at β before it, lower the rate, or start these channels anew.");
    }
}
