namespace BnNotebooks.Diagnosis;

/// <summary>γ and β that are exactly what they start from although the layer has seen training: no optimizer moves them.</summary>
sealed class NeverTrained : ISymptom
{
    public const string Name = "γ and β never trained";

    public IEnumerable<Finding> In(Observations seen)
    {
        NormLayer[] affine = [.. seen.Norms.Select(norm => norm.Layer).Where(layer => layer.Gamma is not null)];
        NormLayer[] still = [.. affine.Where(AtStart)];
        var othersLearned = still.Length < affine.Length;
        // Without averages nothing tells that a layer was trained, unless its neighbours were.
        NormLayer[] suspects = othersLearned ? still : [.. still.Where(layer => layer.Tracks && !NeverUpdated.Holds(layer)).Take(1)];
        foreach (var layer in suspects)
            yield return new Finding(Name, layer.Name, othersLearned && !layer.Frozen ? Severity.Fault : Severity.Remark,
                $"γ is exactly {layer.Gamma![0]} and β exactly 0 in all channels"
                + (othersLearned ? ", and in other layers not." : ", here and in all other layers, though batches were averaged."),
                layer.Frozen ? "They take no gradient: that is as it should be in a frozen layer."
                    : "If the network was trained, give the optimizer these parameters: it must be made after the layer, from parameters() of the whole network.");
    }

    static bool AtStart(NormLayer layer) =>
        layer.Gamma is [1 or 0, ..] && Array.TrueForAll(layer.Gamma, value => value == layer.Gamma[0]) && Array.TrueForAll(layer.Beta ?? [], value => value == 0);
}
