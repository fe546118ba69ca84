using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// What a batch norm works out once a channel, for many channels at a time: of a batch with few samples there is about as much of this as
/// of everything else.
/// </summary>
internal static unsafe class ChannelValues
{
    /// <summary>So many channels at a time that what is worked out on the way stays in the nearest cache.</summary>
    public const int AtATime = 256;

    /// <summary>μ = k + E[x − k] and σ² = E[(x − k)²] − E[x − k]² from the sums over m values. Returns whether k was <see cref="FirstLook.Far"/>.</summary>
    public static bool SetStatistics<T>(T* near, double* sum, double* squares, long m, double* mean, double* variance, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<double> distance = stackalloc double[n], means = new(mean, n), variances = new(variance, n);
        TensorPrimitives.Divide(new ReadOnlySpan<double>(sum, n), m, distance);
        TensorPrimitives.ConvertTruncating(new ReadOnlySpan<T>(near, n), means);
        TensorPrimitives.Add(means, distance, means);
        TensorPrimitives.Divide(new ReadOnlySpan<double>(squares, n), m, variances);
        var far = false;
        TensorPrimitives.Multiply(distance, distance, distance);
        TensorPrimitives.Subtract(variances, distance, variances);
        TensorPrimitives.Max(variances, 0, variances);
        for (var c = 0; c < n; c++)
            far |= FirstLook.Far<T>(distance[c], variances[c]);
        return far;
    }

    /// <summary>1/√(σ² + ε).</summary>
    public static void InverseStd(double* variance, double eps, Span<double> inverseStd)
    {
        TensorPrimitives.Add(new ReadOnlySpan<double>(variance, inverseStd.Length), eps, inverseStd);
        TensorPrimitives.Sqrt(inverseStd, inverseStd);
        TensorPrimitives.Divide(1, inverseStd, inverseStd);
    }

    /// <summary>Sets the <see cref="Affine{T}"/> of n channels: μ and a = γ/√(σ² + ε) in two parts each, and β.</summary>
    public static void SetAffine<T>(ColumnValues<T> values, double* mean, double* variance, double eps, T* weight, T* bias, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<double> scale = stackalloc double[n], other = stackalloc double[n];
        InverseStd(variance, eps, scale);
        if (weight is not null)
        {
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<T>(weight, n), other);
            TensorPrimitives.Multiply(scale, other, scale);
        }
        InTwo(new ReadOnlySpan<double>(mean, n), new Span<T>(values.Mean, n), new Span<T>(values.Rest, n), other);
        InTwo(scale, new Span<T>(values.Scale, n), new Span<T>(values.ScaleRest, n), other);
        if (bias is null)
            new Span<T>(values.Shift, n).Clear();
        else
            new ReadOnlySpan<T>(bias, n).CopyTo(new Span<T>(values.Shift, n));
    }

    // The elements nearest to some numbers, and what they leave; nothing where a number is not finite.
    private static void InTwo<T>(ReadOnlySpan<double> numbers, Span<T> near, Span<T> rest, Span<double> difference)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.ConvertTruncating(numbers, near);
        TensorPrimitives.ConvertTruncating<T, double>(near, difference);
        TensorPrimitives.Subtract(numbers, difference, difference);
        if (!double.IsFinite(TensorPrimitives.Sum<double>(difference)))
            foreach (ref var left in difference)
                left = double.IsFinite(left) ? left : 0;
        TensorPrimitives.ConvertTruncating<double, T>(difference, rest);
    }
}
