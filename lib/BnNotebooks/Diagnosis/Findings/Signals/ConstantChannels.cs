namespace BnNotebooks.Diagnosis;

/// <summary>Channels that have one value for all samples before they are normalized.</summary>
sealed class ConstantChannels : ISymptom
{
    public const string Name = "constant channels";
    const double Many = 0.5;
    const double Rounding = 1e-12; // of the squared mean: differences of the last bits of 32-bit floats

    public IEnumerable<Finding> In(Observations seen)
    {
        if (seen.Samples < 2)
            yield break;
        foreach (var norm in seen.BatchNorms.Where(norm => norm.Seen && norm.Train.TrueForAll(visit => visit.Input.Finite)))
        {
            var data = norm.TrainInput;
            int[] constant = [.. Enumerable.Range(0, data.Mean.Length).Where(c => data.Variance[c] <= Rounding * data.Mean[c] * data.Mean[c])];
            if (constant.Length > 0)
                yield return new Finding(Name, norm.Layer.Name, constant.Length >= Many * data.Mean.Length && !AtInput(seen, norm) ? Severity.Fault : Severity.Remark,
                    $"Its input never changes in {Words.Channels(constant, data.Mean.Length)}.",
                    "Normalized, they are 0, and γ learns nothing there: look for dead units or a weight row of zeros before it.");
        }
    }

    // Pixels at the rim of images are often constant; that is no fault of the network.
    static bool AtInput(Observations seen, NormRecord norm) => seen.Steps.Count > 0 && ReferenceEquals(seen.Steps[0].Module, norm.Layer.Module);
}
