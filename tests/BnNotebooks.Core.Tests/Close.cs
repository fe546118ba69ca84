using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Asserts that two tensors have the same shape and the same numbers up to a tolerance; NaN equals NaN, ∞ equals ∞.</summary>
internal static class Close
{
    public static void Assert<T>(in ReadOnlyTensorSpan<T> expected, in ReadOnlyTensorSpan<T> actual, double tolerance, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Xunit.Assert.Equal(expected.Lengths.ToArray(), actual.Lengths.ToArray());
        var expectedValues = new T[expected.FlattenedLength];
        var actualValues = new T[actual.FlattenedLength];
        expected.FlattenTo(expectedValues);
        actual.FlattenTo(actualValues);
        for (var i = 0; i < expectedValues.Length; i++)
        {
            if (expectedValues[i].Equals(actualValues[i]))
                continue;
            var difference = Math.Abs(double.CreateChecked(expectedValues[i]) - double.CreateChecked(actualValues[i]));
            if (!(difference <= tolerance))
                Xunit.Assert.Fail($"{what}[{i}]: expected {expectedValues[i]}, got {actualValues[i]}; they differ by {difference:g3}, allowed is {tolerance:g3}.");
        }
    }

    public static void Assert<T>(Tensor<T> expected, Tensor<T> actual, double tolerance, string what)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Assert<T>(expected.AsReadOnlyTensorSpan(), actual.AsReadOnlyTensorSpan(), tolerance, what);

    /// <summary>The tolerance is that of numbers of size 1, and for larger ones grows with them.</summary>
    public static void Relative<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, double tolerance, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var (e, a) = (double.CreateTruncating(expected[i]), double.CreateTruncating(actual[i]));
            if (!(Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e))))
                Xunit.Assert.Fail($"{what}[{i}]: expected {e:r}, got {a:r}; they differ by {Math.Abs(e - a):g3}.");
        }
    }

    /// <summary>The distance from 1 to the next larger number of the type.</summary>
    public static double Roundoff<T>() where T : IFloatingPointIeee754<T> => double.CreateChecked(T.BitIncrement(T.One) - T.One);
}
