namespace BnNotebooks.Diagnosis;

/// <summary>NaN or infinity in the data or between the layers, at the first place where it shows.</summary>
sealed class BrokenSignals : ISymptom
{
    public const string Inputs = "inputs not finite", Signals = "NaN in the forward pass";

    public IEnumerable<Finding> In(Observations seen)
    {
        int[] batches = Words.Where(seen.Inputs, batch => !batch.Finite);
        if (batches.Length > 0)
        {
            yield return new Finding(Inputs, "inputs", Severity.Fault,
                $"Batch {string.Join(", ", batches.Take(4).Select(batch => batch + 1))} of {seen.Inputs.Count} holds NaN or infinity.",
                "Mend or drop the samples: one of them in one batch spoils the averages for good.");
            yield break;
        }
        foreach (var (mode, visits) in new[] { ("training", (Func<NormRecord, List<Visit>>)(norm => norm.Train)), ("evaluation", norm => norm.Eval) })
        {
            var into = seen.Norms.FirstOrDefault(norm => visits(norm).Exists(visit => !visit.Input.Finite));
            var outOf = seen.Norms.FirstOrDefault(norm => visits(norm).Exists(visit => visit.Input.Finite && !visit.Output.Finite));
            if (outOf is not null)
                yield return new Finding(Signals, outOf.Layer.Name, Severity.Fault,
                    $"In {mode} mode its input is finite and its output is not.", "Look at its averages, γ and β.");
            else if (into is not null)
                yield return new Finding(Signals, into.Layer.Name, Severity.Fault,
                    $"In {mode} mode NaN or infinity comes in.", "Look at the layers before it.");
            else if (seen.Answers.Any(answer => !(mode == "training" ? answer.Training : answer.Evaluation).Finite))
                yield return new Finding(Signals, "network", Severity.Fault,
                    $"In {mode} mode NaN or infinity comes out.", "Look at the layers behind the last normalization.");
        }
    }
}
