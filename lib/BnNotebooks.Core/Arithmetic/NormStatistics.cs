namespace BnNotebooks.Core;

/// <summary>
/// What the sets are normalized by, and which of it is computed from the input: through that the gradient flows, the rest is constant.
/// </summary>
/// <param name="mean">μ of each set.</param>
/// <param name="variance">σ² of each set, the biased one: the mean squared distance from μ.</param>
/// <param name="meanOfInput">Whether μ comes from the input.</param>
/// <param name="varianceOfInput">Whether σ² comes from the input.</param>
internal readonly ref struct NormStatistics(Span<double> mean, Span<double> variance, bool meanOfInput, bool varianceOfInput)
{
    public Span<double> Mean { get; } = mean;

    public Span<double> Variance { get; } = variance;

    public bool MeanOfInput { get; } = meanOfInput;

    public bool VarianceOfInput { get; } = varianceOfInput;

    /// <summary>The same as constants: an arithmetic does not work them out anew.</summary>
    public NormStatistics Known => new(Mean, Variance, meanOfInput: false, varianceOfInput: false);
}

/// <summary>
/// The sums over a batch that its gradients need: ∂ℓ/∂γ and ∂ℓ/∂β of each channel; Σ ∂ℓ/∂x̂ and Σ ∂ℓ/∂x̂ · x̂ of each set.
/// </summary>
internal readonly ref struct NormGradients(Span<double> gamma, Span<double> beta, Span<double> sum, Span<double> projection)
{
    /// <summary>∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂ of each channel.</summary>
    public Span<double> Gamma { get; } = gamma;

    /// <summary>∂ℓ/∂β = Σ ∂ℓ/∂y of each channel.</summary>
    public Span<double> Beta { get; } = beta;

    /// <summary>Σ ∂ℓ/∂x̂ of each set, where ∂ℓ/∂x̂ = γ · ∂ℓ/∂y.</summary>
    public Span<double> Sum { get; } = sum;

    /// <summary>Σ ∂ℓ/∂x̂ · x̂ of each set.</summary>
    public Span<double> Projection { get; } = projection;
}
