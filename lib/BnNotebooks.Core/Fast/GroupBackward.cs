using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The two steps of a backward pass through a normalization within samples, all in double: first what a group's values have in
/// common, then each value's gradient. Their derivation is with <see cref="SampleNorm{T}"/>, their order is
/// <see cref="GroupBackwardWork{T,TLanes}"/>'s to choose.
/// </summary>
internal unsafe struct GroupBackward<T, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    // So few values that those of γ and the sums of its gradient and β's stay in the nearest cache.
    public const int BlockValues = 1024;

    public GroupShape Shape;
    public T* Dy;
    public T* X;
    public T* Dx;
    public T* Weight;                   // γ, or null for ones
    public double* Mean;
    public double* Variance;
    public double* ThroughMean;         // p = a · 1/m · Σ γ·∂ℓ/∂y of each group, where a = 1/√(σ² + ε); 0 where μ is a constant
    public double* ThroughVariance;     // q = a³ · 1/m · Σ γ·∂ℓ/∂y · (x − μ); 0 where σ² is one
    public bool MeanOfInput;
    public bool VarianceOfInput;
    public double Eps;
    public Streaming Stream;

    /// <summary>Works out p and q of a group; where γ is shared by a row of values, also adds to its gradient and to β's.</summary>
    public readonly void Measure(int group, double* dGamma, double* dBeta)
    {
        var (start, inverseStd) = (Shape.Start(group), InverseStd(group));
        double sum = 0, products = 0;
        if (Shape.S == 1)
        {
            RowsEach<T, TLanes>.GradientSums(
                Dy + start, X + start, GammaAt(start), Shape.M, Mean[group], ref sum, ref products);
        }
        else
        {
            for (var i = start; i < start + Shape.M; i += Shape.S)
            {
                double sumOfRow = 0, productsOfRow = 0;
                Rows<T, TLanes>.GradientSums(Dy + i, X + i, Shape.S, Mean[group], ref sumOfRow, ref productsOfRow);
                dGamma[Shape.Parameter(i)] += productsOfRow * inverseStd;       // ∂ℓ/∂γ = Σ ∂ℓ/∂y · (x − μ)/√(σ² + ε)
                dBeta[Shape.Parameter(i)] += sumOfRow;                          // ∂ℓ/∂β = Σ ∂ℓ/∂y
                sum += Gamma(i) * sumOfRow;
                products += Gamma(i) * productsOfRow;
            }
        }
        ThroughMean[group] = MeanOfInput ? inverseStd * sum / Shape.M : 0;
        ThroughVariance[group] = VarianceOfInput ? inverseStd * inverseStd * inverseStd * products / Shape.M : 0;
    }

    /// <summary>∂ℓ/∂x = a·γ·∂ℓ/∂y − p − (x − μ)·q of a group whose rows of S values share a γ.</summary>
    public readonly void Apply(int group)
    {
        var (start, inverseStd) = (Shape.Start(group), InverseStd(group));
        for (var i = start; i < start + Shape.M; i += Shape.S)
            Rows<T, TLanes>.InputGradient(Dy + i, X + i, Dx + i, Shape.S,
                Mean[group], Gamma(i) * inverseStd, ThroughMean[group], ThroughVariance[group], Stream);
    }

    /// <summary>
    /// The same for a block of a group whose values each have their own γ; adds to its gradient and to β's.
    /// </summary>
    public readonly void ApplyEach(int group, int block, double* dGamma, double* dBeta)
    {
        var i = Shape.Start(group) + block;
        RowsEach<T, TLanes>.Gradients(Dy + i, X + i, Dx + i, Math.Min(BlockValues, Shape.M - block),
            Mean[group], InverseStd(group), ThroughMean[group], ThroughVariance[group],
            GammaAt(i), dGamma + Shape.Parameter(i), dBeta + Shape.Parameter(i), Stream);
    }

    private readonly double InverseStd(int group) => 1 / Math.Sqrt(Variance[group] + Eps);

    private readonly T* GammaAt(int place) => Weight is null ? null : Weight + Shape.Parameter(place);

    private readonly double Gamma(int place) => Weight is null ? 1 : double.CreateTruncating(*GammaAt(place));
}
