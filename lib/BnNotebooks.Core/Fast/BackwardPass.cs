using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>A batch norm's backward pass as <see cref="ChannelWork{TPass}"/> runs it; its derivation is with <see cref="BatchNorm{T}"/>.</summary>
internal unsafe struct BackwardPass<T, TLanes> : IChannelPass
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public ChannelShape Shape;
    public T* Dy;
    public T* X;
    public T* Dx;
    public T* Weight;                   // γ, or null for ones
    public double* Mean;
    public double* Variance;
    public double* DGamma;              // worked out if it measures, else given; null where the statistics are constants
    public double* DBeta;
    public double* Scale;               // a = γ/√(σ² + ε)
    public double* ThroughMean;         // p = a · 1/m · ∂ℓ/∂β
    public double* ThroughVariance;     // q = a · 1/m · ∂ℓ/∂γ / √(σ² + ε)
    public double Eps;
    public long M;                      // how many values μ and σ² came from
    public bool ConstantStatistics;
    public Streaming Stream;

    public bool Measures { get; set; }

    public readonly bool Applies => Dx is not null;

    public readonly void Prepare(int c0, int c1)
    {
    }

    public readonly void Measure(Tile tile, double* sum, double* products)
    {
        if (Shape.S == 1)
        {
            var start = Shape.Start(tile.N0, tile.C0);
            Columns<T, TLanes>.GradientSums(Dy + start, X + start, tile.Rows, Shape.C, tile.Channels,
                Mean + tile.C0, sum + tile.C0, products + tile.C0);
            return;
        }
        // Short rows are summed up several together, because each addition to a large sum rounds.
        var together = Shape.S < Rows<T, TLanes>.ShortRow ? Rows<T, TLanes>.RowsTogether : 1;
        for (var n = tile.N0; n < tile.N1; n += together)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var (first, second) = (0.0, 0.0);
                for (var i = n; i < Math.Min(n + together, tile.N1); i++)
                    Rows<T, TLanes>.GradientSums(
                        Dy + Shape.Start(i, c), X + Shape.Start(i, c), Shape.S, Mean[c], ref first, ref second);
                (sum[c], products[c]) = (sum[c] + first, products[c] + second);
            }
        }
    }

    public readonly bool Finish(int c0, int c1, double* sum, double* products)
    {
        Finish<Lanes1>(Finish<TLanes>(c0, c1, sum, products), c1, sum, products);
        return false;
    }

    public readonly void Apply(Tile tile)
    {
        if (!Staging.Pays(Stream, Shape, tile))
        {
            Apply(tile, Dx + Shape.Start(tile.N0, tile.C0), Stream);
            return;
        }
        var staged = stackalloc T[Staging.Values];
        var (samples, channels) = Staging.Part(Shape);
        for (var n = tile.N0; n < tile.N1; n += samples)
        {
            for (var c = tile.C0; c < tile.C1; c += channels)
            {
                var part = new Tile(n, Math.Min(n + samples, tile.N1), c, Math.Min(c + channels, tile.C1));
                Apply(part, staged, Stream with { Output = false });
                Staging.Flush(staged, Dx + Shape.Start(n, c), part.Rows * part.Channels * Shape.S);
            }
        }
    }

    // ∂ℓ/∂x = γ/√(σ² + ε) · (∂ℓ/∂y − 1/m · ∂ℓ/∂β − (x − μ) · 1/√(σ² + ε) · 1/m · ∂ℓ/∂γ) = a·∂ℓ/∂y − p − (x − μ)·q
    // The first value of the tile goes to dx, the others behind it as they lie in Dx.
    private readonly void Apply(Tile tile, T* dx, Streaming stream)
    {
        var first = Shape.Start(tile.N0, tile.C0);
        if (Shape.S == 1 && ConstantStatistics)         // p and q are 0, and x does not matter, not even if it is NaN
        {
            var zeros = ThroughMean + tile.C0;
            Columns<T, TLanes>.Normalize(Dy + first, dx, tile.Rows, Shape.C, tile.Channels, zeros, Scale + tile.C0, zeros, stream);
            return;
        }
        if (Shape.S == 1)
        {
            Columns<T, TLanes>.InputGradient(Dy + first, X + first, dx, tile.Rows, Shape.C, tile.Channels,
                Mean + tile.C0, Scale + tile.C0, ThroughMean + tile.C0, ThroughVariance + tile.C0, stream);
            return;
        }
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var start = Shape.Start(n, c);
                Rows<T, TLanes>.InputGradient(Dy + start, X + start, dx + (start - first), Shape.S,
                    Mean[c], Scale[c], ThroughMean[c], ThroughVariance[c], stream);
            }
        }
    }

    private readonly int Finish<V>(int c, int c1, double* sum, double* products) where V : unmanaged, ILanes<V>
    {
        V perM = V.Of(1.0 / M), eps = V.Of(Eps), zero = V.Of(0), one = V.Of(1);
        for (; c <= c1 - V.Count; c += V.Count)
        {
            var inverseStd = one / V.Sqrt(V.Load(Variance + c) + eps);
            if (Measures)
            {
                V.Store(V.Load(sum + c), DBeta + c);                            // ∂ℓ/∂β = Σ ∂ℓ/∂y
                V.Store(V.Load(products + c) * inverseStd, DGamma + c);         // ∂ℓ/∂γ = Σ ∂ℓ/∂y · (x − μ)/√(σ² + ε)
            }
            var scale = (Weight is null ? one : V.Load(Weight + c)) * inverseStd;
            V.Store(scale, Scale + c);
            V.Store(ConstantStatistics ? zero : scale * perM * V.Load(DBeta + c), ThroughMean + c);
            V.Store(ConstantStatistics ? zero : scale * perM * V.Load(DGamma + c) * inverseStd, ThroughVariance + c);
        }
        return c;
    }
}
