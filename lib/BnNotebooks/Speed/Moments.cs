namespace BnNotebooks.Speed;

/// <summary>What a channel is normalized by.</summary>
/// <param name="Mean">μ, in the unit of the data.</param>
/// <param name="Variance">σ², the mean squared deviation from μ (divided by m), in the unit squared.</param>
readonly record struct Moments(double Mean, double Variance)
{
    /// <summary>1/√(σ² + ε).</summary>
    public double InverseStd => 1 / Math.Sqrt(Variance + ForwardStep.Eps);
}
