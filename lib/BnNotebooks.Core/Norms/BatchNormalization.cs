using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization (Ioffe &amp; Szegedy 2015, Algorithm 1) as a function of a data set, without layers, parameters or state.
/// </summary>
/// <remarks>
/// Per feature, over the N samples:
/// <code>
/// μ = 1/N · Σ x        σ² = 1/N · Σ (x − μ)²        x̂ = (x − μ)/√(σ² + ε)
/// </code>
/// </remarks>
public static class BatchNormalization
{
    /// <summary>
    /// Normalizes each feature (column) of a batch by its own mean and variance: (x − μ)/√(σ² + ε).
    /// </summary>
    /// <remarks>
    /// This is <c>batch_normalize()</c> of the slides. They say both that ε is added to the standard deviation, (x − μ)/(σ + ε),
    /// and that it is added to the variance, (x − μ)/√(σ² + ε). Here it is added to the variance, as in Ioffe &amp; Szegedy
    /// (2015), Algorithm 1, and in PyTorch. σ² is the biased variance, Σ(x − μ)²/N, as there.
    /// </remarks>
    /// <param name="x">The data, of shape (N, F): N samples of F features, N at least 2.</param>
    /// <param name="eps">ε, which keeps the denominator from being zero where a feature is constant. Not negative.</param>
    /// <returns>The normalized data, a new tensor of shape (N, F): each column has mean 0 and variance σ²/(σ² + ε).</returns>
    /// <exception cref="ArgumentException">The data is not of rank 2, has no feature, or fewer than two samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or not a number.</exception>
    public static Tensor<float> Normalize(in ReadOnlyTensorSpan<float> x, double eps = 1e-5) => Normalize<float>(x, eps);

    /// <inheritdoc cref="Normalize(in ReadOnlyTensorSpan{float}, double)"/>
    public static Tensor<double> Normalize(in ReadOnlyTensorSpan<double> x, double eps = 1e-5) => Normalize<double>(x, eps);

    private static Tensor<T> Normalize<T>(in ReadOnlyTensorSpan<T> x, double eps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Eps(eps);
        if (x.Rank != 2)
            throw new ArgumentException($"Expected shape (N, F), samples by features, but it has shape {Guard.Show(x.Lengths)}.", nameof(x));
        if (x.Lengths[1] < 1)
            throw new ArgumentException($"Expected at least one feature, but the shape is {Guard.Show(x.Lengths)}.", nameof(x));
        if (x.Lengths[0] < 2)
            throw new ArgumentException(
                $"Expected at least two samples, because a single value has no spread to normalize by, but the shape is {Guard.Show(x.Lengths)}.",
                nameof(x));

        var shape = NormShape.Batch(x.Lengths);
        var values = RowMajor.Read(x);
        var normalized = new T[values.Length];
        var statistics = new NormStatistics(new double[shape.C], new double[shape.C], meanOfInput: true, varianceOfInput: true);
        new Careful<T>().Forward(values, shape, statistics, eps, weight: [], bias: [], normalized);
        return Tensor.Create(normalized, x.Lengths);
    }
}
