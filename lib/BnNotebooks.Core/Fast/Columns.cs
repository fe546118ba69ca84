namespace BnNotebooks.Core;

/// <summary>
/// The four loops of a normalization where neighbours in memory belong to different channels, as in an (N, C) batch: several
/// channels side by side, each in a lane of its own, down the rows. Each loop goes over the channels in whole vectors, then in
/// short ones, and over what is left channel by channel.
/// </summary>
/// <remarks>
/// Pointers to channels (k, μ, a, b and the sums) are to the first of <c>channels</c> values; those to data are to the first
/// value of the first row, and <c>stride</c> is how far behind a row the next one begins.
/// </remarks>
internal static unsafe class Columns<T, TLanes>
    where T : unmanaged
    where TLanes : unmanaged, ILanes<TLanes>
{
    // Rows that are taken together: their sums stay in registers, and the lines that they are on in the nearest cache.
    private const int RowsAtATime = 16;

    // In this order memory is read a little of each row at a time, which the machine does not foresee: the sums, for which nothing
    // else takes time, ask for the rows that come next.

    /// <summary>Adds Σ (x − k) and Σ (x − k)² to the sums of each channel.</summary>
    public static void Sums(T* x, int rows, nint stride, int channels, double* k, double* sum, double* squares)
    {
        for (; rows > 0; rows -= RowsAtATime, x += RowsAtATime * stride)
        {
            var some = Math.Min(rows, RowsAtATime);
            var c = Sums<TLanes>(x, some, stride, 0, channels, k, sum, squares);
            c = Sums<Lanes128>(x, some, stride, c, channels, k, sum, squares);
            Sums<Lanes1>(x, some, stride, c, channels, k, sum, squares);
        }
    }

    /// <summary>y = (x − μ)·a + b. Without streaming, y may be x itself.</summary>
    public static void Normalize(
        T* x, T* y, int rows, nint stride, int channels, double* mean, double* scale, double* shift, Streaming stream)
    {
        var together = stream.Output ? 1 : RowsAtATime;
        for (; rows > 0; rows -= together, x += together * stride, y += together * stride)
        {
            var some = Math.Min(rows, together);
            var c = 0;
            if (stream.Output)
            {
                c = Normalize<Lanes1>(x, y, 1, stride, 0, CacheLine.Before(y, channels), mean, scale, shift);
                c = Stream(x, y, c, channels, mean, scale, shift, stream.Next);
            }
            c = Normalize<TLanes>(x, y, some, stride, c, channels, mean, scale, shift);
            c = Normalize<Lanes128>(x, y, some, stride, c, channels, mean, scale, shift);
            Normalize<Lanes1>(x, y, some, stride, c, channels, mean, scale, shift);
        }
    }

    /// <summary>Adds Σ dy and Σ dy·(x − μ) to the sums of each channel.</summary>
    public static void GradientSums(T* dy, T* x, int rows, nint stride, int channels, double* mean, double* sum, double* products)
    {
        for (; rows > 0; rows -= RowsAtATime, x += RowsAtATime * stride, dy += RowsAtATime * stride)
        {
            var some = Math.Min(rows, RowsAtATime);
            var c = GradientSums<TLanes>(dy, x, some, stride, 0, channels, mean, sum, products);
            c = GradientSums<Lanes128>(dy, x, some, stride, c, channels, mean, sum, products);
            GradientSums<Lanes1>(dy, x, some, stride, c, channels, mean, sum, products);
        }
    }

    /// <summary>dx = a·dy − p − (x − μ)·q, where p and q are what goes through the mean and the variance.</summary>
    public static void InputGradient(T* dy, T* x, T* dx, int rows, nint stride, int channels,
        double* mean, double* scale, double* throughMean, double* throughVariance, Streaming stream)
    {
        var together = stream.Output ? 1 : RowsAtATime;
        for (; rows > 0; rows -= together, x += together * stride, dy += together * stride, dx += together * stride)
        {
            var some = Math.Min(rows, together);
            var c = 0;
            if (stream.Output)
            {
                c = InputGradient<Lanes1>(
                    dy, x, dx, 1, stride, 0, CacheLine.Before(dx, channels), mean, scale, throughMean, throughVariance);
                c = StreamInputGradient(dy, x, dx, c, channels, mean, scale, throughMean, throughVariance, stream.Next);
            }
            c = InputGradient<TLanes>(dy, x, dx, some, stride, c, channels, mean, scale, throughMean, throughVariance);
            c = InputGradient<Lanes128>(dy, x, dx, some, stride, c, channels, mean, scale, throughMean, throughVariance);
            InputGradient<Lanes1>(dy, x, dx, some, stride, c, channels, mean, scale, throughMean, throughVariance);
        }
    }

    private static int Sums<V>(T* x, int rows, nint stride, int c, int channels, double* k, double* sum, double* squares)
        where V : unmanaged, ILanes<V>
    {
        for (; c <= channels - V.Count; c += V.Count)
        {
            V near = V.Load(k + c), sums = V.Of(0), sumsOfSquares = V.Of(0);
            var column = x + c;
            for (var n = 0; n < rows; n++, column += stride)
            {
                CacheLine.Prefetch(column + RowsAtATime * stride);
                var d = V.Load(column) - near;
                sums += d;
                sumsOfSquares = V.MultiplyAdd(d, d, sumsOfSquares);
            }
            V.Store(V.Load(sum + c) + sums, sum + c);
            V.Store(V.Load(squares + c) + sumsOfSquares, squares + c);
        }
        return c;
    }

    private static int Normalize<V>(
        T* x, T* y, int rows, nint stride, int c, int channels, double* mean, double* scale, double* shift)
        where V : unmanaged, ILanes<V>
    {
        for (; c <= channels - V.Count; c += V.Count)
        {
            V mu = V.Load(mean + c), a = V.Load(scale + c), b = V.Load(shift + c);
            T* input = x + c, output = y + c;
            for (var n = 0; n < rows; n++, input += stride, output += stride)
                V.Store(V.MultiplyAdd(V.Load(input) - mu, a, b), output);
        }
        return c;
    }

    private static int Stream(T* x, T* y, int c, int channels, double* mean, double* scale, double* shift, nint next)
    {
        for (; c <= channels - CacheLine.Count<T>(); c += CacheLine.Count<T>())
        {
            CacheLine.Prefetch(x + c + next);
            for (var j = c; j < c + CacheLine.Count<T>(); j += TLanes.Count)
                TLanes.Stream(TLanes.MultiplyAdd(
                    TLanes.Load(x + j) - TLanes.Load(mean + j), TLanes.Load(scale + j), TLanes.Load(shift + j)), y + j);
        }
        return c;
    }

    private static int GradientSums<V>(T* dy, T* x, int rows, nint stride, int c, int channels, double* mean, double* sum, double* products)
        where V : unmanaged, ILanes<V>
    {
        for (; c <= channels - V.Count; c += V.Count)
        {
            V mu = V.Load(mean + c), sums = V.Of(0), sumsOfProducts = V.Of(0);
            T* gradients = dy + c, inputs = x + c;
            for (var n = 0; n < rows; n++, gradients += stride, inputs += stride)
            {
                CacheLine.Prefetch(gradients + RowsAtATime * stride);
                CacheLine.Prefetch(inputs + RowsAtATime * stride);
                var g = V.Load(gradients);
                sums += g;
                sumsOfProducts = V.MultiplyAdd(g, V.Load(inputs) - mu, sumsOfProducts);
            }
            V.Store(V.Load(sum + c) + sums, sum + c);
            V.Store(V.Load(products + c) + sumsOfProducts, products + c);
        }
        return c;
    }

    private static int InputGradient<V>(T* dy, T* x, T* dx, int rows, nint stride, int c, int channels,
        double* mean, double* scale, double* throughMean, double* throughVariance) where V : unmanaged, ILanes<V>
    {
        for (; c <= channels - V.Count; c += V.Count)
        {
            V mu = V.Load(mean + c), a = V.Load(scale + c), p = V.Load(throughMean + c), q = V.Load(throughVariance + c);
            T* gradient = dy + c, input = x + c, output = dx + c;
            for (var n = 0; n < rows; n++, gradient += stride, input += stride, output += stride)
                V.Store(V.MultiplyAdd(a, V.Load(gradient), (mu - V.Load(input)) * q - p), output);
        }
        return c;
    }

    private static int StreamInputGradient(T* dy, T* x, T* dx, int c, int channels,
        double* mean, double* scale, double* throughMean, double* throughVariance, nint next)
    {
        for (; c <= channels - CacheLine.Count<T>(); c += CacheLine.Count<T>())
        {
            CacheLine.Prefetch(x + c + next);
            CacheLine.Prefetch(dy + c + next);
            for (var j = c; j < c + CacheLine.Count<T>(); j += TLanes.Count)
            {
                var throughInput = (TLanes.Load(mean + j) - TLanes.Load(x + j)) * TLanes.Load(throughVariance + j);
                TLanes.Stream(TLanes.MultiplyAdd(
                    TLanes.Load(scale + j), TLanes.Load(dy + j), throughInput - TLanes.Load(throughMean + j)), dx + j);
            }
        }
        return c;
    }
}
