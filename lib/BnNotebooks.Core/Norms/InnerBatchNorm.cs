using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The batch norm within a layer that is built around one, for inputs of any rank. Such a layer holds it rather than deriving
/// from <see cref="BatchNorm{T}"/>: folding and replicas would otherwise take the layer for a plain batch norm.
/// </summary>
internal sealed class InnerBatchNorm<T>(int numFeatures, double eps, double? momentum, bool affine)
    : BatchNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats: true) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C), (N, C, L), (N, C, H, W) or (N, C, D, H, W)";

    private protected override bool AcceptsRank(int rank) => rank is >= 2 and <= 5;

    /// <summary>Refuses what a batch norm refuses in the present mode.</summary>
    public void Check(ReadOnlySpan<nint> input) => OutputShape(input);
}
