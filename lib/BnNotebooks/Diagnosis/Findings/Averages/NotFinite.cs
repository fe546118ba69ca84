namespace BnNotebooks.Diagnosis;

/// <summary>NaN or infinity among the averages: training goes on all the same, and evaluation answers NaN.</summary>
sealed class NotFinite : ISymptom
{
    public const string Name = "averages not finite";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
            foreach (var (what, values) in new[] { ("running mean", layer.RunningMean), ("running variance", layer.RunningVar) })
                if (values is not null && Words.Where(values, value => !double.IsFinite(value)) is { Length: > 0 } broken)
                    yield return new Finding(Name, layer.Name, Severity.Fault,
                        $"The {what} is {values[broken[0]]} in {Words.Channels(broken, values.Length)}.",
                        "One batch with NaN or infinity in it stays in the averages for good: find that batch, then reset_running_stats() and take them anew.");
    }
}
