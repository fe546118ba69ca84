using System.Numerics;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>
/// The arithmetic that layer, group, instance and RMS normalization share, over plain memory and without state, value by value
/// and with every intermediate result in double; the derivation of the gradients is with <see cref="SampleNorm{T}"/>.
/// </summary>
internal class GroupKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The one for the widest vectors that the machine computes with without slowing down. The fast one knows float and double.</summary>
    public static GroupKernel<T> Fast() =>
        typeof(T) != typeof(float) && typeof(T) != typeof(double) ? new GroupKernel<T>()
        : Vector512.IsHardwareAccelerated ? new GroupFast<T, Lanes512>()
        : Vector256.IsHardwareAccelerated ? new GroupFast<T, Lanes256>()
        : Vector128.IsHardwareAccelerated ? new GroupFast<T, Lanes128>()
        : new GroupFast<T, Lanes1>();

    /// <summary>
    /// Works out what of the statistics comes from the input, and y = γ·(x − μ)/√(σ² + ε) + β. Empty γ and β mean ones and
    /// zeros; y may be x itself.
    /// </summary>
    public virtual void Forward(ReadOnlySpan<T> x, GroupShape shape, GroupStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        // A batch norm of one sample, group for channel.
        var groups = new ChannelShape(N: 1, C: shape.Groups, S: shape.M);
        if (by.MeanOfInput)
            new BatchNormCareful<T>().Statistics(x, groups, by.Mean, by.Variance);
        else if (by.VarianceOfInput)
            BatchNormCareful<T>.SquaredDeviations(x, groups, by.Mean, by.Variance);
        Normalize(x, shape, by, eps, weight, bias, y);
    }

    /// <summary>
    /// Works out ∂ℓ/∂x and, into <paramref name="dGamma"/> and <paramref name="dBeta"/>, which have P elements, ∂ℓ/∂γ and ∂ℓ/∂β.
    /// dx may be dy itself.
    /// </summary>
    public virtual void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, GroupShape shape, GroupStatistics by, double eps,
        ReadOnlySpan<T> weight, Span<double> dGamma, Span<double> dBeta, Span<T> dx)
    {
        dGamma.Clear();
        dBeta.Clear();
        for (var group = 0; group < shape.Groups; group++)
        {
            var mu = by.Mean[group];
            var inverseStd = 1 / Math.Sqrt(by.Variance[group] + eps);
            var (sum, projection) = (0.0, 0.0);     // over the group: Σ ∂ℓ/∂x̂ and Σ ∂ℓ/∂x̂ · x̂
            for (var start = shape.Start(group); start < shape.Start(group) + shape.M; start += shape.S)
            {
                var (gammaGradient, betaGradient) = (0.0, 0.0);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mu) * inverseStd;
                    gammaGradient += double.CreateTruncating(dy[i]) * normalized;               // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
                    betaGradient += double.CreateTruncating(dy[i]);                             // ∂ℓ/∂β = Σ ∂ℓ/∂y
                }
                dGamma[shape.Parameter(start)] += gammaGradient;
                dBeta[shape.Parameter(start)] += betaGradient;
                var gamma = Gamma(weight, shape, start);
                sum += gamma * betaGradient;                                                    // ∂ℓ/∂x̂ = γ · ∂ℓ/∂y
                projection += gamma * gammaGradient;
            }

            // ∂ℓ/∂x = 1/√(σ² + ε) · (∂ℓ/∂x̂ − 1/m · Σ ∂ℓ/∂x̂ − x̂ · 1/m · Σ ∂ℓ/∂x̂ · x̂), without what goes through a constant
            var throughMean = by.MeanOfInput ? sum / shape.M : 0;
            var throughVariance = by.VarianceOfInput ? projection / shape.M : 0;
            for (var start = shape.Start(group); start < shape.Start(group) + shape.M; start += shape.S)
            {
                var gamma = Gamma(weight, shape, start);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mu) * inverseStd;
                    var centred = gamma * double.CreateTruncating(dy[i]) - throughMean;
                    if (by.VarianceOfInput)
                        centred -= normalized * throughVariance;
                    dx[i] = T.CreateTruncating(inverseStd * centred);
                }
            }
        }
    }

    private static double Gamma(ReadOnlySpan<T> weight, GroupShape shape, int place) =>
        weight.IsEmpty ? 1 : double.CreateTruncating(weight[shape.Parameter(place)]);

    private static void Normalize(ReadOnlySpan<T> x, GroupShape shape, GroupStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var group = 0; group < shape.Groups; group++)
        {
            var mu = by.Mean[group];
            var inverseStd = 1 / Math.Sqrt(by.Variance[group] + eps);
            for (var start = shape.Start(group); start < shape.Start(group) + shape.M; start += shape.S)
            {
                var gamma = Gamma(weight, shape, start);
                var beta = bias.IsEmpty ? 0 : double.CreateTruncating(bias[shape.Parameter(start)]);
                for (var i = start; i < start + shape.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mu) * inverseStd;         // x̂ = (x − μ)/√(σ² + ε)
                    y[i] = T.CreateTruncating(gamma * normalized + beta);                       // y = γ·x̂ + β
                }
            }
        }
    }
}
