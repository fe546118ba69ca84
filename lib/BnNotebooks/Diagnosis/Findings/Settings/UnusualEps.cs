namespace BnNotebooks.Diagnosis;

/// <summary>An ε that divides by zero, that swallows variances, or that other layers do not have.</summary>
sealed class UnusualEps : ISymptom
{
    public const string Name = "eps unusual", Differs = "eps differs";
    const double Small = 1e-8, Large = 1e-2; // libraries ship from 1e-6 to 1e-3

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer).Where(layer => layer.Eps is < Small or > Large))
            yield return new Finding(Name, layer.Name, layer.Eps is <= 0 or > Large ? Severity.Fault : Severity.Remark,
                $"Eps is {Words.Number(layer.Eps)}; it is added to the variance.",
                layer.Eps > Large ? "Variances smaller than that are not brought to 1: 1e-5 is usual, 1e-3 in Keras." : "A channel whose variance is 0 is divided by almost nothing: 1e-5 is usual.");
        double[] distinct = [.. seen.Norms.Select(norm => norm.Layer.Eps).Distinct()];
        if (distinct.Length < 2)
            yield break;
        var usual = seen.Norms.GroupBy(norm => norm.Layer.Eps).MaxBy(group => group.Count())!.Key;
        foreach (var layer in seen.Norms.Select(norm => norm.Layer).Where(layer => layer.Eps != usual))
            yield return new Finding(Differs, layer.Name, Severity.Remark,
                $"Eps is {Words.Number(layer.Eps)}, in most other layers {Words.Number(usual)}.",
                "Nothing is wrong with that where it is meant. Of a ported network every layer must have the eps it was trained with: Keras's default is 1e-3.");
    }
}
