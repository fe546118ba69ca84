using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core;

/// <summary>
/// The kernels work on plain memory in row-major order. These few lines get it from any tensor: the tensor's own memory where it is
/// laid out that way, a copy where it is a slice, a transposed view or any other strided one. (TensorSpan's own TryGetSpan gives up on
/// dense tensors that have a dimension of length 1 in the middle.)
/// </summary>
/// <remarks>
/// To a batch norm the order with the channels last is as good: (N, C, H, W) is then in memory a matrix of N·H·W rows of C channels, as
/// PyTorch's channels_last format. Where that is asked for, all of this is meant in that order.
/// </remarks>
internal static class RowMajor
{
    /// <summary>Whether a tensor that is not row-major has its channels, dimension 1 of at least 3, last in memory.</summary>
    public static bool IsChannelsLast<T>(scoped in ReadOnlyTensorSpan<T> tensor) =>
        tensor.Rank >= 3 && !tensor.IsDense && HasStrides(tensor, ChannelsLastStrides(tensor.Lengths));

    /// <summary>The strides of a tensor whose channels are last in memory.</summary>
    public static nint[] ChannelsLastStrides(ReadOnlySpan<nint> lengths)
    {
        var strides = new nint[lengths.Length];
        strides[1] = 1;
        var next = lengths[1];
        for (var d = lengths.Length - 1; d > 1; d--)
        {
            strides[d] = next;
            next *= lengths[d];
        }
        strides[0] = next;
        return strides;
    }

    /// <summary>The elements in order, copied only if the tensor has another.</summary>
    public static ReadOnlySpan<T> Read<T>(scoped in ReadOnlyTensorSpan<T> tensor, bool channelsLast = false)
    {
        if (channelsLast ? IsChannelsLast(tensor) : tensor.IsDense)
            return MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
        var copy = new T[tensor.FlattenedLength];
        CopyTo(tensor, copy, channelsLast);
        return copy;
    }

    /// <summary>Copies the elements in order. (FlattenTo goes element by element even where one block copy would do.)</summary>
    public static void CopyTo<T>(in ReadOnlyTensorSpan<T> tensor, Span<T> target, bool channelsLast = false)
    {
        if (channelsLast && !IsChannelsLast(tensor))
            tensor.CopyTo(new TensorSpan<T>(target, tensor.Lengths, ChannelsLastStrides(tensor.Lengths)));
        else if (channelsLast || tensor.IsDense)
            Read(tensor, channelsLast).CopyTo(target);
        else
            tensor.FlattenTo(target);
    }

    /// <summary>
    /// Memory to write the elements to in order: the tensor's own, or, if it has another order, a <paramref name="staging"/> array that
    /// <see cref="Finish"/> copies into it.
    /// </summary>
    public static Span<T> Write<T>(in TensorSpan<T> tensor, out T[]? staging, bool channelsLast = false)
    {
        staging = null;
        if (channelsLast ? IsChannelsLast<T>(tensor) : tensor.IsDense)
            return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
        staging = new T[tensor.FlattenedLength];
        return staging;
    }

    /// <summary>Copies what was staged, if anything was, to where it belongs.</summary>
    public static void Finish<T>(T[]? staging, in TensorSpan<T> tensor, bool channelsLast = false)
    {
        if (staging is null)
            return;
        var ordered = channelsLast
            ? new ReadOnlyTensorSpan<T>(staging, tensor.Lengths, ChannelsLastStrides(tensor.Lengths))
            : new ReadOnlyTensorSpan<T>(staging, tensor.Lengths);
        ordered.CopyTo(tensor);
    }

    // Where a dimension has one place, its stride says nothing.
    private static bool HasStrides<T>(scoped in ReadOnlyTensorSpan<T> tensor, nint[] strides)
    {
        for (var d = 0; d < strides.Length; d++)
            if (tensor.Lengths[d] > 1 && tensor.Strides[d] != strides[d])
                return false;
        return true;
    }
}
