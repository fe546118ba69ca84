using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// What groups are normalized by, and which of it was computed from the groups themselves: through that the gradient flows,
/// the rest is constant.
/// </summary>
/// <param name="Mean">μ of each group.</param>
/// <param name="Variance">σ² of each group, the biased one: the mean squared distance from μ.</param>
/// <param name="MeanOfInput">Whether μ comes from the input.</param>
/// <param name="VarianceOfInput">Whether σ² comes from the input.</param>
internal sealed record GroupStatistics(double[] Mean, double[] Variance, bool MeanOfInput, bool VarianceOfInput)
{
    /// <summary>The groups' own means and variances, in two passes and in double: a batch norm of one sample, group for channel.</summary>
    public static GroupStatistics Of<T>(ReadOnlySpan<T> x, GroupShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (mean, variance) = (new double[shape.Groups], new double[shape.Groups]);
        new BatchNormCareful<T>().Statistics(x, new ChannelShape(N: 1, C: shape.Groups, S: shape.M), mean, variance);
        return new GroupStatistics(mean, variance, MeanOfInput: true, VarianceOfInput: true);
    }

    /// <summary>The groups' mean squares in the place of the variance, around the constant μ = 0.</summary>
    public static GroupStatistics MeanSquares<T>(ReadOnlySpan<T> x, GroupShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var meanSquare = new double[shape.Groups];
        for (var group = 0; group < shape.Groups; group++)
        {
            var sum = 0.0;
            foreach (var value in x.Slice(shape.Start(group), shape.M))
                sum += double.CreateTruncating(value) * double.CreateTruncating(value);
            meanSquare[group] = sum / shape.M;                                      // RMS² = 1/m · Σ x²
        }
        return new GroupStatistics(new double[shape.Groups], meanSquare, MeanOfInput: false, VarianceOfInput: true);
    }
}
