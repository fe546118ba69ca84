using System.Numerics;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>
/// The arithmetic of all normalizations, over plain memory and without state. What may differ between two of them is how carefully
/// and how fast they compute; what they compute is the same. (CreateTruncating, between float and double, is the plain cast: it
/// rounds to the nearest.)
/// </summary>
internal abstract class NormArithmetic<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The one that computes in this manner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the three.</exception>
    public static NormArithmetic<T> For(BatchNormMethod method) => method switch
    {
        BatchNormMethod.Fast => Fast,
        BatchNormMethod.Careful => new Careful<T>(),
        BatchNormMethod.ByFormula => new ByFormula<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Expected Fast, Careful or ByFormula."),
    };

    // The widest vectors that the machine computes with without slowing down. The fast ones know float and double.
    private static readonly NormArithmetic<T> Fast =
        typeof(T) != typeof(float) && typeof(T) != typeof(double) ? new Careful<T>()
        : Vector512.IsHardwareAccelerated ? new Fast<T, Lanes512<T>>()
        : Vector256.IsHardwareAccelerated ? new Fast<T, Lanes256<T>>()
        : Vector128.IsHardwareAccelerated ? new Fast<T, Lanes128<T>>()
        : new Fast<T, Lanes1<T>>();

    /// <summary>Works out what of the statistics comes from the input.</summary>
    public abstract void Measure(ReadOnlySpan<T> x, NormShape shape, NormStatistics by);

    /// <summary>y = γ·(x − μ)/√(σ² + ε) + β. Empty γ and β mean ones and zeros; y may be x itself.</summary>
    public abstract void Normalize(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y);

    /// <summary>The two together: an arithmetic may save a look at the data.</summary>
    public virtual void Forward(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        Measure(x, shape, by);
        Normalize(x, shape, by, eps, weight, bias, y);
    }

    /// <summary>Works out the sums over the batch that its gradients need; they need not be zeros at first.</summary>
    public abstract void GradientSums(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums);

    /// <summary>
    /// ∂ℓ/∂x, given the sums over all <paramref name="m"/> values of a set, which may be more than are here. Through what does not
    /// come from the input nothing flows, and the sums do not matter. dx may be dy itself.
    /// </summary>
    public abstract void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, long m, Span<T> dx);

    /// <summary>The two together.</summary>
    public virtual void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, Span<T> dx)
    {
        GradientSums(dy, x, shape, by, eps, weight, sums);
        InputGradient(dy, x, shape, by, eps, weight, sums, shape.M, dx);
    }

    /// <summary>
    /// y = max(0, γ·x̂ + β), or with a residual r of the input's shape max(0, γ·x̂ + β + r). Statistics come from the input where
    /// <paramref name="by"/> says so.
    /// </summary>
    public virtual void ForwardReLU(ReadOnlySpan<T> x, ReadOnlySpan<T> residual, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        Forward(x, shape, by, eps, weight, bias, y);
        for (var i = 0; i < y.Length; i++)
            y[i] = T.Max(residual.IsEmpty ? y[i] : y[i] + residual[i], T.Zero);     // NaN, if the sum is
    }

    /// <summary>
    /// The gradients of that: where the output is 0, nothing comes back. With a residual the output is needed, and ∂ℓ/∂r comes too;
    /// without one <paramref name="y"/> and <paramref name="dResidual"/> are empty, and the output's sign is worked out anew.
    /// </summary>
    public virtual void BackwardReLU(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> y, NormShape shape, NormStatistics by,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, NormGradients sums, Span<T> dx, Span<T> dResidual)
    {
        var gradient = new T[dy.Length];
        if (y.IsEmpty)
        {
            var output = new T[dy.Length];
            Normalize(x, shape, by, eps, weight, bias, output);
            y = output;
        }
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = y[i] <= T.Zero ? T.Zero : dy[i];
        if (!dResidual.IsEmpty)
            gradient.CopyTo(dResidual);
        Backward(gradient, x, shape, by, eps, weight, sums, dx);
    }
}
