using System.Numerics;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>
/// The arithmetic of batch normalization, over plain memory and without state. What may differ between two kernels is how
/// carefully and how fast they compute; what they compute is the same. (CreateTruncating, between float and double, is the
/// plain cast: it rounds to the nearest.)
/// </summary>
internal abstract class BatchNormKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BatchNormKernel<T> For(BatchNormMethod method) => method switch
    {
        BatchNormMethod.Fast => Fast(),
        BatchNormMethod.Careful => new BatchNormCareful<T>(),
        BatchNormMethod.ByFormula => new BatchNormByFormula<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Expected Fast, Careful or ByFormula."),
    };

    // The widest vectors that the machine computes with without slowing down. The fast kernel knows float and double.
    private static BatchNormKernel<T> Fast() =>
        typeof(T) != typeof(float) && typeof(T) != typeof(double) ? new BatchNormCareful<T>()
        : Vector512.IsHardwareAccelerated ? new BatchNormFast<T, Lanes512>()
        : Vector256.IsHardwareAccelerated ? new BatchNormFast<T, Lanes256>()
        : Vector128.IsHardwareAccelerated ? new BatchNormFast<T, Lanes128>()
        : new BatchNormFast<T, Lanes1>();

    /// <summary>μ and σ² of each channel over the batch; σ² is the biased one, divided by m.</summary>
    public abstract void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance);

    /// <summary>y = γ·(x − μ)/√(σ² + ε) + β. Empty γ and β mean ones and zeros; y may be x itself.</summary>
    public abstract void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y);

    /// <summary>The two together, as in training: a kernel may save a look at the data.</summary>
    public virtual void Forward(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        Statistics(x, shape, mean, variance);
        Normalize(x, shape, mean, variance, eps, weight, bias, y);
    }

    /// <summary>∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂ and ∂ℓ/∂β = Σ ∂ℓ/∂y of each channel: all that the gradient needs to know of the batch.</summary>
    public abstract void ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, Span<double> dGamma, Span<double> dBeta);

    /// <summary>
    /// ∂ℓ/∂x, given the sums over all <paramref name="m"/> values that μ and σ² came from. Empty sums mean that μ and σ² are
    /// constants, as in evaluation. dx may be dy itself.
    /// </summary>
    public abstract void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx);

    /// <summary>The two together: a kernel may save a look at the data.</summary>
    public virtual void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight, bool constantStatistics,
        Span<double> dGamma, Span<double> dBeta, Span<T> dx)
    {
        ParameterGradients(dy, x, shape, mean, variance, eps, dGamma, dBeta);
        InputGradient(dy, x, shape, mean, variance, eps, weight,
            constantStatistics ? [] : dGamma, constantStatistics ? [] : dBeta, shape.M, dx);
    }

    /// <summary>
    /// new = (1 − share)·old + share·batch, for each channel's running mean, and with another share its running variance.
    /// </summary>
    public virtual void Move(Span<T> running, ReadOnlySpan<double> batch, double share, double shareOfBatch)
    {
        for (var c = 0; c < running.Length; c++)
            running[c] = T.CreateTruncating((1 - share) * double.CreateTruncating(running[c]) + shareOfBatch * batch[c]);
    }

    /// <summary>
    /// k, a value that is near the channel's others: its first. Sums of x − k keep their digits where those of x would not. An
    /// infinite or NaN k would spoil what the sum says of the others, so then it is 0.
    /// </summary>
    public static double Near(T first)
    {
        var k = double.CreateTruncating(first);
        return double.IsFinite(k) ? k : 0;
    }

    /// <summary>
    /// How many times σ² may be in (k − μ)²: E[(x − k)²] is larger than the variance by so much, and its rounding errors with it. The
    /// result in float does not show a thousandfold error of double; in double, the sums are taken around μ itself in any case.
    /// </summary>
    public static readonly double MostOff = typeof(T) == typeof(float) ? 1000 : 0;
}
