using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// The count, mean and variance of each channel of some data. Those of two parts merge into those of the whole, so a large
/// data set can be measured piece by piece, and a batch that is spread over several replicas as one.
/// </summary>
/// <remarks>
/// Of parts 1 and 2 with m₁ and m₂ values (Chan, Golub &amp; LeVeque 1979, whose sums of squares are m·σ² here):
/// <code>
/// m = m₁ + m₂        δ = μ₂ − μ₁        μ = μ₁ + δ·m₂/m        σ² = σ₁²·m₁/m + σ₂²·m₂/m + δ²·m₁·m₂/m²
/// </code>
/// </remarks>
public sealed class ChannelStatistics
{
    private readonly double[] mean;
    private readonly double[] variance;

    internal ChannelStatistics(long count, double[] mean, double[] variance)
    {
        Count = count;
        this.mean = mean;
        this.variance = variance;
    }

    /// <summary>m, how many values each channel has.</summary>
    public long Count { get; }

    /// <summary>μ of each channel.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>σ² of each channel, the biased one: the sum of squared deviations divided by m.</summary>
    public ReadOnlySpan<double> Variance => variance;

    /// <summary>The unbiased variance of each channel: the sum of squared deviations divided by m − 1.</summary>
    /// <exception cref="InvalidOperationException">There is only one value per channel.</exception>
    public double[] UnbiasedVariance()
    {
        if (Count < 2)
            throw new InvalidOperationException("The unbiased variance needs at least two values per channel, but there is one.");
        return [.. variance.Select(sigma2 => sigma2 * Count / (Count - 1))];
    }

    /// <summary>Measures the channels of a batch, in two passes and in double precision.</summary>
    /// <param name="x">Data of shape (N, C) or (N, C, …), not empty.</param>
    /// <returns>The statistics of its C channels.</returns>
    /// <exception cref="ArgumentException">The data has rank below 2, or is empty.</exception>
    public static ChannelStatistics Of(in ReadOnlyTensorSpan<float> x) => Of<float>(x);

    /// <inheritdoc cref="Of(in ReadOnlyTensorSpan{float})"/>
    public static ChannelStatistics Of(in ReadOnlyTensorSpan<double> x) => Of<double>(x);

    private static ChannelStatistics Of<T>(in ReadOnlyTensorSpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2 || x.FlattenedLength == 0)
            throw new ArgumentException($"Expected data of shape (N, C) or (N, C, …), but the shape is {Guard.Show(x.Lengths)}.", nameof(x));
        var shape = NormShape.Batch(x.Lengths);
        return Of(RowMajor.Read(x), shape, new Careful<T>());
    }

    /// <summary>
    /// As in libtorch's batch norm, a channel of a batch that does not vary gives zeros where there is no ε to divide them by, and no
    /// gradient comes back through it. It is as if its σ² were infinite.
    /// </summary>
    internal static void WithoutSpread(Span<double> variance) => variance.Replace(0, double.PositiveInfinity);

    /// <summary>What to normalize by with this ε. Running statistics, which have no count, are taken as they are.</summary>
    internal ChannelStatistics For(double eps)
    {
        if (eps > 0 || Count == 0)
            return this;
        var copy = Variance.ToArray();
        WithoutSpread(copy);
        return new ChannelStatistics(Count, mean, copy);
    }

    /// <summary>To normalize by, or to go back through if they are <paramref name="ofBatch"/>.</summary>
    internal NormStatistics Of(bool ofBatch) => new(mean, variance, ofBatch, ofBatch);

    internal static ChannelStatistics Of<T>(ReadOnlySpan<T> x, NormShape shape, NormArithmetic<T> arithmetic)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (mean, variance) = (new double[shape.Sets], new double[shape.Sets]);
        arithmetic.Measure(x, shape, new NormStatistics(mean, variance, meanOfInput: true, varianceOfInput: true));
        return new ChannelStatistics(shape.M, mean, variance);
    }

    /// <summary>
    /// The statistics of two parts together, without another look at the data (Chan, Golub &amp; LeVeque 1979, eq. 2.1).
    /// </summary>
    /// <param name="other">The statistics of the other part, of as many channels.</param>
    /// <returns>Those of the whole; the same whichever part comes first.</returns>
    /// <exception cref="ArgumentException">The other part has another number of channels.</exception>
    public ChannelStatistics Merge(ChannelStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.mean.Length != mean.Length)
            throw new ArgumentException($"Expected {mean.Length} channels, but there are {other.mean.Length}.", nameof(other));

        var (share, otherShare) = ((double)Count / (Count + other.Count), (double)other.Count / (Count + other.Count));
        var mergedMean = new double[mean.Length];
        var mergedVariance = new double[mean.Length];
        for (var c = 0; c < mean.Length; c++)
        {
            // δ = μ₂ − μ₁;  μ = μ₁ + δ·m₂/m;  σ² = σ₁²·m₁/m + σ₂²·m₂/m + δ²·m₁·m₂/m²
            var delta = other.mean[c] - mean[c];
            mergedMean[c] = mean[c] + delta * otherShare;
            mergedVariance[c] = variance[c] * share + other.variance[c] * otherShare + delta * delta * share * otherShare;
        }
        return new ChannelStatistics(Count + other.Count, mergedMean, mergedVariance);
    }
}
