using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>
/// The loops of a normalization where neighbours in memory share a mean and a variance, and each has a γ and a β of its own, as in
/// layer norm: in whole vectors, and over what is left value by value. A null γ stands for ones, a null β for zeros.
/// </summary>
internal static unsafe class Each<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    /// <summary>How many rows <see cref="Gradient"/> takes together: all are read before one is written, for which see <see cref="Columns{T,V}"/>.</summary>
    public const int Together = 4;

    // As in Rows.
    private const int SideBySide = 2;
    private const int OnTop = 8;

    /// <summary>y = (x − μ)·a·γ + β, where a = 1/√(σ² + ε). Without streaming, y may be x itself.</summary>
    public static void Normalize(T* x, T* y, int n, Affine<T> by, T* weight, T* bias, Streaming stream)
    {
        var i = 0;
        if (stream.Output)
        {
            i = Normalize<Lanes1<T>, IntoCaches>(x, y, 0, CacheLine.Before(y, n), by, weight, bias, default);
            i = Normalize<V, PastCaches>(x, y, i, n - (n - i) % CacheLine.Count<T>(), by, weight, bias, stream);
        }
        i = Normalize<V, IntoCaches>(x, y, i, n, by, weight, bias, default);
        Normalize<Lanes1<T>, IntoCaches>(x, y, i, n, by, weight, bias, default);
    }

    /// <summary>Adds Σ γ·dy and Σ γ·dy·(x − k) to the sums.</summary>
    public static void GradientSums(T* dy, T* x, T* weight, int n, T k, ref double sum, ref double products)
    {
        for (var block = SideBySide * OnTop * V.Count; n > 0; n -= block, x += block, dy += block)
        {
            var some = Math.Min(n, block);
            var i = GradientSums<V>(dy, x, weight, some, k, ref sum, ref products);
            GradientSums<Lanes1<T>>(dy + i, x + i, weight is null ? null : weight + i, some - i, k, ref sum, ref products);
            weight = weight is null ? null : weight + block;
        }
    }

    /// <summary>
    /// dx = a·γ·dy − p − (x − μ)·q of some rows, each with its own μ, a, p and q; and adds Σ dy·(x − μ)·a over the rows to the gradient
    /// of each γ, Σ dy to that of each β.
    /// </summary>
    public static void Gradient(T* dy, T* x, T* dx, int rows, nint stride, int n, ColumnValues<T> by, nint nextRow, bool constants,
        T* weight, double* dGamma, double* dBeta, bool stream)
    {
        // A store past the caches is to be of a whole line at once, because the rows take turns.
        stream = stream && V.Count == CacheLine.Count<T>() && CacheLine.Before(dx, n) == 0 && stride % V.Count == 0;
        for (; rows >= Together; rows -= Together)
        {
            var i = stream
                ? Gradient4<V, PastCaches>(dy, x, dx, stride, 0, n, by, nextRow, constants, weight, dGamma, dBeta)
                : Gradient4<V, IntoCaches>(dy, x, dx, stride, 0, n, by, nextRow, constants, weight, dGamma, dBeta);
            Gradient4<Lanes1<T>, IntoCaches>(dy, x, dx, stride, i, n, by, nextRow, constants, weight, dGamma, dBeta);
            dy += Together * stride;
            x += Together * stride;
            dx += Together * stride;
            by = by.From((int)nextRow * Together);
        }
        for (; rows > 0; rows--, dy += stride, x += stride, dx += stride, by = by.From((int)nextRow))
        {
            var i = Gradient1<V>(dy, x, dx, 0, n, by, constants, weight, dGamma, dBeta);
            Gradient1<Lanes1<T>>(dy, x, dx, i, n, by, constants, weight, dGamma, dBeta);
        }
    }

    private static int Normalize<L, TStore>(T* x, T* y, int i, int n, Affine<T> by, T* weight, T* bias, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TStore : IStore
    {
        L mean = L.Of(by.Mean), rest = L.Of(by.Rest), a = L.Of(by.Scale), aRest = L.Of(by.ScaleRest), one = L.Of(T.One), zero = L.Of(T.Zero);
        for (; i <= n - L.Count; i += L.Count)
        {
            L gamma = weight is null ? one : L.Load(weight + i), beta = bias is null ? zero : L.Load(bias + i);
            var d = L.Load(x + i) - mean - rest;
            var output = L.MultiplyAdd(L.MultiplyAdd(d, a, d * aRest), gamma, beta);
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

    private static int GradientSums<L>(T* dy, T* x, T* weight, int n, T k, ref double sum, ref double products)
        where L : unmanaged, ILanes<L, T>
    {
        L near = L.Of(k), one = L.Of(T.One), zero = L.Of(T.Zero);
        L sum0 = zero, sum1 = zero, products0 = zero, products1 = zero;
        var i = 0;
        for (; i <= n - 2 * L.Count; i += 2 * L.Count)
        {
            L g0 = L.Load(dy + i), g1 = L.Load(dy + i + L.Count);
            if (weight is not null)
                (g0, g1) = (g0 * L.Load(weight + i), g1 * L.Load(weight + i + L.Count));
            (sum0, sum1) = (sum0 + g0, sum1 + g1);
            products0 = L.MultiplyAdd(g0, L.Load(x + i) - near, products0);
            products1 = L.MultiplyAdd(g1, L.Load(x + i + L.Count) - near, products1);
        }
        for (; i <= n - L.Count; i += L.Count)
        {
            var g = L.Load(dy + i) * (weight is null ? one : L.Load(weight + i));
            sum0 += g;
            products0 = L.MultiplyAdd(g, L.Load(x + i) - near, products0);
        }
        sum += L.Sum(sum0 + sum1);
        products += L.Sum(products0 + products1);
        return i;
    }

    private static int Gradient4<L, TStore>(T* dy, T* x, T* dx, nint stride, int i, int n, ColumnValues<T> by, nint nextRow,
        bool constants, T* weight, double* dGamma, double* dBeta)
        where L : unmanaged, ILanes<L, T> where TStore : IStore
    {
        var (by1, by2, by3) = (by.From((int)nextRow), by.From(2 * (int)nextRow), by.From(3 * (int)nextRow));
        for (; i <= n - L.Count; i += L.Count)
        {
            var gamma = weight is null ? L.Of(T.One) : L.Load(weight + i);
            L g0 = L.Load(dy + i), g1 = L.Load(dy + i + stride), g2 = L.Load(dy + i + 2 * stride), g3 = L.Load(dy + i + 3 * stride);
            L d0 = Distance<L>(x + i, by), d1 = Distance<L>(x + i + stride, by1);
            L d2 = Distance<L>(x + i + 2 * stride, by2), d3 = Distance<L>(x + i + 3 * stride, by3);
            // ∂ℓ/∂β = Σ ∂ℓ/∂y        ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
            L.AddTo(g0 + g1 + (g2 + g3), dBeta + i);
            var first = L.MultiplyAdd(g1, d1 * L.Of(*by1.Scale), g0 * (d0 * L.Of(*by.Scale)));
            var second = L.MultiplyAdd(g3, d3 * L.Of(*by3.Scale), g2 * (d2 * L.Of(*by2.Scale)));
            L.AddTo(first + second, dGamma + i);
            Write<L, TStore>(Back<L>(g0 * gamma, d0, by, constants), dx + i);
            Write<L, TStore>(Back<L>(g1 * gamma, d1, by1, constants), dx + i + stride);
            Write<L, TStore>(Back<L>(g2 * gamma, d2, by2, constants), dx + i + 2 * stride);
            Write<L, TStore>(Back<L>(g3 * gamma, d3, by3, constants), dx + i + 3 * stride);
        }
        return i;
    }

    private static int Gradient1<L>(
        T* dy, T* x, T* dx, int i, int n, ColumnValues<T> by, bool constants, T* weight, double* dGamma, double* dBeta)
        where L : unmanaged, ILanes<L, T>
    {
        for (; i <= n - L.Count; i += L.Count)
        {
            L g = L.Load(dy + i), d = Distance<L>(x + i, by);
            L.AddTo(g, dBeta + i);
            L.AddTo(g * (d * L.Of(*by.Scale)), dGamma + i);
            L.Store(Back<L>(weight is null ? g : g * L.Load(weight + i), d, by, constants), dx + i);
        }
        return i;
    }

    // x − μ
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Distance<L>(T* x, ColumnValues<T> by) where L : unmanaged, ILanes<L, T> => L.Load(x) - L.Of(*by.Mean) - L.Of(*by.Rest);

    // a·∂ℓ/∂x̂ − p − (x − μ)·q
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Back<L>(L g, L d, ColumnValues<T> by, bool constants) where L : unmanaged, ILanes<L, T> => constants
        ? L.Of(*by.Scale) * g
        : L.Of(*by.Scale) * g - L.MultiplyAdd(d, L.Of(*by.ThroughVariance), L.Of(*by.ThroughMean));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<L, TStore>(L lanes, T* target) where L : unmanaged, ILanes<L, T> where TStore : IStore
    {
        if (TStore.Past)
            L.Stream(lanes, target);
        else
            L.Store(lanes, target);
    }
}
