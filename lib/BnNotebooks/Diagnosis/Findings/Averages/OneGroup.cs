namespace BnNotebooks.Diagnosis;

/// <summary>Averages that are those of one batch or of one class alone: the last one that passed, in data that is not mixed.</summary>
sealed class OneGroup : ISymptom
{
    public const string Name = "averages of one batch or class";
    const double Closer = 0.5; // of the distance to all data, the distance to the one group

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.BatchNorms.Where(norm => norm.Comparable && !NeverUpdated.Holds(norm.Layer)))
        {
            if (Drift.Of(norm) is not { Shift: > 0.3 } drift)
                continue;
            var far = Distance(norm, norm.TrainInput.Mean);
            var (group, near) = Groups(norm).Select(entry => (entry.Name, Distance(norm, entry.Mean))).DefaultIfEmpty(("", double.NaN)).MinBy(entry => entry.Item2);
            if (near < Closer * far)
                yield return new Finding(Name, norm.Layer.Name, Severity.Fault,
                    $"The running mean is {Words.Number(near)} standard deviations from the mean of {group}, but {Words.Number(far)} from that of all samples.",
                    "Shuffle the training data, so that each batch is like all data, and take the averages anew.");
        }
    }

    static IEnumerable<(string Name, double[] Mean)> Groups(NormRecord norm)
    {
        if (norm.Train.Count > 1)
            foreach (var visit in norm.Train)
                yield return ($"batch {visit.Batch + 1} alone", visit.Input.Mean);
        var classes = norm.Train.SelectMany(visit => visit.Input.Classes ?? new Dictionary<long, (int, double[])>()).GroupBy(entry => entry.Key, entry => entry.Value).ToArray();
        if (classes.Length > 1)
            foreach (var group in classes)
                yield return ($"class {group.Key} alone", Mean([.. group]));
    }

    static double[] Mean((int Samples, double[] Mean)[] parts) => [.. Enumerable.Range(0, parts[0].Mean.Length)
        .Select(c => parts.Sum(part => part.Samples * part.Mean[c]) / parts.Sum(part => part.Samples))];

    static double Distance(NormRecord norm, double[] mean) => Math.Sqrt(Enumerable.Range(0, mean.Length)
        .Average(c => Math.Pow(norm.Layer.RunningMean![c] - mean[c], 2) / (norm.TrainInput.Variance[c] + norm.Layer.Eps)));
}
