namespace BnNotebooks.Core;

/// <summary>
/// The loops of a normalization where each value has a γ and a β of its own, as in layer norm: one row at a time, in whole
/// vectors, and over what is left value by value. A null γ stands for ones, a null β for zeros.
/// </summary>
internal static unsafe class RowsEach<T, TLanes>
    where T : unmanaged
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>y = (x − μ)·a·γ + β. Without streaming, y may be x itself.</summary>
    public static void Normalize(T* x, T* y, int n, double mean, double scale, T* weight, T* bias, Streaming stream)
    {
        var i = 0;
        if (stream.Output)
        {
            i = Normalize<Lanes1>(x, y, 0, CacheLine.Before(y, n), mean, scale, weight, bias, default);
            i = Normalize<TLanes>(x, y, i, n - (n - i) % CacheLine.Count<T>(), mean, scale, weight, bias, stream);
        }
        i = Normalize<TLanes>(x, y, i, n, mean, scale, weight, bias, default);
        Normalize<Lanes1>(x, y, i, n, mean, scale, weight, bias, default);
    }

    /// <summary>Adds Σ γ·dy and Σ γ·dy·(x − μ) to the sums.</summary>
    public static void GradientSums(T* dy, T* x, T* weight, int n, double mean, ref double sum, ref double products)
    {
        var i = GradientSums<TLanes>(dy, x, weight, 0, n, mean, ref sum, ref products);
        GradientSums<Lanes1>(dy, x, weight, i, n, mean, ref sum, ref products);
    }

    /// <summary>
    /// dx = a·γ·dy − p − (x − μ)·q, where p and q are what goes through the mean and the variance; and adds dy·(x − μ)·a to the
    /// gradient of each γ, dy to that of each β.
    /// </summary>
    public static void Gradients(T* dy, T* x, T* dx, int n, double mean, double scale, double throughMean, double throughVariance,
        T* weight, double* dGamma, double* dBeta, Streaming stream)
    {
        var i = 0;
        if (stream.Output)
        {
            i = Gradients<Lanes1>(dy, x, dx, 0, CacheLine.Before(dx, n),
                mean, scale, throughMean, throughVariance, weight, dGamma, dBeta, default);
            i = Gradients<TLanes>(dy, x, dx, i, n - (n - i) % CacheLine.Count<T>(),
                mean, scale, throughMean, throughVariance, weight, dGamma, dBeta, stream);
        }
        i = Gradients<TLanes>(dy, x, dx, i, n, mean, scale, throughMean, throughVariance, weight, dGamma, dBeta, default);
        Gradients<Lanes1>(dy, x, dx, i, n, mean, scale, throughMean, throughVariance, weight, dGamma, dBeta, default);
    }

    private static int Normalize<V>(T* x, T* y, int i, int n, double mean, double scale, T* weight, T* bias, Streaming stream)
        where V : unmanaged, ILanes<V>
    {
        V mu = V.Of(mean), a = V.Of(scale), one = V.Of(1), zero = V.Of(0);
        for (; i <= n - V.Count; i += V.Count)
        {
            V gamma = weight is null ? one : V.Load(weight + i), beta = bias is null ? zero : V.Load(bias + i);
            var normalized = V.MultiplyAdd((V.Load(x + i) - mu) * a, gamma, beta);
            if (!stream.Output)
            {
                V.Store(normalized, y + i);
                continue;
            }
            CacheLine.Prefetch(x + i + stream.Next);
            V.Stream(normalized, y + i);
        }
        return i;
    }

    // Two pairs of sums, so that an addition need not wait for the one before it.
    private static int GradientSums<V>(T* dy, T* x, T* weight, int i, int n, double mean, ref double sum, ref double products)
        where V : unmanaged, ILanes<V>
    {
        V mu = V.Of(mean), one = V.Of(1), zero = V.Of(0);
        V sum0 = zero, sum1 = zero, products0 = zero, products1 = zero;
        for (; i <= n - 2 * V.Count; i += 2 * V.Count)
        {
            V g0 = V.Load(dy + i), g1 = V.Load(dy + i + V.Count);
            if (weight is not null)
                (g0, g1) = (g0 * V.Load(weight + i), g1 * V.Load(weight + i + V.Count));
            sum0 += g0;
            sum1 += g1;
            products0 = V.MultiplyAdd(g0, V.Load(x + i) - mu, products0);
            products1 = V.MultiplyAdd(g1, V.Load(x + i + V.Count) - mu, products1);
        }
        for (; i <= n - V.Count; i += V.Count)
        {
            var g = V.Load(dy + i) * (weight is null ? one : V.Load(weight + i));
            sum0 += g;
            products0 = V.MultiplyAdd(g, V.Load(x + i) - mu, products0);
        }
        sum += V.Sum(sum0 + sum1);
        products += V.Sum(products0 + products1);
        return i;
    }

    private static int Gradients<V>(T* dy, T* x, T* dx, int i, int n, double mean, double scale, double throughMean,
        double throughVariance, T* weight, double* dGamma, double* dBeta, Streaming stream) where V : unmanaged, ILanes<V>
    {
        var through = throughMean != 0 || throughVariance != 0;         // else x does not matter, not even if it is NaN
        V mu = V.Of(mean), a = V.Of(scale), p = V.Of(throughMean), q = V.Of(throughVariance), one = V.Of(1);
        for (; i <= n - V.Count; i += V.Count)
        {
            V g = V.Load(dy + i), d = V.Load(x + i) - mu;
            V.Store(V.Load(dBeta + i) + g, dBeta + i);
            V.Store(V.MultiplyAdd(g, d * a, V.Load(dGamma + i)), dGamma + i);
            var gamma = weight is null ? one : V.Load(weight + i);
            var gradient = through ? gamma * a * g - p - d * q : gamma * a * g;
            if (!stream.Output)
            {
                V.Store(gradient, dx + i);
                continue;
            }
            CacheLine.Prefetch(x + i + stream.Next);
            CacheLine.Prefetch(dy + i + stream.Next);
            V.Stream(gradient, dx + i);
        }
        return i;
    }
}
