using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Normalization within samples at the speed of memory, with the accuracy of double: <see cref="GroupForward{T,TLanes}"/> and
/// <see cref="GroupBackward{T,TLanes}"/>, in vectors and on several threads. After the first call with a shape it allocates
/// nothing, and several threads may call it at once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TLanes">The width of the vectors.</typeparam>
internal sealed unsafe class GroupFast<T, TLanes> : GroupKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public override void Forward(ReadOnlySpan<T> x, GroupShape shape, GroupStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        fixed (T* input = x, output = y, gamma = weight, beta = bias)
        fixed (double* mean = by.Mean, variance = by.Variance)
        {
            var pass = new GroupForward<T, TLanes>
            {
                Shape = shape,
                X = input,
                Y = output,
                Weight = gamma,
                Bias = beta,
                Mean = mean,
                Variance = variance,
                Eps = eps,
                MeanOfInput = by.MeanOfInput,
                VarianceOfInput = by.VarianceOfInput,
                Stream = Streaming.For(input, output, y.Length, next: shape.M),
            };
            ThreadTeam.Run(pass, Math.Min(shape.Groups, ThreadTeam.For(x.Length)));
        }
    }

    public override void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, GroupShape shape, GroupStatistics by, double eps,
        ReadOnlySpan<T> weight, Span<double> dGamma, Span<double> dBeta, Span<T> dx)
    {
        // Two numbers a group that only this pass needs, and the sums of its pieces.
        using var own = new Scratch(2L * shape.Groups + GroupBackwardWork<T, TLanes>.ScratchLength(shape));
        fixed (T* gradient = dy, input = x, output = dx, gamma = weight)
        fixed (double* mean = by.Mean, variance = by.Variance, ofGamma = dGamma, ofBeta = dBeta, scratch = own.Span)
        {
            var pass = new GroupBackward<T, TLanes>
            {
                Shape = shape,
                Dy = gradient,
                X = input,
                Dx = output,
                Weight = gamma,
                Mean = mean,
                Variance = variance,
                Eps = eps,
                ThroughMean = scratch,
                ThroughVariance = scratch + shape.Groups,
                MeanOfInput = by.MeanOfInput,
                VarianceOfInput = by.VarianceOfInput,
                Stream = Streaming.For(gradient, output, dx.Length, next: shape.M),
            };
            GroupBackwardWork<T, TLanes>.Run(pass, ofGamma, ofBeta, scratch + 2 * shape.Groups);
        }
    }
}
