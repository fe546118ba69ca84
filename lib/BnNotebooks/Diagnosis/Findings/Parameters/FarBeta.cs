namespace BnNotebooks.Diagnosis;

/// <summary>A β beside which the normalized values do not count: an activation behind it is always open or always shut.</summary>
sealed class FarBeta : ISymptom
{
    public const string Name = "β far off";
    const double Far = 5; // standard deviations of the layer's output; of a normal variable 1 value in 3 million is beyond
    const double Large = 3;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
        {
            if (layer is not { Gamma: { } gamma, Beta: { } beta })
                continue;
            int[] far = [.. Enumerable.Range(0, beta.Length).Where(c => Math.Abs(beta[c]) > Math.Max(Large, Far * Math.Abs(gamma[c])))];
            if (far.Length > 0)
                yield return new Finding(Name, layer.Name, Severity.Fault,
                    $"β is up to {Words.Number(far.Max(c => Math.Abs(beta[c])))} and more than {Far} times γ in {Words.Channels(far, beta.Length)}.",
                    "Behind it a ReLU is open or shut for every sample. Look for a rate too large, or for β that was loaded into the wrong layer.");
        }
    }
}
