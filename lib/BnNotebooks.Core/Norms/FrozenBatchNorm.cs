using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization whose statistics, γ and β are all fixed, as <c>torchvision.ops.FrozenBatchNorm2d</c>, for inputs of any rank that
/// batch norm takes: for a trained network of which a part is trained on, with batches too small for statistics (as He, Zhang, Ren
/// &amp; Sun 2016 do for detection, appendix A).
/// </summary>
/// <remarks>
/// In training and in evaluation it does what <see cref="BatchNorm{T}"/> does in evaluation, with the same arithmetic:
/// <code>
/// y = a·(x − μ) + β        a = γ/√(σ² + ε)        ∂ℓ/∂x = a · ∂ℓ/∂y
/// </code>
/// <para>There is nothing to learn: <see cref="Layer{T}.Parameters"/> is empty, and γ and β are buffers like μ and σ². The names are
/// those of a batch norm, so its state loads; the number of batches, which this layer has no use for, may be in it.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class FrozenBatchNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly InnerBatchNorm<T> batchNorm;

    // What the latest forward pass has computed with, for the backward pass.
    private ChannelStatistics? statistics;
    private T[] gamma = [];

    /// <summary>Makes the layer with γ = 1, β = 0, μ = 0 and σ² = 1, until a state is loaded.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above.</exception>
    public FrozenBatchNorm(int numFeatures, double eps = 1e-5)
    {
        batchNorm = new InnerBatchNorm<T>(numFeatures, eps, momentum: 0, affine: true) { GradEnabled = false };
        batchNorm.Eval();
        Buffers = [.. batchNorm.Parameters.Select(parameter => parameter.State), .. batchNorm.Buffers.Where(buffer => buffer.Name != "num_batches_tracked")];
    }

    /// <summary>Freezes a batch norm as it is now. Nothing is shared.</summary>
    /// <param name="batchNorm">The batch norm; one without γ and β counts as one with ones and zeros.</param>
    /// <returns>The layer that does what the batch norm does in evaluation.</returns>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics, so in evaluation it is no fixed map.</exception>
    public static FrozenBatchNorm<T> From(BatchNorm<T> batchNorm)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        if (!batchNorm.TrackRunningStats)
            throw new InvalidOperationException(
                "Freezing needs running statistics, but this batch norm tracks none: in evaluation it normalizes by each batch's own.");
        var frozen = new FrozenBatchNorm<T>(batchNorm.NumFeatures, batchNorm.Eps);
        frozen.LoadStateDict(batchNorm.StateDict(), strict: false);     // without γ and β, ones and zeros stay
        return frozen;
    }

    /// <summary>C, the number of channels (features).</summary>
    public int NumFeatures => batchNorm.NumFeatures;

    /// <summary>ε, added to the variance before the square root.</summary>
    public double Eps => batchNorm.Eps;

    /// <summary>γ, of shape (C,), ones at first.</summary>
    public Tensor<T> Weight => batchNorm.Weight!.Value;

    /// <summary>β, of shape (C,), zeros at first.</summary>
    public Tensor<T> Bias => batchNorm.Bias!.Value;

    /// <summary>μ, of shape (C,), zeros at first.</summary>
    public Tensor<T> RunningMean => batchNorm.RunningMean!;

    /// <summary>σ², of shape (C,), ones at first.</summary>
    public Tensor<T> RunningVar => batchNorm.RunningVar!;

    /// <inheritdoc/>
    public override IReadOnlyList<StateTensor> Buffers { get; }

    // The same in both modes, so a pass that keeps nothing leaves nothing behind in either.
    internal override bool Inference => !GradEnabled;

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        batchNorm.Check(input);
        return input;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        if (!Inference)
            (statistics, gamma) = (batchNorm.RunningStatistics(), batchNorm.Weight!.Values.ToArray());
        batchNorm.Forward(new ReadOnlyTensorSpan<T>(x, shape), new TensorSpan<T>(y, shape));
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (!batchNorm.Weight!.Values.SequenceEqual(gamma))
            throw new InvalidOperationException(
                "FrozenBatchNorm.Backward computes with the values of the forward pass, but weight has changed since. Call Backward before a state is loaded.");
        batchNorm.InputGradient(dy, x, NormShape.Batch(shape), statistics!, throughStatistics: null, dx);
    }
}

/// <summary><see cref="FrozenBatchNorm{T}"/> in single precision, as PyTorch's layers are by default.</summary>
/// <inheritdoc cref="FrozenBatchNorm{T}(int, double)" path="/param"/>
public sealed class FrozenBatchNorm(int numFeatures, double eps = 1e-5) : FrozenBatchNorm<float>(numFeatures, eps);
