namespace BnNotebooks.Diagnosis;

/// <summary>More wrong answers in evaluation mode than in training mode, on the same samples.</summary>
sealed class WorseInUse : ISymptom
{
    public const string Name = "worse in evaluation mode";
    const double Errors = 4, Least = 0.05;

    public IEnumerable<Finding> In(Observations seen)
    {
        bool[] training = [.. seen.Answers.SelectMany(answer => answer.RightInTraining ?? [])];
        bool[] evaluation = [.. seen.Answers.SelectMany(answer => answer.RightInEvaluation ?? [])];
        if (training.Length < 8 || training.Length != evaluation.Length)
            yield break;
        var lost = training.Zip(evaluation).Count(pair => pair.First && !pair.Second);
        var won = training.Zip(evaluation).Count(pair => !pair.First && pair.Second);
        // Of the answers that differ, chance puts half on either side (McNemar).
        if (lost - won > Errors * Math.Sqrt(lost + won) && lost - won > Least * training.Length)
            yield return new Finding(Name, "network", Severity.Fault,
                $"Of {training.Length} samples {Share(training)} are answered rightly in training mode and {Share(evaluation)} in evaluation mode.",
                "See which layer is named first for its averages; take the averages anew. Answering in training mode instead would let the samples of a batch change each other's answers.");
    }

    static string Share(bool[] right) => Words.Percent(right.Count(one => one) / (double)right.Length);
}
