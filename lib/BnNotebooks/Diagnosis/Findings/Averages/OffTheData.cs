namespace BnNotebooks.Diagnosis;

/// <summary>Averages that are not those of the data: stale, of other data, or of too few samples.</summary>
sealed class OffTheData : ISymptom
{
    public const string Name = "averages off the data";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.BatchNorms.Where(norm => norm.Comparable && !NeverUpdated.Holds(norm.Layer)))
            if (Drift.Of(norm) is { IsLarge: true } drift)
                yield return new Finding(Name, norm.Layer.Name, Severity.Fault, Seen(drift, norm.Layer) + Cause(norm.Layer),
                    "Take the averages anew before use: reset_running_stats(), momentum null, then batches of the training data in training mode without steps.");
    }

    static string Seen(Drift drift, NormLayer layer) =>
        $"Against its input over these batches the running mean is off by {Words.Number(drift.Shift)} standard deviations on average, "
        + $"the running deviation by a factor of {Words.Number(Math.Exp(drift.Spread))}."
        + (drift.FarChannels.Count > 0 && drift.FarChannels.Count < layer.RunningMean!.Length ? $" Farthest off: {Words.Channels(drift.FarChannels, layer.RunningMean.Length)}." : "");

    static string Cause(NormLayer layer)
    {
        if (layer is { Kind: NormKind.Batch, Momentum: null, BatchesCounted: { } counted })
            return $" Momentum is null: all {counted} batches weigh the same, those of weights long gone too.";
        if (layer is not { Momentum: > 0 and < 1 and { } momentum, BatchesCounted: > 0 and { } batches })
            return "";
        var start = Math.Pow(1 - momentum, batches);
        return start > 0.05 ? $" Only {batches} batches were averaged with momentum {Words.Number(momentum)}: the first values, 0 and 1, still weigh {Words.Percent(start)}." : "";
    }
}
