namespace BnNotebooks.Experiments;

/// <summary>What follows each hidden linear layer or convolution.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>x, or 0.01·x where x is negative.</summary>
    LeakyReLU,

    /// <summary>x: the network stays linear but for its normalization.</summary>
    Identity,
}
