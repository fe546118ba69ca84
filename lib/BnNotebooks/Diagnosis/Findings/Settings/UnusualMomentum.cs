namespace BnNotebooks.Diagnosis;

/// <summary>A momentum read the wrong way round: PyTorch's is the share of the new batch, Keras's that of the old average.</summary>
sealed class UnusualMomentum : ISymptom
{
    public const string Name = "momentum unusual";

    public IEnumerable<Finding> In(Observations seen) => seen.Norms
        .Where(norm => norm.Layer is { Tracks: true, Momentum: <= 0 or >= 0.5 })
        .Select(norm => new Finding(Name, norm.Layer.Name, Severity.Fault, $"Momentum is {Words.Number(norm.Layer.Momentum!.Value)}.", norm.Layer.Momentum switch
        {
            0 => "No batch counts in the averages: set 0.1, or null for their plain average.",
            < 0 or > 1 => "Expected from 0 to 1: the share of the new batch in the averages.",
            1 => "The averages are those of the last batch alone: set 0.1. (1 here is 0 in Keras.)",
            { } momentum => $"Here it is the share of the new batch, in Keras that of the old average: Keras's {Words.Number(momentum)} is {Words.Number(Math.Round(1 - momentum, 6))} here.",
            null => "",
        }));
}
