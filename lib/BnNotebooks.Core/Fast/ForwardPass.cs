using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>
/// A batch norm's forward pass as <see cref="ChannelWork{TPass}"/> runs it: all in double, whatever the elements are.
/// </summary>
/// <remarks>
/// σ² = E[(x − k)²] − (E[x − k])², in one pass over the data. With k = 0 the subtraction would lose the digits of a variance that is
/// small beside the mean; with k near the mean both terms are of the variance's size. k is the channel's first value. Where that is
/// unlike the others, the result shows it, and the sums are taken once more around the mean.
/// </remarks>
internal unsafe struct ForwardPass<T, TLanes> : IChannelPass
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public ChannelShape Shape;
    public T* X;
    public T* Y;
    public T* Weight;           // γ, or null for ones
    public T* Bias;             // β, or null for zeros
    public double* Near;        // k of each channel
    public double* Mean;        // μ: worked out if it measures, else given
    public double* Variance;    // σ²: likewise
    public double* Scale;       // a = γ/√(σ² + ε)
    public double* Shift;       // b = β
    public double Eps;
    public Streaming Stream;

    public bool Measures { get; set; }

    public readonly bool Applies => Y is not null;

    public readonly void Prepare(int c0, int c1)
    {
        if (Shape.S == 1)
            ChooseNear<Lanes1>(ChooseNear<TLanes>(c0, c1), c1);
        for (var c = c0; c < c1 && Shape.S > 1; c++)
            Near[c] = BatchNormKernel<T>.Near(X[Shape.Start(0, c)]);
    }

    public readonly void Measure(Tile tile, double* sum, double* squares)
    {
        if (Shape.S == 1)
        {
            Columns<T, TLanes>.Sums(X + Shape.Start(tile.N0, tile.C0), tile.Rows, Shape.C, tile.Channels,
                Near + tile.C0, sum + tile.C0, squares + tile.C0);
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
                    Rows<T, TLanes>.Sums(X + Shape.Start(i, c), Shape.S, Near[c], ref first, ref second);
                (sum[c], squares[c]) = (sum[c] + first, squares[c] + second);
            }
        }
    }

    public readonly bool Finish(int c0, int c1, double* sum, double* squares)
    {
        Finish<Lanes1>(Finish<TLanes>(c0, c1, sum, squares), c1, sum, squares);
        return Measures && Moved(c0, c1);
    }

    // Where k was too far off it becomes the mean, of all these channels; also where there is a NaN, for there may have been an overflow.
    // (Inlined, it would leave the compiler no room for what is called more often.)
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool Moved(int c0, int c1)
    {
        var (moved, most) = (false, BatchNormKernel<T>.MostOff);
        for (var c = c0; c < c1; c++)
        {
            var d = Mean[c] - Near[c];
            moved |= !(d * d <= most * Variance[c]);
        }
        for (var c = c0; c < c1 && moved; c++)
            Near[c] = double.IsFinite(Mean[c]) ? Mean[c] : 0;
        return moved;
    }

    public readonly void Apply(Tile tile)
    {
        if (!Staging.Pays(Stream, Shape, tile))
        {
            Apply(tile, Y + Shape.Start(tile.N0, tile.C0), Stream);
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
                Staging.Flush(staged, Y + Shape.Start(n, c), part.Rows * part.Channels * Shape.S);
            }
        }
    }

    // The first value of the tile goes to y, the others behind it as they lie in Y.
    private readonly void Apply(Tile tile, T* y, Streaming stream)
    {
        var first = Shape.Start(tile.N0, tile.C0);
        if (Shape.S == 1)
        {
            Columns<T, TLanes>.Normalize(X + first, y, tile.Rows, Shape.C, tile.Channels,
                Mean + tile.C0, Scale + tile.C0, Shift + tile.C0, stream);
            return;
        }
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var start = Shape.Start(n, c);
                Rows<T, TLanes>.Normalize(X + start, y + (start - first), Shape.S, Mean[c], Scale[c], Shift[c], stream);
            }
        }
    }

    // In vectors, because a batch of a few short rows takes no longer than this.
    private readonly int Finish<V>(int c, int c1, double* sum, double* squares) where V : unmanaged, ILanes<V>
    {
        V perM = V.Of(1.0 / Shape.M), eps = V.Of(Eps), zero = V.Of(0), one = V.Of(1);
        for (; c <= c1 - V.Count; c += V.Count)
        {
            if (Measures)
            {
                var meanOfD = V.Load(sum + c) * perM;
                V.Store(V.Load(Near + c) + meanOfD, Mean + c);
                V.Store(V.Max(zero, V.Load(squares + c) * perM - meanOfD * meanOfD), Variance + c);
            }
            V.Store((Weight is null ? one : V.Load(Weight + c)) / V.Sqrt(V.Load(Variance + c) + eps), Scale + c);
            V.Store(Bias is null ? zero : V.Load(Bias + c), Shift + c);
        }
        return c;
    }

    private readonly int ChooseNear<V>(int c, int c1) where V : unmanaged, ILanes<V>
    {
        for (; c <= c1 - V.Count; c += V.Count)
            V.Store(V.FiniteOrZero(V.Load(X + c)), Near + c);
        return c;
    }
}
