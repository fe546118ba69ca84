using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Normalization within samples at the speed of memory: <see cref="GroupForward{T,TLanes}"/>, on several threads.</summary>
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
                Shape = shape, X = input, Y = output, Weight = gamma, Bias = beta, Mean = mean, Variance = variance, Eps = eps,
                MeanOfInput = by.MeanOfInput, VarianceOfInput = by.VarianceOfInput,
                Stream = Streaming.For(input, output, y.Length, next: shape.M),
            };
            Workers.Run(pass, Math.Min(shape.Groups, Workers.For(x.Length)));
        }
    }
}
