using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Batch normalization at the speed of memory, with the accuracy of double: a <see cref="ForwardPass{T,TLanes}"/> and a
/// <see cref="BackwardPass{T,TLanes}"/>, in vectors, on several threads, block of channels by block of channels. After the first call
/// with a shape it allocates nothing, and several threads may call it at once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TLanes">The width of the vectors.</typeparam>
internal sealed unsafe class BatchNormFast<T, TLanes> : BatchNormKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public override void Statistics(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance) =>
        Forward(x, shape, measures: true, mean, variance, eps: 0, weight: [], bias: [], y: []);

    public override void Normalize(ReadOnlySpan<T> x, ChannelShape shape, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y) =>
        Forward(x, shape, measures: false, mean, variance, eps, weight, bias, y);

    public override void Forward(ReadOnlySpan<T> x, ChannelShape shape, Span<double> mean, Span<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y) =>
        Forward(x, shape, measures: true, mean, variance, eps, weight, bias, y);

    public override void ParameterGradients(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, Span<double> dGamma, Span<double> dBeta) =>
        Backward(dy, x, shape, measures: true, constantStatistics: true, mean, variance, eps, weight: [], dGamma, dBeta, shape.M, dx: []);

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx) =>
        Backward(dy, x, shape, measures: false, dGamma.IsEmpty, mean, variance, eps, weight, dGamma, dBeta, m, dx);

    public override void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight, bool constantStatistics,
        Span<double> dGamma, Span<double> dBeta, Span<T> dx) =>
        Backward(dy, x, shape, measures: true, constantStatistics, mean, variance, eps, weight, dGamma, dBeta, shape.M, dx);

    public override void Move(Span<T> running, ReadOnlySpan<double> batch, double share, double shareOfBatch)
    {
        fixed (T* old = running)
        fixed (double* values = batch)
            Move<Lanes1>(old, values, Move<TLanes>(old, values, 0, running.Length, share, shareOfBatch), running.Length, share, shareOfBatch);
    }

    private static int Move<V>(T* running, double* batch, int c, int channels, double share, double shareOfBatch)
        where V : unmanaged, ILanes<V>
    {
        V keep = V.Of(1 - share), take = V.Of(shareOfBatch);
        for (; c <= channels - V.Count; c += V.Count)
            V.Store(keep * V.Load(running + c) + take * V.Load(batch + c), running + c);
        return c;
    }

    private void Forward(ReadOnlySpan<T> x, ChannelShape shape, bool measures, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        // Three numbers a channel that only the pass needs, and the sums.
        using var own = new Scratch(3L * shape.C + ChannelWork<ForwardPass<T, TLanes>>.ScratchLength(shape, sizeof(T), measures));
        fixed (T* input = x, output = y, gamma = weight, beta = bias)
        fixed (double* mu = mean, sigma2 = variance, scratch = own.Span)
        {
            var pass = new ForwardPass<T, TLanes>
            {
                Shape = shape,
                X = input,
                Y = output,
                Weight = gamma,
                Bias = beta,
                Mean = mu,
                Variance = sigma2,
                Eps = eps,
                Near = scratch,
                Scale = scratch + shape.C,
                Shift = scratch + 2 * shape.C,
                Measures = measures,
                Stream = Streaming.For(input, output, y.Length, Ahead<ForwardPass<T, TLanes>>(shape)),
            };
            ChannelWork<ForwardPass<T, TLanes>>.Run(pass, shape, sizeof(T), scratch + 3 * shape.C);
        }
    }

    private void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ChannelShape shape, bool measures, bool constantStatistics,
        ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double eps, ReadOnlySpan<T> weight,
        ReadOnlySpan<double> dGamma, ReadOnlySpan<double> dBeta, long m, Span<T> dx)
    {
        using var own = new Scratch(3L * shape.C + ChannelWork<BackwardPass<T, TLanes>>.ScratchLength(shape, sizeof(T), measures));
        fixed (T* gradient = dy, input = x, output = dx, gamma = weight)
        fixed (double* mu = mean, sigma2 = variance, ofGamma = dGamma, ofBeta = dBeta, scratch = own.Span)
        {
            var pass = new BackwardPass<T, TLanes>
            {
                Shape = shape,
                Dy = gradient,
                X = input,
                Dx = output,
                Weight = gamma,
                Mean = mu,
                Variance = sigma2,
                Eps = eps,
                M = m,
                DGamma = ofGamma,
                DBeta = ofBeta,
                ConstantStatistics = constantStatistics,
                Measures = measures,
                Scale = scratch,
                ThroughMean = scratch + shape.C,
                ThroughVariance = scratch + 2 * shape.C,
                Stream = Streaming.For(gradient, output, dx.Length, Ahead<BackwardPass<T, TLanes>>(shape)),
            };
            ChannelWork<BackwardPass<T, TLanes>>.Run(pass, shape, sizeof(T), scratch + 3 * shape.C);
        }
    }

    // The next block of channels, of the same sample.
    private static nint Ahead<TPass>(ChannelShape shape) where TPass : unmanaged, IChannelPass =>
        (nint)ChannelWork<TPass>.BlockChannels(shape, sizeof(T)) * shape.S;
}
