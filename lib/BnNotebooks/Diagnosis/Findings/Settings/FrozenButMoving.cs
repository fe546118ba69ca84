namespace BnNotebooks.Diagnosis;

/// <summary>Layers whose parameters are frozen, but whose averages move in training mode all the same.</summary>
sealed class FrozenButMoving : ISymptom
{
    public const string Name = "frozen, but its averages move";

    public IEnumerable<Finding> In(Observations seen)
    {
        if (!seen.Parameters.Any(parameter => parameter.Learns))
            yield break; // nothing learns: the network is for use
        foreach (var layer in seen.BatchNorms.Select(norm => norm.Layer).Where(layer => layer is { Frozen: true, Tracks: true, TrainsWithNetwork: true }))
            if (layer.Training || !seen.Training)
                yield return new Finding(Name, layer.Name, seen.Training ? Severity.Fault : Severity.Remark,
                    "γ and β take no gradient while other parameters learn, but train() puts the layer into training mode: it normalizes by the batch, and its averages move.",
                    "Call eval() on frozen layers after each train() of the network.");
    }
}
