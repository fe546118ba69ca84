using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Instance normalization (Ulyanov, Vedaldi &amp; Lempitsky 2016) of sequences (N, C, L), or of one without a batch, (C, L), as <c>torch.nn.InstanceNorm1d</c>.
/// </summary>
/// <inheritdoc cref="InstanceNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
/// <param name="eps">ε, added to the variance; not negative.</param>
/// <param name="momentum">The share of the new batch in the running statistics, from 0 to 1.</param>
/// <param name="affine">Whether to learn γ and β.</param>
/// <param name="trackRunningStats">
/// Whether to keep running statistics for evaluation; if not, evaluation uses the instances' statistics too.
/// </param>
public class InstanceNorm1d<T>(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C, L) or (C, L)";

    private protected override int PositionDimensions => 1;
}

/// <summary><see cref="InstanceNorm1d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="InstanceNorm1d{T}" path="/param"/>
public sealed class InstanceNorm1d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm1d<float>(numFeatures, eps, momentum, affine, trackRunningStats);

/// <summary>
/// Instance normalization (Ulyanov, Vedaldi &amp; Lempitsky 2016) of images (N, C, H, W), or of one without a batch, (C, H, W), as <c>torch.nn.InstanceNorm2d</c>.
/// </summary>
/// <inheritdoc cref="InstanceNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <inheritdoc cref="InstanceNorm1d{T}" path="/param"/>
public class InstanceNorm2d<T>(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C, H, W) or (C, H, W)";

    private protected override int PositionDimensions => 2;
}

/// <summary><see cref="InstanceNorm2d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="InstanceNorm1d{T}" path="/param"/>
public sealed class InstanceNorm2d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm2d<float>(numFeatures, eps, momentum, affine, trackRunningStats);

/// <summary>
/// Instance normalization (Ulyanov, Vedaldi &amp; Lempitsky 2016) of volumes (N, C, D, H, W), or of one without a batch, (C, D, H, W), as <c>torch.nn.InstanceNorm3d</c>.
/// </summary>
/// <inheritdoc cref="InstanceNorm{T}" path="/remarks"/>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <inheritdoc cref="InstanceNorm1d{T}" path="/param"/>
public class InstanceNorm3d<T>(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm<T>(numFeatures, eps, momentum, affine, trackRunningStats) where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected override string ExpectedShape => "(N, C, D, H, W) or (C, D, H, W)";

    private protected override int PositionDimensions => 3;
}

/// <summary><see cref="InstanceNorm3d{T}"/> in single precision, as PyTorch's is by default.</summary>
/// <inheritdoc cref="InstanceNorm1d{T}" path="/param"/>
public sealed class InstanceNorm3d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm3d<float>(numFeatures, eps, momentum, affine, trackRunningStats);
