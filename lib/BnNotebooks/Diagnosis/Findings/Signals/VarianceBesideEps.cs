namespace BnNotebooks.Diagnosis;

/// <summary>Variances so small that ε decides what they are divided by.</summary>
sealed class VarianceBesideEps : ISymptom
{
    public const string Name = "variance beside eps";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.Norms.Where(norm => norm.Seen && norm.Train.TrueForAll(visit => visit.Sets.Finite && visit.Sets.Values > 1)))
        {
            double[] variances = [.. norm.Train.SelectMany(visit => visit.Sets.Variance).Where(variance => variance > 0)];
            if (variances.Length == 0)
                continue;
            var swallowed = variances.Count(variance => variance < norm.Layer.Eps) / (double)variances.Length;
            var median = Quantiles.Median(variances);
            if (swallowed > 0.05)
                yield return new Finding(Name, norm.Layer.Name, swallowed > 0.5 ? Severity.Fault : Severity.Remark,
                    $"{Words.Percent(swallowed)} of the variances are below eps, {Words.Number(norm.Layer.Eps)}; "
                    + $"the median is {Words.Number(median)}, which comes out as {Words.Number(median / (median + norm.Layer.Eps))} and not as 1.",
                    "Look at why the signal is so small there (weights near 0, inputs in tiny units), or choose a smaller eps.");
        }
    }
}
