using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core;

/// <summary>
/// The kernels work on plain row-major memory. These few lines get it from any tensor: the tensor's own memory where it is
/// laid out that way, a copy where it is a slice, a transposed view or any other strided one. (TensorSpan's own TryGetSpan
/// gives up on dense tensors that have a dimension of length 1 in the middle.)
/// </summary>
internal static class RowMajor
{
    /// <summary>The elements in row-major order, copied only if the tensor is strided.</summary>
    public static ReadOnlySpan<T> Read<T>(scoped in ReadOnlyTensorSpan<T> tensor)
    {
        if (tensor.IsDense)
            return MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
        var copy = new T[tensor.FlattenedLength];
        tensor.FlattenTo(copy);
        return copy;
    }

    /// <summary>Copies the elements in row-major order. (FlattenTo goes element by element even where one block copy would do.)</summary>
    public static void CopyTo<T>(in ReadOnlyTensorSpan<T> tensor, Span<T> target)
    {
        if (tensor.IsDense)
            Read(tensor).CopyTo(target);
        else
            tensor.FlattenTo(target);
    }

    /// <summary>
    /// Memory to write the elements to in row-major order: the tensor's own, or, if it is strided, a <paramref name="staging"/>
    /// array that <see cref="Finish"/> copies into it.
    /// </summary>
    public static Span<T> Write<T>(in TensorSpan<T> tensor, out T[]? staging)
    {
        staging = null;
        if (tensor.IsDense)
            return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
        staging = new T[tensor.FlattenedLength];
        return staging;
    }

    /// <summary>Copies what was staged, if anything was, to where it belongs.</summary>
    public static void Finish<T>(T[]? staging, in TensorSpan<T> tensor)
    {
        if (staging is not null)
            new ReadOnlyTensorSpan<T>(staging, tensor.Lengths).CopyTo(tensor);
    }
}
