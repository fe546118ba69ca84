namespace BnNotebooks.Diagnosis;

/// <summary>Parameters that no training leads to: NaN, infinity, or whatever was in memory that nobody set.</summary>
sealed class BrokenParameters : ISymptom
{
    public const string NotFinite = "parameters not finite", NotSet = "γ or β not set";
    const double Absurd = 1e4, Vanishing = 1e-20; // memory that nobody set holds any exponent; weights do not

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var parameter in seen.Parameters.Where(parameter => parameter.NotFinite > 0))
            yield return new Finding(NotFinite, parameter.Name, Severity.Fault,
                $"{parameter.NotFinite} of {parameter.Values} values are NaN or infinite.",
                "Look for the step after which they are: a rate too large, a division by zero, or parameters that were never initialised.");
        foreach (var norm in seen.Norms)
            if (Unset(norm.Layer) is { } values)
                yield return new Finding(NotSet, norm.Layer.Name, Severity.Fault,
                    $"{values}: such numbers are left in memory, not learned.",
                    norm.Layer.Kind == NormKind.Group
                        ? "TorchSharp's GroupNorm leaves weight and bias uninitialised: set them to 1 and 0 after making it."
                        : "Set γ to 1 and β to 0, or load them.");
    }

    static string? Unset(NormLayer layer)
    {
        if (layer is not { Gamma: { } gamma })
            return null;
        double[] beta = layer.Beta ?? [];
        // β starts at 0, and where gradients vanish it moves by as little as they are.
        double[] strange = [.. gamma.Concat(beta).Where(value => double.IsFinite(value) && Math.Abs(value) > Absurd), .. gamma.Where(value => value != 0 && Math.Abs(value) < Vanishing)];
        if (strange.Length > 0)
            return $"γ or β holds {Words.Number(strange[0])}";
        return layer.Kind == NormKind.Group && Array.TrueForAll(gamma, value => value == 0) && Array.TrueForAll(beta, value => value == 0)
            ? "γ and β are 0 everywhere" : null;
    }
}
