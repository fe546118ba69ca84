namespace BnNotebooks.Diagnosis;

/// <summary>Inputs far from mean 0 and deviation 1, which the first layer takes as they are.</summary>
sealed class InputScales : ISymptom
{
    public const string Name = "inputs not normalized";
    const double FewTimes = 3, ManyTimes = 20, Unlike = 300;

    public IEnumerable<Finding> In(Observations seen)
    {
        if (seen.InputsAreIndices || !seen.Inputs.All(batch => batch.Finite) || seen.Samples < 2 || seen.Steps.Count > 0 && NormLayer.Read("", seen.Steps[0].Module) is not null)
            yield break;
        var data = Population.Of(seen.Inputs);
        double mean = data.Mean.Average(), variance = data.Variance.Average() + data.Mean.Average(m => (m - mean) * (m - mean));
        double deviation = Math.Sqrt(variance), off = Math.Abs(mean) / deviation;
        double[] features = [.. data.Variance.Where(v => v > 0).Select(Math.Sqrt)];
        if (features.Length == 0)
            yield break;
        // Pixels at the rim of an image hardly ever change: features are compared where they carry some of the variance.
        var ratio = Quantiles.Of(features, 0.95) / Quantiles.Median(features);
        var severe = deviation is > ManyTimes or < 1 / ManyTimes || off > ManyTimes || ratio > Unlike / 10 && features.Max() / features.Min() > Unlike;
        if (severe || deviation is > FewTimes or < 1 / FewTimes / 2 || off > FewTimes)
            yield return new Finding(Name, "inputs", severe ? Severity.Fault : Severity.Remark,
                $"The inputs have mean {Words.Number(mean)} and deviation {Words.Number(deviation)}; "
                + $"the deviations of single features reach from {Words.Number(features.Min())} to {Words.Number(features.Max())}.",
                "Subtract each feature's mean and divide by its deviation, both of the training data, or put a batch norm first.");
    }
}
