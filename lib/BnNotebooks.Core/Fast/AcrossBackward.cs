using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>A batch norm's backward pass; its derivation is with <see cref="BatchNorm{T}"/>.</summary>
internal sealed unsafe class AcrossBackward<T, V, TAfterwards> : AcrossPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
    where TAfterwards : IAfterwards
{
    [ThreadStatic]
    private static AcrossBackward<T, V, TAfterwards>? own;

    /// <summary>A pass to fill in: one for each thread, because it is not to be allocated each time.</summary>
    public static AcrossBackward<T, V, TAfterwards> Own => own ??= new();

    public T* Dy;
    public T* X;
    public T* Dx;
    public T* More;             // the output, or null
    public T* DMore;            // the second summand's gradient, or null
    public double* DGamma;      // worked out if it measures, else given
    public double* DBeta;
    public double* Sum;         // of each channel, Σ ∂ℓ/∂x̂ = γ·∂ℓ/∂β and Σ ∂ℓ/∂x̂ · x̂ = γ·∂ℓ/∂γ: likewise
    public double* Projection;
    public long M;              // how many values μ and σ² came from
    public bool ConstantMean;
    public bool ConstantVariance;

    protected override void Prepare(int c0, int c1) => SetAffine(c0, c1);

    protected override void Measure(Tile tile, double* sum, double* products)
    {
        if (Shape.S == 1)
        {
            var width = Fold > 1 ? Shape.C * Fold : 0;
            var wide = stackalloc double[2 * width];
            double* first = width > 0 ? wide : sum + tile.C0, second = width > 0 ? wide + width : products + tile.C0;
            var (whole, left) = Bands(tile);
            GradientSums(whole, Values.From(tile.C0), first, second);
            GradientSums(left, Values.From(tile.C0), first, second);
            AddFolded(wide, width, sum, products);
            return;
        }
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var start = Shape.Start(n, c);
                Rows<T, V>.GradientSums<TAfterwards>(
                    Dy + start, X + start, Shape.S, Values.Affine(c), More + start, ref sum[c], ref products[c]);
            }
        }
    }

    protected override bool Finish(int c0, int c1, double* sum, double* products)
    {
        if (!Measures)
            SetAffine(c0, c1);
        for (var c = c0; c < c1; c += ChannelValues.AtATime)
            FinishSome(c, Math.Min(ChannelValues.AtATime, c1 - c), sum + c, products + c);
        RepeatValues();
        return false;
    }

    private void FinishSome(int c, int n, double* sum, double* products)
    {
        Span<double> inverseStd = stackalloc double[n], other = stackalloc double[n];
        Span<double> sums = new(Sum + c, n), projections = new(Projection + c, n);
        ChannelValues.InverseStd(Variance + c, Eps, inverseStd);
        if (Measures)
        {
            // The products were taken with x − k, where k is the element nearest to μ; what is between the two is the rest.
            Span<double> dBeta = new(DBeta + c, n), dGamma = new(DGamma + c, n);
            new ReadOnlySpan<double>(sum, n).CopyTo(dBeta);                                     // ∂ℓ/∂β = Σ ∂ℓ/∂y
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<T>(Values.Rest + c, n), other);
            TensorPrimitives.Multiply(other, dBeta, other);
            TensorPrimitives.Subtract(new ReadOnlySpan<double>(products, n), other, dGamma);
            TensorPrimitives.Multiply(dGamma, inverseStd, dGamma);                              // ∂ℓ/∂γ = Σ ∂ℓ/∂y · (x − μ)/√(σ² + ε)
            // Σ ∂ℓ/∂x̂ and Σ ∂ℓ/∂x̂ · x̂, where ∂ℓ/∂x̂ = γ · ∂ℓ/∂y
            if (Weight is null)
                other.Fill(1);
            else
                TensorPrimitives.ConvertTruncating(new ReadOnlySpan<T>(Weight + c, n), other);
            TensorPrimitives.Multiply(other, dBeta, sums);
            TensorPrimitives.Multiply(other, dGamma, projections);
        }
        // p = 1/√(σ² + ε) · 1/m · Σ ∂ℓ/∂x̂    q = 1/(σ² + ε) · 1/m · Σ ∂ℓ/∂x̂ · x̂
        SetThrough(inverseStd, sums, ConstantMean, new Span<T>(Values.ThroughMean + c, n), other);
        TensorPrimitives.Multiply(inverseStd, inverseStd, inverseStd);
        SetThrough(inverseStd, projections, ConstantVariance, new Span<T>(Values.ThroughVariance + c, n), other);
    }

    private void SetThrough(ReadOnlySpan<double> scale, ReadOnlySpan<double> sums, bool constant, Span<T> through, Span<double> other)
    {
        TensorPrimitives.Multiply(scale, sums, other);
        TensorPrimitives.Divide(other, M, other);
        if (constant)
            through.Clear();
        else
            TensorPrimitives.ConvertTruncating<double, T>(other, through);
    }

    // ∂ℓ/∂x = 1/√(σ² + ε) · (∂ℓ/∂x̂ − 1/m · Σ ∂ℓ/∂x̂ − x̂ · 1/m · Σ ∂ℓ/∂x̂ · x̂) = a·∂ℓ/∂y − p − (x − μ)·q
    protected override void Apply(Tile tile)
    {
        var stream = Streaming.For(Dy, Dx, Shape.Length, inputs: 2, Ahead);
        if (Shape.S == 1)
        {
            var (whole, left) = Bands(tile);
            Gradient(whole, Values.From(tile.C0), stream);
            Gradient(left, Values.From(tile.C0), stream);
            return;
        }
        ApplyRows(tile, Dx, stream);
    }

    protected override void ComputeRows(Tile tile, T* dx, Streaming stream)
    {
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var start = Shape.Start(n, c);
                Rows<T, V>.Gradient<TAfterwards>(Dy + start, X + start, dx + start, Shape.S,
                    Values.Affine(c), Values.Through(c), More + start, DMore is null ? null : DMore + start, stream);
            }
        }
    }

    private void GradientSums(Band band, ColumnValues<T> by, double* sum, double* products) => Columns<T, V>.GradientSums<TAfterwards>(
        Dy + band.Start, X + band.Start, band.Rows, band.Stride, band.Channels, by, More + band.Start, sum, products);

    private void Gradient(Band band, ColumnValues<T> by, Streaming stream) => Columns<T, V>.Gradient<TAfterwards>(
        Dy + band.Start, X + band.Start, Dx + band.Start, band.Rows, band.Stride, band.Channels, by, ConstantMean && ConstantVariance,
        More + band.Start, DMore is null ? null : DMore + band.Start, stream);
}
