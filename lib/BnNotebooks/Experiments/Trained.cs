namespace BnNotebooks.Experiments;

/// <summary>What a network learns; the rest stays as it started.</summary>
[Flags]
public enum Trained
{
    /// <summary>The weights and biases of the hidden layers, and whatever else they have but a normalization.</summary>
    HiddenWeights = 1,

    /// <summary>γ and β of the normalizations.</summary>
    Norms = 2,

    /// <summary>The weights and biases of the output layer.</summary>
    Output = 4,

    /// <summary>Everything.</summary>
    All = HiddenWeights | Norms | Output,
}
