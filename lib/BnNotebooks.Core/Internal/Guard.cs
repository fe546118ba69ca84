using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>Checks of what a caller passes in. Each message says what came, what was expected, and what to do if it is not plain.</summary>
internal static class Guard
{
    /// <summary>A shape as Python prints it: (20, 120, 55, 65).</summary>
    public static string Show(ReadOnlySpan<nint> shape)
    {
        var lengths = new string[shape.Length];
        for (var i = 0; i < shape.Length; i++)
            lengths[i] = shape[i].ToString();
        return lengths.Length == 1 ? $"({lengths[0]},)" : $"({string.Join(", ", lengths)})";
    }

    public static void SameShape(ReadOnlySpan<nint> actual, ReadOnlySpan<nint> expected, string parameter)
    {
        if (!actual.SequenceEqual(expected))
            throw new ArgumentException($"Expected shape {Show(expected)}, but it has shape {Show(actual)}.", parameter);
    }

    /// <summary>The types that layers and parameters are of; the constraint admits more.</summary>
    public static void ElementType<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half))
            throw new NotSupportedException($"Expected elements of type float, double or Half, but they are {typeof(T).Name}.");
    }

    /// <summary>Refuses a shape of more elements than an array can have: the kernels count in int.</summary>
    public static void Countable(ReadOnlySpan<nint> shape, string what, string parameter)
    {
        var count = 1.0;
        foreach (var length in shape)
            count *= length;
        if (count > Array.MaxLength && !shape.Contains(0))
            throw new ArgumentException(
                $"Expected {what} of at most {Array.MaxLength} elements, but the shape is {Show(shape)}. Split the batch.", parameter);
    }

    /// <summary>ε guards a division, so it is a number that is not negative; 0 is allowed, as in PyTorch.</summary>
    public static double Eps(double eps)
    {
        if (!double.IsFinite(eps) || eps < 0)
            throw new ArgumentOutOfRangeException(nameof(eps), eps, "Expected a finite number that is not negative, such as 1e-5.");
        return eps;
    }

    /// <summary>The new statistics' share of the running ones, or null for the plain average over all batches.</summary>
    public static double? Momentum(double? momentum)
    {
        if (momentum is not (null or (>= 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum,
                "Expected the new batch's share, from 0 to 1 (PyTorch's default is 0.1), or null for the average over all batches.");
        return momentum;
    }

    public static int Positive(int value, string parameter)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(parameter, value, "Expected at least 1.");
        return value;
    }

    /// <summary>
    /// Whether the output is the input itself, for work in place, or apart from it. Anything between is refused: elements would
    /// be overwritten before they are read. Compares ranges of memory, so interleaved views count as overlapping.
    /// </summary>
    public static unsafe bool InPlace<T>(
        in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output, string inputName, string outputName) where T : unmanaged
    {
        if (input.FlattenedLength == 0 || output.FlattenedLength == 0)
            return false;
        for (var d = 0; d < output.Rank; d++)
            if (output.Strides[d] == 0 && output.Lengths[d] > 1)
                throw new ArgumentException(
                    $"Expected a tensor whose elements are each their own memory, but dimension {d} has stride 0, so {output.Lengths[d]} elements share one place.",
                    outputName);

        fixed (T* inputStart = &input.GetPinnableReference(), outputStart = &output.GetPinnableReference())
        {
            var apart = inputStart + Extent(input.Lengths, input.Strides) <= outputStart
                || outputStart + Extent(output.Lengths, output.Strides) <= inputStart;
            var same = inputStart == outputStart && input.Lengths.SequenceEqual(output.Lengths)
                && input.Strides.SequenceEqual(output.Strides);
            if (!apart && !same)
                throw new ArgumentException(
                    $"Expected memory that is either exactly that of '{inputName}' or apart from it, but the two overlap in part. Pass a tensor of its own.",
                    outputName);
            return same;
        }
    }

    /// <summary>How many elements of memory a view reaches over, from its first element to its last.</summary>
    private static nint Extent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint last = 0;
        for (var d = 0; d < lengths.Length; d++)
            last += (lengths[d] - 1) * strides[d];
        return last + 1;
    }
}
