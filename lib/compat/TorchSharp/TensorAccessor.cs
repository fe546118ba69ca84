using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>
/// The elements of a tensor, in row-major order. Writing goes to the tensor itself, so it needs a contiguous one; of any
/// other tensor this holds a contiguous copy.
/// </summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    readonly Tensor tensor;

    internal TensorAccessor(Tensor source)
    {
        IsReadOnly = Shim.tensor_is_contiguous(source.Owned) == 0;
        tensor = IsReadOnly ? source.contiguous() : source;
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }
    public bool IsReadOnly { get; }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Elements(tensorIndex, array.Length - arrayIndex).CopyTo(array[arrayIndex..]);
        GC.KeepAlive(tensor); // a span over native memory does not
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (IsReadOnly) throw new InvalidOperationException("a tensor that is not contiguous can be read here but not written");
        var target = Elements(tensorIndex, array.Length - arrayIndex);
        array.Slice(arrayIndex, target.Length).CopyTo(target);
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tensor stays as it is: it is its owner's to dispose.</summary>
    public void Dispose()
    {
        if (IsReadOnly) tensor.Dispose();
    }

    /// <summary>The elements from <paramref name="start"/> on, at most <paramref name="most"/> of them.</summary>
    Span<T> Elements(long start, long most) =>
        new((T*)Shim.tensor_data(tensor.Owned) + start, checked((int)Math.Min(Count - start, most)));
}
