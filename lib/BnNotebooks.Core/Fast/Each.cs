using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The loops of a normalization where neighbours in memory share a mean and a variance, and each has a γ and a β of its own, as in
/// layer norm: in whole vectors, and over what is left value by value. A null γ stands for ones, a null β for zeros.
/// </summary>
internal static unsafe class Each<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    /// <summary>How many rows <see cref="Gradient"/> takes together, at most.</summary>
    public const int Together = 8;

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
        var lines = stream && V.Count == CacheLine.Count<T>() && CacheLine.Before(dx, n) == 0 && stride % V.Count == 0;
        var i = lines
            ? Gradient<V, PastCaches>(dy, x, dx, rows, stride, 0, n, by, nextRow, constants, weight, dGamma, dBeta)
            : Gradient<V, IntoCaches>(dy, x, dx, rows, stride, 0, n, by, nextRow, constants, weight, dGamma, dBeta);
        Gradient<Lanes1<T>, IntoCaches>(dy, x, dx, rows, stride, i, n, by, nextRow, constants, weight, dGamma, dBeta);
    }

    private static int Normalize<L, TStore>(T* x, T* y, int i, int n, Affine<T> by, T* weight, T* bias, Streaming stream)
        where L : unmanaged, ILanes<L, T> where TStore : IStore
    {
        L mean = L.Of(by.Mean), rest = L.Of(by.Rest), a = L.Of(by.Scale), one = L.Of(T.One), zero = L.Of(T.Zero);
        for (; i <= n - L.Count; i += L.Count)
        {
            L gamma = weight is null ? one : L.Load(weight + i), beta = bias is null ? zero : L.Load(bias + i);
            var output = L.MultiplyAdd((L.Load(x + i) - mean - rest) * a, gamma, beta);
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

    private static int Gradient<L, TStore>(T* dy, T* x, T* dx, int rows, nint stride, int i, int n, ColumnValues<T> by, nint nextRow,
        bool constants, T* weight, double* dGamma, double* dBeta)
        where L : unmanaged, ILanes<L, T> where TStore : IStore
    {
        L one = L.Of(T.One), zero = L.Of(T.Zero);
        for (; i <= n - L.Count; i += L.Count)
        {
            L gamma = weight is null ? one : L.Load(weight + i), sumOfGamma = zero, sumOfBeta = zero;
            nint place = i, row = 0;
            for (var r = 0; r < rows; r++, place += stride, row += nextRow)
            {
                L g = L.Load(dy + place), a = L.Of(by.Scale[row]);
                var d = L.Load(x + place) - L.Of(by.Mean[row]) - L.Of(by.Rest[row]);
                sumOfBeta += g;                                         // ∂ℓ/∂β = Σ ∂ℓ/∂y
                sumOfGamma = L.MultiplyAdd(g, d * a, sumOfGamma);       // ∂ℓ/∂γ = Σ ∂ℓ/∂y · x̂
                var gradient = a * gamma * g;
                if (!constants)
                    gradient = gradient - L.MultiplyAdd(d, L.Of(by.ThroughVariance[row]), L.Of(by.ThroughMean[row]));
                if (TStore.Past)
                    L.Stream(gradient, dx + place);
                else
                    L.Store(gradient, dx + place);
            }
            L.AddTo(sumOfGamma, dGamma + i);
            L.AddTo(sumOfBeta, dBeta + i);
        }
        return i;
    }
}
