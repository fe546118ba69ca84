using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Every normalization as its paper writes it, a line of code a line of the paper, forward and backward, all in the element type's
/// own precision. The papers' formulas are the same but for the values that they go over, and those are the
/// <see cref="NormShape"/>'s: batch normalization (Ioffe &amp; Szegedy 2015, Algorithm 1 and section 3), layer normalization (Ba, Kiros
/// &amp; Hinton 2016, eq. 3 and 4), instance normalization (Ulyanov, Vedaldi &amp; Lempitsky 2016), group normalization (Wu &amp; He
/// 2018, eq. 1 and 2), root mean square normalization (Zhang &amp; Sennrich 2019, eq. 4), where μ is the constant 0.
/// </summary>
internal sealed class ByFormula<T> : NormArithmetic<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Two = T.One + T.One;
    private static readonly T Half = T.One / Two;

    // ------------------------------------------------------------------ forward

    public override void Measure(ReadOnlySpan<T> x, NormShape shape, NormStatistics by)
    {
        var m = T.CreateChecked(shape.M);
        for (var set = 0; set < shape.Sets; set++)
        {
            // μ = 1/m · Σ x
            if (by.MeanOfInput)
            {
                var sum = T.Zero;
                foreach (var (i, _) in shape.Values(set))
                    sum += x[i];
                by.Mean[set] = double.CreateTruncating(sum / m);
            }

            // σ² = 1/m · Σ (x − μ)²
            if (by.VarianceOfInput)
            {
                var mu = T.CreateTruncating(by.Mean[set]);
                var squares = T.Zero;
                foreach (var (i, _) in shape.Values(set))
                    squares += (x[i] - mu) * (x[i] - mu);
                by.Variance[set] = double.CreateTruncating(squares / m);
            }
        }
    }

    public override void Normalize(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        for (var set = 0; set < shape.Sets; set++)
        {
            var mu = T.CreateTruncating(by.Mean[set]);
            var sigma2 = T.CreateTruncating(by.Variance[set]);
            foreach (var (i, c) in shape.Values(set))
            {
                // x̂ = (x − μ)/√(σ² + ε)
                var normalized = (x[i] - mu) / T.Sqrt(sigma2 + T.CreateTruncating(eps));

                // y = γ·x̂ + β
                y[i] = Gamma(weight, c) * normalized + (bias.IsEmpty ? T.Zero : bias[c]);
            }
        }
    }

    // ------------------------------------------------------------------ backward

    public override void GradientSums(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums)
    {
        var (dGamma, dBeta) = (new T[shape.C], new T[shape.C]);
        for (var set = 0; set < shape.Sets; set++)
        {
            var mu = T.CreateTruncating(by.Mean[set]);
            var std = T.Sqrt(T.CreateTruncating(by.Variance[set]) + T.CreateTruncating(eps));
            var (sum, projection) = (T.Zero, T.Zero);
            foreach (var (i, c) in shape.Values(set))
            {
                var normalized = (x[i] - mu) / std;

                // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
                dGamma[c] += dy[i] * normalized;

                // ∂ℓ/∂β = Σ ∂ℓ/∂y
                dBeta[c] += dy[i];

                // ∂ℓ/∂x̂ = ∂ℓ/∂y · γ
                var dNormalized = dy[i] * Gamma(weight, c);
                sum += dNormalized;
                projection += dNormalized * normalized;
            }
            sums.Sum[set] = double.CreateTruncating(sum);
            sums.Projection[set] = double.CreateTruncating(projection);
        }
        for (var c = 0; c < shape.C; c++)
            (sums.Gamma[c], sums.Beta[c]) = (double.CreateTruncating(dGamma[c]), double.CreateTruncating(dBeta[c]));
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, long count, Span<T> dx)
    {
        var m = T.CreateChecked(count);
        for (var set = 0; set < shape.Sets; set++)
        {
            var mu = T.CreateTruncating(by.Mean[set]);
            var std = T.Sqrt(T.CreateTruncating(by.Variance[set]) + T.CreateTruncating(eps));

            // ∂ℓ/∂σ² = Σ ∂ℓ/∂x̂ · (x − μ) · (−1/2)·(σ² + ε)^(−3/2)
            var dSigma2 = -Half * T.CreateTruncating(sums.Projection[set]) / (std * std);

            // ∂ℓ/∂μ = Σ ∂ℓ/∂x̂ · (−1/√(σ² + ε)); the other term, ∂ℓ/∂σ² · Σ −2·(x − μ)/m, is zero
            var dMu = -T.CreateTruncating(sums.Sum[set]) / std;

            foreach (var (i, c) in shape.Values(set))
            {
                // ∂ℓ/∂x = ∂ℓ/∂x̂ · 1/√(σ² + ε) + ∂ℓ/∂σ² · 2·(x − μ)/m + ∂ℓ/∂μ · 1/m
                dx[i] = dy[i] * Gamma(weight, c) / std;
                if (by.VarianceOfInput)
                    dx[i] += dSigma2 * Two * (x[i] - mu) / m;
                if (by.MeanOfInput)
                    dx[i] += dMu / m;
            }
        }
    }

    private static T Gamma(ReadOnlySpan<T> weight, int c) => weight.IsEmpty ? T.One : weight[c];
}
