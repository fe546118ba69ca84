using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Removes a trained batch norm from a network by putting it into the layer before it (Jacob et al. 2018, "Quantization and
/// Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", section 3.2).
/// </summary>
/// <remarks>
/// With W and b of the layer before, and μ and σ² the running statistics:
/// <code>
/// s = γ/√(σ² + ε)        W′ = s·W        b′ = s·(b − μ) + β
/// </code>
/// </remarks>
public static class BatchNormFolding
{
    /// <summary>
    /// The weight and bias of a linear or convolution layer that does alone what it and the batch norm after it did in evaluation.
    /// </summary>
    /// <remarks>
    /// In evaluation a batch norm is y = s·z + (β − s·μ) with s = γ/√(σ² + ε), of the running statistics. With z = W·x + b
    /// before it, y = (s·W)·x + (s·(b − μ) + β): another layer of the same kind. s scales the weights that lead to an output
    /// channel, so it does not matter how many dimensions follow the first.
    /// </remarks>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="batchNorm">The batch norm, of C features, with running statistics.</param>
    /// <param name="weight">
    /// W, of shape (C, in) for a linear layer or (C, in/groups, …) for a convolution; its first dimension are the outputs. Of a
    /// transposed convolution it is (in, C/groups, …), which cannot be told from the former if both are C: say it by transposedGroups.
    /// </param>
    /// <param name="bias">b, of shape (C,); leave it out for a layer without one.</param>
    /// <param name="transposedGroups">For a transposed convolution its number of groups, usually 1; 0 for all other layers.</param>
    /// <returns>The new weight, of W's shape, and the new bias, of shape (C,).</returns>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics, so in evaluation it is no fixed map.</exception>
    /// <exception cref="ArgumentException">The weight or the bias has another shape.</exception>
    public static (Tensor<T> Weight, Tensor<T> Bias) FoldInto<T>(
        this BatchNorm<T> batchNorm, in ReadOnlyTensorSpan<T> weight, in ReadOnlyTensorSpan<T> bias = default, int transposedGroups = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        var c = batchNorm.NumFeatures;
        if (!batchNorm.TrackRunningStats)
            throw new InvalidOperationException(
                "Folding needs running statistics, but this batch norm tracks none: in evaluation it normalizes by each batch's own.");
        if (transposedGroups < 0 || (transposedGroups > 0 && (weight.Rank < 3 || weight.Lengths[1] * transposedGroups != c || weight.Lengths[0] % transposedGroups != 0)))
            throw new ArgumentException(
                $"Expected shape (in, {c}/groups, …) of a transposed convolution of {transposedGroups} groups, but it is {Guard.Show(weight.Lengths)}.",
                nameof(weight));
        if (weight.Rank < 2 || (transposedGroups == 0 && weight.Lengths[0] != c))
            throw new ArgumentException(
                $"Expected shape ({c}, …), with as many outputs as the batch norm has features, but it is {Guard.Show(weight.Lengths)}.",
                nameof(weight));
        if (bias.Rank != 0)
            Guard.SameShape(bias.Lengths, [c], nameof(bias));

        var oldWeight = RowMajor.Read(weight);
        var oldBias = bias.Rank == 0 ? new T[c] : RowMajor.Read(bias);
        var newWeight = new T[oldWeight.Length];
        var newBias = new T[c];
        var running = batchNorm.RunningStatistics();
        // Of one output after the other, so many weights lie together; of a transposed convolution, again for each input of the group.
        var together = transposedGroups == 0 ? oldWeight.Length / c : oldWeight.Length / (int)(weight.Lengths[0] * weight.Lengths[1]);
        var outputs = transposedGroups == 0 ? c : c / transposedGroups;
        var perGroup = transposedGroups == 0 ? oldWeight.Length : oldWeight.Length / transposedGroups;
        for (var output = 0; output < c; output++)
        {
            var gamma = batchNorm.Weight is null ? 1 : double.CreateTruncating(batchNorm.Weight.Values[output]);
            var beta = batchNorm.Bias is null ? 0 : double.CreateTruncating(batchNorm.Bias.Values[output]);
            var s = gamma / Math.Sqrt(running.Variance[output] + batchNorm.Eps);
            for (var row = output / outputs * perGroup + output % outputs * together; row < (output / outputs + 1) * perGroup; row += outputs * together)
                for (var i = row; i < row + together; i++)
                    newWeight[i] = T.CreateTruncating(s * double.CreateTruncating(oldWeight[i]));
            newBias[output] = T.CreateTruncating(s * (double.CreateTruncating(oldBias[output]) - running.Mean[output]) + beta);
        }
        return (Tensor.Create(newWeight, weight.Lengths), Tensor.Create(newBias, [c]));
    }

    /// <inheritdoc cref="FoldInto{T}(BatchNorm{T}, in ReadOnlyTensorSpan{T}, in ReadOnlyTensorSpan{T}, int)"/>
    /// <remarks>A bias of null stands for a layer without one.</remarks>
    public static (Tensor<T> Weight, Tensor<T> Bias) FoldInto<T>(
        this BatchNorm<T> batchNorm, Tensor<T> weight, Tensor<T>? bias = null, int transposedGroups = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        return batchNorm.FoldInto(weight.AsReadOnlyTensorSpan(), bias is null ? default : bias.AsReadOnlyTensorSpan(), transposedGroups);
    }
}
