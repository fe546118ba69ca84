using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Made-up inputs, the same on every run.</summary>
internal static class Data
{
    /// <summary>Values from a normal distribution.</summary>
    public static Tensor<T> Normal<T>(int seed, ReadOnlySpan<nint> shape, double mean = 0, double std = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var tensor = Tensor.CreateFromShape<T>(shape);
        foreach (ref var value in tensor.AsTensorSpan())
            value = T.CreateChecked(mean + std * random.Normal());
        return tensor;
    }

    /// <summary>The biased variance.</summary>
    public static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }

    public static T[] ToArray<T>(this Tensor<T> tensor)
    {
        var array = new T[tensor.FlattenedLength];
        tensor.FlattenTo(array);
        return array;
    }
}
