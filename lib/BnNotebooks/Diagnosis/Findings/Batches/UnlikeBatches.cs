using MathNet.Numerics.Distributions;

namespace BnNotebooks.Diagnosis;

/// <summary>Batches that differ from each other more than chance makes them: sorted by class, or from different sources.</summary>
/// <remarks>
/// An analysis of variance in each input feature: F is the variance between the batches' means over what the spread within batches
/// gives them. Features are correlated, so that the mean F of all of them may stray as much as the F of one.
/// </remarks>
sealed class UnlikeBatches : ISymptom
{
    public const string Name = "batches unlike each other";
    const double Chance = 1e-4, LeastShare = 0.1;

    public IEnumerable<Finding> In(Observations seen)
    {
        Channels[] batches = [.. seen.Inputs.Where(batch => batch.Samples > 1 && batch.Finite)];
        int between = batches.Length - 1, within = batches.Sum(batch => batch.Samples) - batches.Length;
        if (between < 1 || within < 1)
            yield break;
        var features = Enumerable.Range(0, batches[0].Mean.Length).Select(c => Analyse(batches, c)).Where(f => f.Within > 0).ToArray();
        if (features.Length == 0)
            yield break;
        var f = features.Average(feature => feature.Between / feature.Within);
        var share = features.Average(feature => feature.Share);
        if (f > FisherSnedecor.InvCDF(between, within, 1 - Chance) && share > LeastShare)
            yield return new Finding(Name, "batches", Severity.Fault,
                $"The means of the {batches.Length} batches differ {Words.Number(Math.Sqrt(f))} times as much as those of mixed batches would: "
                + $"{Words.Percent(share)} of the inputs' variance is between batches.",
                "Shuffle the data, so that each batch is like all data. If there are two sources, give each its own batch norm, or mix them in every batch.");
    }

    static (double Between, double Within, double Share) Analyse(Channels[] batches, int c)
    {
        double samples = batches.Sum(batch => batch.Samples);
        var mean = batches.Sum(batch => batch.Samples * batch.Mean[c]) / samples;
        double between = batches.Sum(batch => batch.Samples * Math.Pow(batch.Mean[c] - mean, 2)) / (batches.Length - 1);
        var within = batches.Sum(batch => batch.Samples * batch.MeanSpread[c]) / (samples - batches.Length);
        var size = (samples - batches.Sum(batch => batch.Samples * (double)batch.Samples) / samples) / (batches.Length - 1); // n₀ of unequal batches
        var component = Math.Max(0, (between - within) / size);
        return (between, within, component / (component + within));
    }
}
