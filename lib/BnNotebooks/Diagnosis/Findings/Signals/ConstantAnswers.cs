namespace BnNotebooks.Diagnosis;

/// <summary>A network that answers the same whatever comes in.</summary>
sealed class ConstantAnswers : ISymptom
{
    public const string Name = "one answer for all";

    public IEnumerable<Finding> In(Observations seen)
    {
        if (seen.Samples < 2 || !seen.Inputs.All(batch => batch.Finite) || !Population.Of(seen.Inputs).Variance.Any(variance => variance > 0))
            yield break;
        foreach (var (mode, answers) in new[] { ("evaluation", seen.Answers.Select(answer => answer.Evaluation)), ("training", seen.Answers.Select(answer => answer.Training)) })
        {
            Channels[] all = [.. answers];
            if (!all.All(answer => answer.Finite))
                continue;
            var outputs = Population.Of(all);
            if (Enumerable.Range(0, outputs.Mean.Length).All(k => outputs.Variance[k] <= 1e-12 * (outputs.Mean[k] * outputs.Mean[k] + 1e-12)))
            {
                yield return new Finding(Name, "network", Severity.Fault,
                    $"In {mode} mode all {seen.Samples} samples get the same output.",
                    "Somewhere nothing passes: look for γ of 0, dead channels, or a batch of one.");
                yield break;
            }
        }
    }
}
