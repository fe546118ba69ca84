namespace BnNotebooks.Diagnosis;

/// <summary>The first layer at which evaluation gives other values than training, and what becomes of it at the output.</summary>
sealed class ModesPart : ISymptom
{
    public const string Name = "training and evaluation part";
    const int SmallBatch = 64;

    public IEnumerable<Finding> In(Observations seen)
    {
        if (seen.Samples < 2)
            yield break;
        var first = seen.Norms.FirstOrDefault(norm => norm.Seen && FiniteIn(norm) && Gap.Of(norm).IsLarge);
        var output = seen.Answers.All(answer => answer.Training.Finite && answer.Evaluation.Finite)
            ? Gap.Of(Population.Of([.. seen.Answers.Select(answer => answer.Training)]), Population.Of([.. seen.Answers.Select(answer => answer.Evaluation)]))
            : null;
        var gap = first is null ? output : Gap.Of(first);
        // Between the last normalization and the output nothing divides by a deviation: a small difference can grow there.
        if (first is not null || gap is { Size: > 1.5 })
        {
            var noise = first is not null && AveragesAreRight(seen) && first.Train.Max(visit => visit.Input.Values) < SmallBatch;
            yield return new Finding(Name, first?.Layer.Name ?? "network", noise ? Severity.Remark : Severity.Fault,
                $"{(first is null ? "The network's output" : "Its output")} in evaluation mode is shifted by {Words.Number(gap!.Shift)} standard deviations "
                + $"against training mode, and its deviation off by a factor of {Words.Number(Math.Exp(gap.Spread))}."
                + (first is not null && output is not null ? $" At the network's output: {Words.Number(output.Shift)} and {Words.Number(Math.Exp(output.Spread))}." : ""),
                noise
                    ? "The averages are right: in small batches each batch's own statistics add noise in training, and more with every layer. Larger batches have less of it."
                    : "The averages are not those that training normalizes by: take them anew, or look at dropout before it.");
        }
    }

    static bool AveragesAreRight(Observations seen) =>
        seen.BatchNorms.All(norm => norm.Comparable && !NeverUpdated.Holds(norm.Layer) && !Drift.Of(norm).IsLarge);

    static bool FiniteIn(NormRecord norm) => norm.Train.Concat(norm.Eval).All(visit => visit.Output.Finite);
}
