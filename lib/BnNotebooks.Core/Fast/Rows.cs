namespace BnNotebooks.Core;

/// <summary>
/// The four loops of a normalization where the values that share a mean lie together in memory: one row of n of them at a
/// time. Each goes over the row in whole vectors, and over what is left value by value.
/// </summary>
internal static unsafe class Rows<T, TLanes>
    where T : unmanaged
    where TLanes : unmanaged, ILanes<TLanes>
{
    // So many values of a row, or so many rows below a length, are summed up apart: each addition rounds, so few should be to a
    // large sum.
    private const int SummedApart = 4096;
    public const int RowsTogether = 64;
    public const int ShortRow = 64;

    /// <summary>Adds Σ (x − k) and Σ (x − k)² to the sums.</summary>
    public static void Sums(T* x, int n, double k, ref double sum, ref double squares)
    {
        for (; n > SummedApart; n -= SummedApart, x += SummedApart)
            Sums<TLanes>(x, 0, SummedApart, k, ref sum, ref squares);
        var i = Sums<TLanes>(x, 0, n, k, ref sum, ref squares);
        Sums<Lanes1>(x, i, n, k, ref sum, ref squares);
    }

    /// <summary>y = (x − μ)·a + b, where a = γ/√(σ² + ε) and b = β. Without streaming, y may be x itself.</summary>
    public static void Normalize(T* x, T* y, int n, double mean, double scale, double shift, Streaming stream)
    {
        var i = 0;
        if (stream.Output)
        {
            i = Normalize<Lanes1>(x, y, 0, CacheLine.Before(y, n), mean, scale, shift);
            i = Stream(x, y, i, n, mean, scale, shift, stream.Next);
        }
        i = Normalize<TLanes>(x, y, i, n, mean, scale, shift);
        Normalize<Lanes1>(x, y, i, n, mean, scale, shift);
    }

    /// <summary>Adds Σ dy and Σ dy·(x − μ) to the sums.</summary>
    public static void GradientSums(T* dy, T* x, int n, double mean, ref double sum, ref double products)
    {
        for (; n > SummedApart; n -= SummedApart, x += SummedApart, dy += SummedApart)
            GradientSums<TLanes>(dy, x, 0, SummedApart, mean, ref sum, ref products);
        var i = GradientSums<TLanes>(dy, x, 0, n, mean, ref sum, ref products);
        GradientSums<Lanes1>(dy, x, i, n, mean, ref sum, ref products);
    }

    /// <summary>dx = a·dy − p − (x − μ)·q, where p and q are what goes through the mean and the variance.</summary>
    public static void InputGradient(
        T* dy, T* x, T* dx, int n, double mean, double scale, double throughMean, double throughVariance, Streaming stream)
    {
        if (throughMean == 0 && throughVariance == 0)       // then x does not matter, not even if it is NaN
        {
            Normalize(dy, dx, n, mean: 0, scale, shift: 0, stream);
            return;
        }
        var i = 0;
        if (stream.Output)
        {
            i = InputGradient<Lanes1>(dy, x, dx, 0, CacheLine.Before(dx, n), mean, scale, throughMean, throughVariance);
            i = StreamInputGradient(dy, x, dx, i, n, mean, scale, throughMean, throughVariance, stream.Next);
        }
        i = InputGradient<TLanes>(dy, x, dx, i, n, mean, scale, throughMean, throughVariance);
        InputGradient<Lanes1>(dy, x, dx, i, n, mean, scale, throughMean, throughVariance);
    }

    // Two pairs of sums, so that an addition need not wait for the one before it.
    private static int Sums<V>(T* x, int i, int n, double k, ref double sum, ref double squares) where V : unmanaged, ILanes<V>
    {
        V near = V.Of(k), zero = V.Of(0);
        V sum0 = zero, sum1 = zero, squares0 = zero, squares1 = zero;
        for (; i <= n - 2 * V.Count; i += 2 * V.Count)
        {
            V d0 = V.Load(x + i) - near, d1 = V.Load(x + i + V.Count) - near;
            sum0 += d0;
            sum1 += d1;
            squares0 = V.MultiplyAdd(d0, d0, squares0);
            squares1 = V.MultiplyAdd(d1, d1, squares1);
        }
        for (; i <= n - V.Count; i += V.Count)
        {
            var d = V.Load(x + i) - near;
            sum0 += d;
            squares0 = V.MultiplyAdd(d, d, squares0);
        }
        sum += V.Sum(sum0 + sum1);
        squares += V.Sum(squares0 + squares1);
        return i;
    }

    private static int Normalize<V>(T* x, T* y, int i, int n, double mean, double scale, double shift) where V : unmanaged, ILanes<V>
    {
        V mu = V.Of(mean), a = V.Of(scale), b = V.Of(shift);
        for (; i <= n - V.Count; i += V.Count)
            V.Store(V.MultiplyAdd(V.Load(x + i) - mu, a, b), y + i);
        return i;
    }

    private static int Stream(T* x, T* y, int i, int n, double mean, double scale, double shift, nint next)
    {
        TLanes mu = TLanes.Of(mean), a = TLanes.Of(scale), b = TLanes.Of(shift);
        for (; i <= n - CacheLine.Count<T>(); i += CacheLine.Count<T>())
        {
            CacheLine.Prefetch(x + i + next);
            for (var j = 0; j < CacheLine.Count<T>(); j += TLanes.Count)
                TLanes.Stream(TLanes.MultiplyAdd(TLanes.Load(x + i + j) - mu, a, b), y + i + j);
        }
        return i;
    }

    private static int GradientSums<V>(T* dy, T* x, int i, int n, double mean, ref double sum, ref double products)
        where V : unmanaged, ILanes<V>
    {
        V mu = V.Of(mean), zero = V.Of(0);
        V sum0 = zero, sum1 = zero, products0 = zero, products1 = zero;
        for (; i <= n - 2 * V.Count; i += 2 * V.Count)
        {
            V g0 = V.Load(dy + i), g1 = V.Load(dy + i + V.Count);
            sum0 += g0;
            sum1 += g1;
            products0 = V.MultiplyAdd(g0, V.Load(x + i) - mu, products0);
            products1 = V.MultiplyAdd(g1, V.Load(x + i + V.Count) - mu, products1);
        }
        for (; i <= n - V.Count; i += V.Count)
        {
            var g = V.Load(dy + i);
            sum0 += g;
            products0 = V.MultiplyAdd(g, V.Load(x + i) - mu, products0);
        }
        sum += V.Sum(sum0 + sum1);
        products += V.Sum(products0 + products1);
        return i;
    }

    private static int InputGradient<V>(
        T* dy, T* x, T* dx, int i, int n, double mean, double scale, double throughMean, double throughVariance)
        where V : unmanaged, ILanes<V>
    {
        V mu = V.Of(mean), a = V.Of(scale), p = V.Of(throughMean), q = V.Of(throughVariance);
        for (; i <= n - V.Count; i += V.Count)
            V.Store(V.MultiplyAdd(a, V.Load(dy + i), (mu - V.Load(x + i)) * q - p), dx + i);
        return i;
    }

    private static int StreamInputGradient(
        T* dy, T* x, T* dx, int i, int n, double mean, double scale, double throughMean, double throughVariance, nint next)
    {
        TLanes mu = TLanes.Of(mean), a = TLanes.Of(scale), p = TLanes.Of(throughMean), q = TLanes.Of(throughVariance);
        for (; i <= n - CacheLine.Count<T>(); i += CacheLine.Count<T>())
        {
            CacheLine.Prefetch(x + i + next);
            CacheLine.Prefetch(dy + i + next);
            for (var j = i; j < i + CacheLine.Count<T>(); j += TLanes.Count)
                TLanes.Stream(TLanes.MultiplyAdd(a, TLanes.Load(dy + j), (mu - TLanes.Load(x + j)) * q - p), dx + j);
        }
        return i;
    }
}
