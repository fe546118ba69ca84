using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Batch normalization (Ioffe &amp; Szegedy 2015) of features (N, C) or sequences (N, C, L), as <c>torch.nn.BatchNorm1d</c>.</summary>
/// <inheritdoc cref="BatchNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
/// <param name="eps">ε, added to the variance; not negative.</param>
/// <param name="momentum">The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.</param>
/// <param name="affine">Whether to learn γ and β.</param>
/// <param name="trackRunningStats">
/// Whether to keep running statistics for evaluation; if not, evaluation uses the batch's statistics too.
/// </param>
public class BatchNorm1d<T>(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C) or (N, C, L)";

    private protected override bool AcceptsRank(int rank) => rank is 2 or 3;
}

/// <summary><see cref="BatchNorm1d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="BatchNorm1d{T}" path="/param"/>
public sealed class BatchNorm1d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm1d<float>(numFeatures, eps, momentum, affine, trackRunningStats);

/// <summary>Batch normalization (Ioffe &amp; Szegedy 2015) of images (N, C, H, W), as <c>torch.nn.BatchNorm2d</c>.</summary>
/// <inheritdoc cref="BatchNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <inheritdoc cref="BatchNorm1d{T}" path="/param"/>
public class BatchNorm2d<T>(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C, H, W)";

    private protected override bool AcceptsRank(int rank) => rank == 4;
}

/// <summary><see cref="BatchNorm2d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="BatchNorm1d{T}" path="/param"/>
public sealed class BatchNorm2d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm2d<float>(numFeatures, eps, momentum, affine, trackRunningStats);

/// <summary>Batch normalization (Ioffe &amp; Szegedy 2015) of volumes (N, C, D, H, W), as <c>torch.nn.BatchNorm3d</c>.</summary>
/// <inheritdoc cref="BatchNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <inheritdoc cref="BatchNorm1d{T}" path="/param"/>
public class BatchNorm3d<T>(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C, D, H, W)";

    private protected override bool AcceptsRank(int rank) => rank == 5;
}

/// <summary><see cref="BatchNorm3d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="BatchNorm1d{T}" path="/param"/>
public sealed class BatchNorm3d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm3d<float>(numFeatures, eps, momentum, affine, trackRunningStats);
