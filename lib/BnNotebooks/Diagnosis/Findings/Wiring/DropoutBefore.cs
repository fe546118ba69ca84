namespace BnNotebooks.Diagnosis;

/// <summary>Dropout before a batch norm: it raises the variance in training, whose averages then serve evaluation, where nothing drops.</summary>
/// <remarks>X. Li, S. Chen, X. Hu and J. Yang 2019, "Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift".</remarks>
sealed class DropoutBefore : ISymptom
{
    public const string Name = "dropout before batch norm";

    public IEnumerable<Finding> In(Observations seen)
    {
        Step? dropout = null;
        foreach (var step in seen.Steps)
        {
            if (Kinds.Dropped(step.Module) > 0)
                dropout = step;
            if (dropout is null || seen.BatchNorms.FirstOrDefault(norm => norm.Layer.Module == step.Module) is not { Seen: true } norm)
                continue;
            var ratio = Math.Exp(Enumerable.Range(0, norm.TrainInput.Variance.Length)
                .Average(c => Math.Log((norm.TrainInput.Variance[c] + norm.Layer.Eps) / (norm.EvalInput.Variance[c] + norm.Layer.Eps))));
            yield return new Finding(Name, norm.Layer.Name, Severity.Remark,
                $"{dropout.Name} drops {Words.Percent(Kinds.Dropped(dropout.Module))} before it. "
                + $"Its input's variance in training mode is {Words.Number(ratio)} times that in evaluation mode, for which its averages are used.",
                "Put dropout behind the last batch norm, or take the averages anew with dropout off.");
            dropout = null;
        }
    }
}
