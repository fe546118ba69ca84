using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// The end of a residual block (He, Zhang, Ren &amp; Sun 2016, figure 2) in one pass over memory: batch normalization, the addition of
/// what came around the block, and a ReLU, y = max(0, γ·x̂ + β + r).
/// </summary>
/// <remarks>
/// It has two inputs, so it is not a <see cref="Layer{T}"/>: a network that is one calls it itself. For the backward pass it holds on to x
/// and to its own output y, whose sign says where the gradient comes back; they must stay as they are till then, and so must γ:
/// <code>
/// ∂ℓ/∂r = ∂ℓ/∂(γ·x̂ + β) = ∂ℓ/∂y where y is positive, 0 elsewhere
/// </code>
/// The other gradients are those of <see cref="BatchNorm{T}"/>. Names, state and running statistics are a batch norm's.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
/// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
/// <param name="eps">ε, added to the variance; not negative.</param>
/// <param name="momentum">The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.</param>
public class BatchNormAddReLU<T>(int numFeatures, double eps = 1e-5, double? momentum = 0.1) where T : unmanaged, IFloatingPointIeee754<T>
{
    private (Tensor<T> Input, Tensor<T> Output)? latest;

    /// <summary>The batch norm inside: its options, parameters, state, running statistics and mode are this one's.</summary>
    public BatchNorm<T> BatchNorm { get; } = new InnerBatchNorm<T>(numFeatures, eps, momentum, affine: true);

    /// <summary>Computes the output into a new tensor.</summary>
    /// <param name="input">x, of shape (N, C) to (N, C, D, H, W).</param>
    /// <param name="residual">r, of the same shape.</param>
    /// <returns>y, of the same shape.</returns>
    /// <exception cref="ArgumentException">The batch norm does not take such an input, or not in this mode, or the shapes differ.</exception>
    public Tensor<T> Forward(Tensor<T> input, Tensor<T> residual)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Tensor.CreateFromShapeUninitialized<T>(input.Lengths);
        Forward(input, residual, output);
        return output;
    }

    /// <summary>The same, into a tensor of the caller's, which may be the residual itself.</summary>
    /// <param name="input">x, of shape (N, C) to (N, C, D, H, W).</param>
    /// <param name="residual">r, of the same shape.</param>
    /// <param name="output">Where y goes: of the input's shape, apart from the input in memory, and dense.</param>
    /// <exception cref="ArgumentException">
    /// The batch norm does not take such an input, or not in this mode, the shapes differ, or the output overlaps the input or is strided.
    /// </exception>
    public void Forward(Tensor<T> input, Tensor<T> residual, Tensor<T> output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(residual);
        ArgumentNullException.ThrowIfNull(output);
        var inference = BatchNorm.Inference;
        using var turn = BatchNorm.Enter(shared: inference);
        BatchNorm.Accept(input.Lengths);
        Guard.SameShape(residual.Lengths, input.Lengths, nameof(residual));
        Guard.SameShape(output.Lengths, input.Lengths, nameof(output));
        RequireApart(input, output, nameof(input), nameof(output));
        Guard.InPlace<T>(residual, output, nameof(residual), nameof(output));
        if (!inference)
            latest = BatchNorm.GradEnabled ? (input, output) : null;
        if (input.FlattenedLength > 0)
            BatchNorm.Forward(RowMajor.Read<T>(input), NormShape.Batch(input.Lengths), inference, BatchNorm<T>.Then.AddReLU,
                RowMajor.Read<T>(residual), RowMajor.Write<T>(output, out _));
    }

    /// <summary>Takes the gradient of the loss back through the latest forward pass; adds those of γ and β to the batch norm's.</summary>
    /// <param name="gradOutput">∂loss/∂y, of the output's shape.</param>
    /// <returns>∂loss/∂x and ∂loss/∂r, in new tensors.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass, or it ran with GradEnabled false.</exception>
    /// <exception cref="ArgumentException">The gradient does not have the output's shape.</exception>
    public (Tensor<T> Input, Tensor<T> Residual) Backward(Tensor<T> gradOutput)
    {
        ArgumentNullException.ThrowIfNull(gradOutput);
        var (gradInput, gradResidual) =
            (Tensor.CreateFromShapeUninitialized<T>(gradOutput.Lengths), Tensor.CreateFromShapeUninitialized<T>(gradOutput.Lengths));
        Backward(gradOutput, gradInput, gradResidual);
        return (gradInput, gradResidual);
    }

    /// <summary>The same, into tensors of the caller's.</summary>
    /// <param name="gradOutput">∂loss/∂y, of the output's shape.</param>
    /// <param name="gradInput">Where ∂loss/∂x goes: dense, of the same shape, apart from everything else.</param>
    /// <param name="gradResidual">Where ∂loss/∂r goes: likewise, but it may be <paramref name="gradOutput"/> itself.</param>
    /// <exception cref="InvalidOperationException">There was no forward pass, or it ran with GradEnabled false.</exception>
    /// <exception cref="ArgumentException">A gradient does not have the output's shape, or memory overlaps or is strided.</exception>
    public void Backward(Tensor<T> gradOutput, Tensor<T> gradInput, Tensor<T> gradResidual)
    {
        ArgumentNullException.ThrowIfNull(gradOutput);
        ArgumentNullException.ThrowIfNull(gradInput);
        ArgumentNullException.ThrowIfNull(gradResidual);
        using var turn = BatchNorm.Enter(shared: false);
        if (latest is not var (x, y))
            throw new InvalidOperationException(
                "BatchNormAddReLU.Backward needs a forward pass before it, with GradEnabled true, but there was none. Call Forward first.");
        Guard.SameShape(gradOutput.Lengths, y.Lengths, nameof(gradOutput));
        Guard.SameShape(gradInput.Lengths, y.Lengths, nameof(gradInput));
        Guard.SameShape(gradResidual.Lengths, y.Lengths, nameof(gradResidual));
        foreach (var (other, name) in new[] { (gradOutput, nameof(gradOutput)), (gradResidual, nameof(gradResidual)), (x, "input"), (y, "output") })
            RequireApart(other, gradInput, name, nameof(gradInput));
        Guard.InPlace<T>(gradOutput, gradResidual, nameof(gradOutput), nameof(gradResidual));
        RequireApart(x, gradResidual, "input", nameof(gradResidual));
        RequireApart(y, gradResidual, "output", nameof(gradResidual));
        if (y.FlattenedLength > 0)
            BatchNorm.Backward(RowMajor.Read<T>(gradOutput), RowMajor.Read<T>(x), NormShape.Batch(x.Lengths), BatchNorm<T>.Then.AddReLU,
                RowMajor.Read<T>(y), RowMajor.Write<T>(gradInput, out _), RowMajor.Write<T>(gradResidual, out _));
    }

    private static void RequireApart(Tensor<T> one, Tensor<T> other, string name, string otherName)
    {
        if (!other.IsDense)
            throw new ArgumentException("Expected a dense tensor to write to, but it is strided.", otherName);
        if (Guard.InPlace<T>(one, other, name, otherName))
            throw new ArgumentException($"Expected memory apart from that of '{name}', but it is the same.", otherName);
    }
}

/// <summary><see cref="BatchNormAddReLU{T}"/> in single precision, as PyTorch's layers are by default.</summary>
/// <inheritdoc cref="BatchNormAddReLU{T}" path="/param"/>
public sealed class BatchNormAddReLU(int numFeatures, double eps = 1e-5, double? momentum = 0.1) : BatchNormAddReLU<float>(numFeatures, eps, momentum);
