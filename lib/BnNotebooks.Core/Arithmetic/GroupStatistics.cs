namespace BnNotebooks.Core;

/// <summary>
/// What groups are normalized by, and which of it is computed from the groups themselves: through that the gradient flows, the
/// rest is constant.
/// </summary>
/// <param name="mean">μ of each group.</param>
/// <param name="variance">σ² of each group, the biased one: the mean squared distance from μ.</param>
/// <param name="meanOfInput">Whether μ comes from the input.</param>
/// <param name="varianceOfInput">Whether σ² comes from the input.</param>
internal readonly ref struct GroupStatistics(Span<double> mean, Span<double> variance, bool meanOfInput, bool varianceOfInput)
{
    public Span<double> Mean { get; } = mean;

    public Span<double> Variance { get; } = variance;

    public bool MeanOfInput { get; } = meanOfInput;

    public bool VarianceOfInput { get; } = varianceOfInput;
}
