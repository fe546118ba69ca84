namespace BnNotebooks.Core;

/// <summary>
/// What groups are normalized by, and which of it is computed from the groups themselves: through that the gradient flows, the
/// rest is constant. A layer keeps one of these and fills it anew in every forward pass.
/// </summary>
internal sealed class GroupStatistics
{
    /// <summary>μ of each group.</summary>
    public double[] Mean { get; private set; } = [];

    /// <summary>σ² of each group, the biased one: the mean squared distance from μ.</summary>
    public double[] Variance { get; private set; } = [];

    /// <summary>Whether μ comes from the input.</summary>
    public bool MeanOfInput { get; private set; }

    /// <summary>Whether σ² comes from the input.</summary>
    public bool VarianceOfInput { get; private set; }

    /// <summary>Makes room for so many groups, with a μ of 0 where it will not come from the input.</summary>
    public void Prepare(int groups, bool meanOfInput, bool varianceOfInput)
    {
        if (Mean.Length != groups)
            (Mean, Variance) = (new double[groups], new double[groups]);
        if (!meanOfInput)
            Array.Clear(Mean);
        (MeanOfInput, VarianceOfInput) = (meanOfInput, varianceOfInput);
    }
}
