using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>
/// The four loops of a normalization where neighbours in memory share a mean, a variance, a γ and a β: one row of n of them at a
/// time. Each goes over the row in whole vectors, and over what is left value by value.
/// </summary>
/// <remarks>
/// Sums are taken in the elements' precision over a few hundred values, and added up in double. No value goes through more than
/// about ten roundings on the way, and those of many values cancel.
/// </remarks>
internal static unsafe class Rows<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    // Four sums side by side, so that an addition need not wait for the one before it, of eight values each.
    private const int SideBySide = 4;
    private const int OnTop = 8;

    private const int LongRow = 256;

    /// <summary>Adds Σ (x − k) and Σ (x − k)² to the sums.</summary>
    public static void Sums(T* x, int n, T k, ref double sum, ref double squares)
    {
        for (var block = SideBySide * OnTop * V.Count; n > 0; n -= block, x += block)
        {
            var some = Math.Min(n, block);
            var i = Sums<V>(x, some, k, ref sum, ref squares);
            Sums<Lanes1<T>>(x + i, some - i, k, ref sum, ref squares);
        }
    }

    /// <summary>Whether rows are so short that adding up the lanes of their sums, row by row, would take longer than the sums.</summary>
    public static bool AreShort(int n) => n >= V.Count && n < 2 * SideBySide * V.Count;

    /// <summary>The same as <see cref="Sums(T*, int, T, ref double, ref double)"/> for several short rows with the same k.</summary>
    public static void Sums(T* x, int rows, nint stride, int n, T k, ref double sum, ref double squares)
    {
        var together = Math.Max(1, 2 * OnTop * V.Count / n);
        for (; rows > 0; rows -= together)
        {
            V near = V.Of(k), sum0 = V.Of(T.Zero), squares0 = sum0;
            var (restNear, restSum, restSquares) = (Lanes1<T>.Of(k), Lanes1<T>.Of(T.Zero), Lanes1<T>.Of(T.Zero));
            for (var r = Math.Min(rows, together); r > 0; r--, x += stride)
            {
                var i = 0;
                for (; i <= n - V.Count; i += V.Count)
                {
                    var d = V.Load(x + i) - near;
                    sum0 += d;
                    squares0 = V.MultiplyAdd(d, d, squares0);
                }
                for (; i < n; i++)
                {
                    var d = Lanes1<T>.Load(x + i) - restNear;
                    restSum += d;
                    restSquares = Lanes1<T>.MultiplyAdd(d, d, restSquares);
                }
            }
            sum += V.Sum(sum0) + Lanes1<T>.Sum(restSum);
            squares += V.Sum(squares0) + Lanes1<T>.Sum(restSquares);
        }
    }

    /// <summary>y = (x − μ)·a + b, and what is done afterwards. Without streaming, y may be x itself.</summary>
    public static void Normalize<TAfterwards>(T* x, T* y, int n, Affine<T> by, T* more, Streaming stream) where TAfterwards : IAfterwards
    {
        var i = Normalize<Lanes1<T>, TAfterwards, IntoCaches>(x, y, 0, Head(y, n, stream), by, more, default);
        if (stream.Output)
            i = Normalize<V, TAfterwards, PastCaches>(x, y, i, n - (n - i) % CacheLine.Count<T>(), by, more, stream);
        i = Normalize<V, TAfterwards, IntoCaches>(x, y, i, n, by, more, default);
        Normalize<Lanes1<T>, TAfterwards, IntoCaches>(x, y, i, n, by, more, default);
    }

    /// <summary>Adds Σ dy and Σ dy·(x − k) to the sums, where k is the first part of μ.</summary>
    public static void GradientSums<TAfterwards>(T* dy, T* x, int n, Affine<T> by, T* more, ref double sum, ref double products)
        where TAfterwards : IAfterwards
    {
        for (var block = 2 * OnTop * V.Count; n > 0; n -= block, x += block, dy += block, more += block)
        {
            var some = Math.Min(n, block);
            var i = GradientSums<V, TAfterwards>(dy, x, some, by, more, ref sum, ref products);
            GradientSums<Lanes1<T>, TAfterwards>(dy + i, x + i, some - i, by, more + i, ref sum, ref products);
        }
    }

    /// <summary>dx = a·dy − p − (x − μ)·q; and dy itself to the second summand's gradient, if there is one.</summary>
    public static void Gradient<TAfterwards>(
        T* dy, T* x, T* dx, int n, Affine<T> by, Through<T> through, T* more, T* dMore, Streaming stream) where TAfterwards : IAfterwards
    {
        if (through.Nothing && !TAfterwards.Something)
        {
            Normalize<Nothing>(dy, dx, n, by with { Mean = T.Zero, Rest = T.Zero, Shift = T.Zero }, more: null, stream);
            return;
        }
        var i = Gradient<Lanes1<T>, TAfterwards, IntoCaches>(dy, x, dx, 0, Head(dx, n, stream), by, through, more, dMore, default);
        if (stream.Output)
            i = Gradient<V, TAfterwards, PastCaches>(dy, x, dx, i, n - (n - i) % CacheLine.Count<T>(), by, through, more, dMore, stream);
        i = Gradient<V, TAfterwards, IntoCaches>(dy, x, dx, i, n, by, through, more, dMore, default);
        Gradient<Lanes1<T>, TAfterwards, IntoCaches>(dy, x, dx, i, n, by, through, more, dMore, default);
    }

    // How many values come one by one, so that what follows is written by whole lines: past the caches it must be, elsewhere it is quicker.
    private static int Head(T* target, int n, Streaming stream) => stream.Output || n >= LongRow ? CacheLine.Before(target, n) : 0;

    private static int Sums<L>(T* x, int n, T k, ref double sum, ref double squares) where L : unmanaged, ILanes<L, T>
    {
        L near = L.Of(k), zero = L.Of(T.Zero);
        L sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero, squares0 = zero, squares1 = zero, squares2 = zero, squares3 = zero;
        var i = 0;
        for (; i <= n - 4 * L.Count; i += 4 * L.Count)
        {
            L d0 = L.Load(x + i) - near, d1 = L.Load(x + i + L.Count) - near;
            L d2 = L.Load(x + i + 2 * L.Count) - near, d3 = L.Load(x + i + 3 * L.Count) - near;
            (sum0, sum1, sum2, sum3) = (sum0 + d0, sum1 + d1, sum2 + d2, sum3 + d3);
            squares0 = L.MultiplyAdd(d0, d0, squares0);
            squares1 = L.MultiplyAdd(d1, d1, squares1);
            squares2 = L.MultiplyAdd(d2, d2, squares2);
            squares3 = L.MultiplyAdd(d3, d3, squares3);
        }
        for (; i <= n - L.Count; i += L.Count)
        {
            var d = L.Load(x + i) - near;
            sum0 += d;
            squares0 = L.MultiplyAdd(d, d, squares0);
        }
        sum += L.Sum(sum0 + sum1 + (sum2 + sum3));
        squares += L.Sum(squares0 + squares1 + (squares2 + squares3));
        return i;
    }

    private static int Normalize<L, TAfterwards, TStore>(T* x, T* y, int i, int n, Affine<T> by, T* more, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards where TStore : IStore
    {
        L mean = L.Of(by.Mean), rest = L.Of(by.Rest), a = L.Of(by.Scale), aRest = L.Of(by.ScaleRest), b = L.Of(by.Shift);
        for (; i <= n - L.Count; i += L.Count)
        {
            var d = L.Load(x + i) - mean - rest;
            var output = TAfterwards.Output<L, T>(L.MultiplyAdd(d, a, L.MultiplyAdd(d, aRest, b)), more + i);
            if (!TStore.Past)
            {
                L.Store(output, y + i);
                continue;
            }
            stream.Fetch(x + i);
            L.Stream(output, y + i);
        }
        return i;
    }

    // ∂ℓ/∂β is such a sum and shows its rounding.
    private static int GradientSums<L, TAfterwards>(T* dy, T* x, int n, Affine<T> by, T* more, ref double sum, ref double products)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards
    {
        L mean = L.Of(by.Mean), rest = L.Of(by.Rest), a = L.Of(by.Scale), aRest = L.Of(by.ScaleRest), b = L.Of(by.Shift), zero = L.Of(T.Zero);
        L sum0 = zero, sum1 = zero, lost0 = zero, lost1 = zero, products0 = zero, products1 = zero;
        var i = 0;
        for (; i <= n - 2 * L.Count; i += 2 * L.Count)
        {
            L d0 = L.Load(x + i) - mean, d1 = L.Load(x + i + L.Count) - mean;
            L y0 = L.MultiplyAdd(d0 - rest, a, L.MultiplyAdd(d0 - rest, aRest, b)), y1 = L.MultiplyAdd(d1 - rest, a, L.MultiplyAdd(d1 - rest, aRest, b));
            var g0 = TAfterwards.Gradient<L, T>(L.Load(dy + i), y0, more + i);
            var g1 = TAfterwards.Gradient<L, T>(L.Load(dy + i + L.Count), y1, more + i + L.Count);
            Add(ref sum0, ref lost0, g0);
            Add(ref sum1, ref lost1, g1);
            products0 = L.MultiplyAdd(g0, d0, products0);
            products1 = L.MultiplyAdd(g1, d1, products1);
        }
        for (; i <= n - L.Count; i += L.Count)
        {
            var d = L.Load(x + i) - mean;
            var g = TAfterwards.Gradient<L, T>(L.Load(dy + i), L.MultiplyAdd(d - rest, a, L.MultiplyAdd(d - rest, aRest, b)), more + i);
            Add(ref sum0, ref lost0, g);
            products0 = L.MultiplyAdd(g, d, products0);
        }
        sum += L.Sum(sum0) + L.Sum(sum1) + L.Sum(lost0 + lost1);
        products += L.Sum(products0 + products1);
        return i;
    }

    private static int Gradient<L, TAfterwards, TStore>(
        T* dy, T* x, T* dx, int i, int n, Affine<T> by, Through<T> through, T* more, T* dMore, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards where TStore : IStore
    {
        L mean = L.Of(by.Mean), rest = L.Of(by.Rest), a = L.Of(by.Scale), aRest = L.Of(by.ScaleRest), b = L.Of(by.Shift);
        L p = L.Of(through.ThroughMean), q = L.Of(through.ThroughVariance);
        for (; i <= n - L.Count; i += L.Count)
        {
            var d = L.Load(x + i) - mean - rest;
            var g = TAfterwards.Gradient<L, T>(L.Load(dy + i), L.MultiplyAdd(d, a, L.MultiplyAdd(d, aRest, b)), more + i);
            if (TAfterwards.Something && dMore is not null)
                L.Store(g, dMore + i);
            var gradient = through.Nothing ? a * g : L.MultiplyAdd(a, g, L.Of(T.Zero) - L.MultiplyAdd(d, q, p));
            if (!TStore.Past)
            {
                L.Store(gradient, dx + i);
                continue;
            }
            stream.Fetch(x + i);
            stream.Fetch(dy + i);
            L.Stream(gradient, dx + i);
        }
        return i;
    }

    /// <summary>sum + value, and beside it what the addition rounds off (Knuth 1969, section 4.2.2, theorem B).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<L>(ref L sum, ref L lost, L value) where L : unmanaged, ILanes<L, T>
    {
        var next = sum + value;
        var added = next - sum;
        lost += sum - (next - added) + (value - added);
        sum = next;
    }
}
