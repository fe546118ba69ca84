using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Batch normalization of images (N, C, H, W), as <c>torch.nn.BatchNorm2d</c>.</summary>
/// <inheritdoc cref="BatchNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class BatchNorm2d<T> : BatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer, in training mode, with γ = 1, β = 0, running mean 0 and running variance 1.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">
    /// The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.
    /// </param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="trackRunningStats">
    /// Whether to keep running statistics for evaluation; if not, evaluation uses the batch's statistics too.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public BatchNorm2d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
        : base(numFeatures, eps, momentum, affine, trackRunningStats)
    {
    }

    private protected override string ExpectedShape => "(N, C, H, W)";

    private protected override bool AcceptsRank(int rank) => rank == 4;
}

/// <summary><see cref="BatchNorm2d{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class BatchNorm2d : BatchNorm2d<float>
{
    /// <inheritdoc/>
    public BatchNorm2d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
        : base(numFeatures, eps, momentum, affine, trackRunningStats)
    {
    }
}
