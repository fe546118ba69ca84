using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The four loops of a normalization where neighbours in memory belong to different channels, as in an (N, C) batch: several
/// channels side by side, each in a lane of its own, down some rows. Each loop goes over the channels in whole vectors, then in short
/// ones, and over what is left channel by channel.
/// </summary>
/// <remarks>
/// What is known of the channels (<see cref="ColumnValues{T}"/>) and the sums begin with the first of <c>channels</c>; data with the
/// first value of the first row, and <c>stride</c> is how far behind a row the next one begins. Sums are taken in the elements'
/// precision over a few rows, and added up in double.
/// </remarks>
internal static unsafe class Columns<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    // Rows whose sums are taken together, in registers. Where something is written, it is row by row: rows may be a multiple of a page
    // apart, and a processor that compares addresses by their last digits makes a row's reading wait for the other one's writing.
    private const int Together = 8;

    /// <summary>Adds Σ (x − k) and Σ (x − k)² to the sums of each channel.</summary>
    public static void Sums(T* x, int rows, nint stride, int channels, T* k, double* sum, double* squares)
    {
        for (; rows > 0; rows -= Together, x += Together * stride)
        {
            var some = Math.Min(rows, Together);
            var c = Sums<V>(x, some, stride, 0, channels, k, sum, squares);
            c = Sums<Lanes128<T>>(x, some, stride, c, channels, k, sum, squares);
            Sums<Lanes1<T>>(x, some, stride, c, channels, k, sum, squares);
        }
    }

    /// <summary>y = (x − μ)·a + b, and what is done afterwards. Without streaming, y may be x itself.</summary>
    public static void Normalize<TAfterwards>(
        T* x, T* y, int rows, nint stride, int channels, ColumnValues<T> by, T* more, Streaming stream) where TAfterwards : IAfterwards
    {
        for (; rows > 0; rows--, x += stride, y += stride, more += stride)
        {
            var c = 0;
            if (stream.Output)
            {
                c = Normalize<Lanes1<T>, TAfterwards, IntoCaches>(x, y, 0, CacheLine.Before(y, channels), by, more, default);
                c = Normalize<V, TAfterwards, PastCaches>(x, y, c, channels - (channels - c) % CacheLine.Count<T>(), by, more, stream);
            }
            c = Normalize<V, TAfterwards, IntoCaches>(x, y, c, channels, by, more, default);
            c = Normalize<Lanes128<T>, TAfterwards, IntoCaches>(x, y, c, channels, by, more, default);
            Normalize<Lanes1<T>, TAfterwards, IntoCaches>(x, y, c, channels, by, more, default);
        }
    }

    /// <summary>Adds Σ dy and Σ dy·(x − k) to the sums of each channel, where k is the first part of μ.</summary>
    public static void GradientSums<TAfterwards>(
        T* dy, T* x, int rows, nint stride, int channels, ColumnValues<T> by, T* more, double* sum, double* products)
        where TAfterwards : IAfterwards
    {
        for (; rows > 0; rows -= Together, x += Together * stride, dy += Together * stride, more += Together * stride)
        {
            var some = Math.Min(rows, Together);
            var c = GradientSums<V, TAfterwards>(dy, x, some, stride, 0, channels, by, more, sum, products);
            c = GradientSums<Lanes128<T>, TAfterwards>(dy, x, some, stride, c, channels, by, more, sum, products);
            GradientSums<Lanes1<T>, TAfterwards>(dy, x, some, stride, c, channels, by, more, sum, products);
        }
    }

    /// <summary>dx = a·dy − p − (x − μ)·q; and dy itself to the second summand's gradient, if there is one.</summary>
    public static void Gradient<TAfterwards>(T* dy, T* x, T* dx, int rows, nint stride, int channels,
        ColumnValues<T> by, bool constants, T* more, T* dMore, Streaming stream) where TAfterwards : IAfterwards
    {
        for (; rows > 0; rows--)
        {
            var c = 0;
            if (stream.Output)
            {
                c = Gradient<Lanes1<T>, TAfterwards, IntoCaches>(
                    dy, x, dx, 0, CacheLine.Before(dx, channels), by, constants, more, dMore, default);
                c = Gradient<V, TAfterwards, PastCaches>(
                    dy, x, dx, c, channels - (channels - c) % CacheLine.Count<T>(), by, constants, more, dMore, stream);
            }
            c = Gradient<V, TAfterwards, IntoCaches>(dy, x, dx, c, channels, by, constants, more, dMore, default);
            c = Gradient<Lanes128<T>, TAfterwards, IntoCaches>(dy, x, dx, c, channels, by, constants, more, dMore, default);
            Gradient<Lanes1<T>, TAfterwards, IntoCaches>(dy, x, dx, c, channels, by, constants, more, dMore, default);
            dy += stride;
            x += stride;
            dx += stride;
            more += stride;
            dMore = dMore is null ? null : dMore + stride;
        }
    }

    private static int Sums<L>(T* x, int rows, nint stride, int c, int channels, T* k, double* sum, double* squares)
        where L : unmanaged, ILanes<L, T>
    {
        for (; c <= channels - L.Count; c += L.Count)
        {
            L near = L.Load(k + c), sums = L.Of(T.Zero), lost = L.Of(T.Zero), sumsOfSquares = L.Of(T.Zero);
            var column = x + c;
            for (var n = 0; n < rows; n++, column += stride)
            {
                var d = L.Load(column) - near;
                Rows<T, V>.Add(ref sums, ref lost, d);
                sumsOfSquares = L.MultiplyAdd(d, d, sumsOfSquares);
            }
            L.AddTo(sums, sum + c);
            L.AddTo(lost, sum + c);
            L.AddTo(sumsOfSquares, squares + c);
        }
        return c;
    }

    private static int Normalize<L, TAfterwards, TStore>(T* x, T* y, int c, int channels, ColumnValues<T> by, T* more, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards where TStore : IStore
    {
        for (; c <= channels - L.Count; c += L.Count)
        {
            var d = L.Load(x + c) - L.Load(by.Mean + c) - L.Load(by.Rest + c);
            var normalized = L.MultiplyAdd(d, L.Load(by.Scale + c), L.MultiplyAdd(d, L.Load(by.ScaleRest + c), L.Load(by.Shift + c)));
            var output = TAfterwards.Output<L, T>(normalized, more + c);
            if (!TStore.Past)
            {
                L.Store(output, y + c);
                continue;
            }
            stream.Fetch(x + c);
            L.Stream(output, y + c);
        }
        return c;
    }

    private static int GradientSums<L, TAfterwards>(
        T* dy, T* x, int rows, nint stride, int c, int channels, ColumnValues<T> by, T* more, double* sum, double* products)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards
    {
        for (; c <= channels - L.Count; c += L.Count)
        {
            L mean = L.Load(by.Mean + c), rest = L.Load(by.Rest + c);
            L a = L.Load(by.Scale + c), aRest = L.Load(by.ScaleRest + c), b = L.Load(by.Shift + c);
            L sums = L.Of(T.Zero), lost = L.Of(T.Zero), sumsOfProducts = L.Of(T.Zero);
            var place = (nint)c;
            for (var n = 0; n < rows; n++, place += stride)
            {
                var d = L.Load(x + place) - mean;
                var y = L.MultiplyAdd(d - rest, a, L.MultiplyAdd(d - rest, aRest, b));
                var g = TAfterwards.Gradient<L, T>(L.Load(dy + place), y, more + place);
                Rows<T, V>.Add(ref sums, ref lost, g);
                sumsOfProducts = L.MultiplyAdd(g, d, sumsOfProducts);
            }
            L.AddTo(sums, sum + c);
            L.AddTo(lost, sum + c);
            L.AddTo(sumsOfProducts, products + c);
        }
        return c;
    }

    private static int Gradient<L, TAfterwards, TStore>(T* dy, T* x, T* dx, int c, int channels,
        ColumnValues<T> by, bool constants, T* more, T* dMore, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TAfterwards : IAfterwards where TStore : IStore
    {
        var zero = L.Of(T.Zero);
        for (; c <= channels - L.Count; c += L.Count)
        {
            L d = L.Load(x + c) - L.Load(by.Mean + c) - L.Load(by.Rest + c), a = L.Load(by.Scale + c);
            var y = L.MultiplyAdd(d, a, L.MultiplyAdd(d, L.Load(by.ScaleRest + c), L.Load(by.Shift + c)));
            var g = TAfterwards.Gradient<L, T>(L.Load(dy + c), y, more + c);
            if (TAfterwards.Something && dMore is not null)
                L.Store(g, dMore + c);
            var gradient = constants
                ? a * g
                : L.MultiplyAdd(a, g, zero - L.MultiplyAdd(d, L.Load(by.ThroughVariance + c), L.Load(by.ThroughMean + c)));
            if (!TStore.Past)
            {
                L.Store(gradient, dx + c);
                continue;
            }
            stream.Fetch(x + c);
            stream.Fetch(dy + c);
            L.Stream(gradient, dx + c);
        }
        return c;
    }
}
