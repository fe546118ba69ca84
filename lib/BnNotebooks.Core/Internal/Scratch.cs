using System.Buffers;

namespace BnNotebooks.Core;

/// <summary>
/// Memory for numbers that a single pass needs: rented, so that passes on several threads have each their own and none allocates
/// after the first. What it holds at first is left from others.
/// </summary>
internal readonly ref struct Scratch
{
    private readonly double[] array;

    public Scratch(long length)
    {
        if (length > Array.MaxLength)
            throw new ArgumentException($"A pass over this input needs {length} numbers to work with, more than an array can hold. Split the batch.");
        array = ArrayPool<double>.Shared.Rent((int)length);
        Span = array.AsSpan(0, (int)length);
    }

    public Span<double> Span { get; }

    public void Dispose() => ArrayPool<double>.Shared.Return(array);
}
