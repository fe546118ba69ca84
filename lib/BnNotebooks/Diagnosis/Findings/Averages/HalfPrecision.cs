using TorchSharp;

namespace BnNotebooks.Diagnosis;

/// <summary>Averages at the limit of 16-bit floats, or kept in such: a variance is a square and leaves their range first.</summary>
sealed class HalfPrecision : ISymptom
{
    public const string Name = "averages beyond half precision";
    const double Largest = 65504;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var layer in seen.Norms.Select(norm => norm.Layer))
        {
            if (layer is not { RunningMean: { } mean, RunningVar: { } variance })
                continue;
            var half = layer.Precision is torch.ScalarType.Float16 or torch.ScalarType.BFloat16;
            int[] beyond = Words.Where(variance, value => value >= Largest), saturated = Words.Where(variance, value => value == Largest);
            if (beyond.Length > 0)
                yield return new Finding(Name, layer.Name, saturated.Length > 0 || half ? Severity.Fault : Severity.Remark,
                    (saturated.Length > 0 ? "The running variance is exactly 65504, the largest number of 16 bits," : $"The running variance is up to {Words.Number(variance.Max())}")
                    + $" in {Words.Channels(beyond, variance.Length)}.",
                    "Keep batch norms and their averages in 32 bits; 16 bits overflow at 65504.");
            else if (half)
                yield return new Finding(Name, layer.Name, Severity.Remark,
                    $"The averages are kept in {layer.Precision}: a tenth of a small difference is rounded away.",
                    "Keep batch norms and their averages in 32 bits.");
        }
    }
}
