using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Live;

/// <summary>What the live comparisons have in common: random numbers, arrays of them, and how near is near enough.</summary>
internal static class Numbers
{
    public static T[] Normal<T>(Random random, int count, double mean, double std) where T : IFloatingPointIeee754<T> =>
    [
        .. Enumerable.Range(0, count).Select(_ => T.CreateChecked(mean + std * random.Normal()))
    ];

    public static T[] Values<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    public static TTo[] Convert<T, TTo>(T[] values) where T : IFloatingPointIeee754<T> where TTo : IFloatingPointIeee754<TTo> =>
        values as TTo[] ?? [.. values.Select(TTo.CreateChecked)];

    /// <summary>How far a number of this type can be from the exact one, relative to it, if it was rounded once.</summary>
    public static double OneRounding<T>() where T : IFloatingPointIeee754<T> => double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;

    /// <summary>Asserts that the numbers are those expected but for one rounding, and some slack.</summary>
    public static void Close<T>(double[] expected, T[] values, double slack, string what) where T : IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var difference = Math.Abs(expected[i] - double.CreateChecked(values[i]));
            var allowed = OneRounding<T>() * Math.Abs(expected[i]) + slack;
            if (!(difference <= allowed))
                Assert.Fail($"[{i}] expected {expected[i]}, got {values[i]}; they differ by {difference:g3}, allowed is {allowed:g3}; {what}");
        }
    }
}
