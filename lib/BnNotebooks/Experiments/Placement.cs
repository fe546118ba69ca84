namespace BnNotebooks.Experiments;

/// <summary>Where a normalization stands.</summary>
public enum Placement
{
    /// <summary>Between the linear layer or convolution and the activation, as in the paper of 2015.</summary>
    BeforeActivation,

    /// <summary>After the activation.</summary>
    AfterActivation,
}
