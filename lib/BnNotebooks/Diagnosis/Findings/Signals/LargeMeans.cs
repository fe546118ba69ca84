namespace BnNotebooks.Diagnosis;

/// <summary>A mean so large beside the deviation that 32-bit floats lose the deviation in it.</summary>
sealed class LargeMeans : ISymptom
{
    public const string Name = "large mean, small spread";
    // E[x²] − E[x]² in 32 bits is wrong by 2⁻²⁴ (mean/deviation)²: 1 % at 400, all of it at 4000.
    const double Worth = 400, Lost = 4000;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.Norms.Where(norm => norm.Seen && norm.Train.TrueForAll(visit => visit.Sets.Finite && visit.Sets.Values > 1)))
        {
            double[] ratios = [.. norm.Train.SelectMany(visit => visit.Sets.Mean.Zip(visit.Sets.Variance, (mean, variance) => Math.Abs(mean) / Math.Sqrt(variance)).Where(double.IsFinite))];
            if (ratios.Length == 0 || ratios.Max() < Worth)
                continue;
            var share = ratios.Count(ratio => ratio >= Worth) / (double)ratios.Length;
            yield return new Finding(Name, norm.Layer.Name, ratios.Max() >= Lost ? Severity.Fault : Severity.Remark,
                $"The mean is up to {Words.Number(ratios.Max())} times the standard deviation; it is over {Worth} times in {Words.Percent(share)} of what is normalized.",
                "Where the variance is computed as E[x²] − E[x]², in some kernels and on some devices, it is mostly rounding. Subtract the mean before, for example from the inputs.");
        }
    }
}
