using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Instance normalization of volumes (N, C, D, H, W), or of one without a batch, (C, D, H, W), as <c>torch.nn.InstanceNorm3d</c>.
/// </summary>
/// <inheritdoc cref="InstanceNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class InstanceNorm3d<T> : InstanceNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Makes the layer, in training mode, with γ = 1, β = 0, running mean 0 and running variance 1, where there are any.
    /// </summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">The share of the new batch in the running statistics, from 0 to 1.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="trackRunningStats">
    /// Whether to keep running statistics for evaluation; if not, evaluation uses the instances' statistics too.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public InstanceNorm3d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
        : base(numFeatures, eps, momentum, affine, trackRunningStats)
    {
    }

    private protected override string ExpectedShape => "(N, C, D, H, W) or (C, D, H, W)";

    private protected override int PositionDimensions => 3;
}

/// <summary><see cref="InstanceNorm3d{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class InstanceNorm3d : InstanceNorm3d<float>
{
    /// <inheritdoc/>
    public InstanceNorm3d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
        : base(numFeatures, eps, momentum, affine, trackRunningStats)
    {
    }
}
