namespace BnNotebooks.Experiments;

/// <summary>What a run records inside the network each time it looks at the test data.</summary>
[Flags]
public enum Watch
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The inputs of each activation function on test data: see <see cref="ActivationRecord"/>.</summary>
    Activations = 1,

    /// <summary>The size of each layer's weight gradient: see <see cref="GradientRecord"/>.</summary>
    Gradients = 2,
}
