namespace BnNotebooks.Diagnosis;

/// <summary>Channels that γ switches off.</summary>
sealed class SmallGamma : ISymptom
{
    public const string Name = "γ near zero";
    const double Small = 0.01, Many = 0.5;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
        {
            if (layer.Gamma is not { } gamma || Words.Where(gamma, value => Math.Abs(value) < Small) is not { Length: > 0 } small)
                continue;
            if (Array.TrueForAll(gamma, value => value == 0))
                yield return new Finding(Name, layer.Name, Severity.Remark, $"γ is exactly 0 in all {gamma.Length} channels.",
                    "At the end of a residual branch that is a good start; anywhere else nothing passes the layer.");
            else
                yield return new Finding(Name, layer.Name, small.Length >= Many * gamma.Length && GoesStraightOn(layer, seen.Steps) ? Severity.Fault : Severity.Remark,
                    $"γ is below {Small} in {Words.Channels(small, gamma.Length)}.",
                    "These channels carry nothing on. Many of them: leave γ and β out of the weight decay, or look for a rate too large.");
        }
    }

    // The last γ of a residual branch often starts at 0, for the branch to do nothing at first: there it may be small for long.
    static bool GoesStraightOn(NormLayer layer, IReadOnlyList<Step> steps) => Enumerable.Range(1, Math.Max(0, steps.Count - 1))
        .Any(i => steps[i - 1].Module == layer.Module && ReferenceEquals(steps[i - 1].Output, steps[i].Input));
}
