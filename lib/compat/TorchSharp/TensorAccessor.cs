using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor, in row-major order; of one that is not contiguous this holds a contiguous copy.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable where T : unmanaged
{
    readonly Tensor tensor;
    readonly bool copied;

    internal TensorAccessor(Tensor source)
    {
        copied = Shim.tensor_is_contiguous(source.Owned) == 0;
        tensor = copied ? source.contiguous() : source;
    }

    Span<T> Elements => new(Shim.tensor_data(tensor.Owned), checked((int)tensor.NumberOfElements));

    public T[] ToArray()
    {
        var array = Elements.ToArray();
        GC.KeepAlive(tensor); // a span over native memory does not
        return array;
    }

    /// <summary>Writes the elements of a tensor that was just made, and so is contiguous.</summary>
    internal void Fill(ReadOnlySpan<T> numbers)
    {
        numbers.CopyTo(Elements);
        GC.KeepAlive(tensor);
    }

    /// <summary>The tensor stays as it is: it is its owner's to dispose.</summary>
    public void Dispose()
    {
        if (copied) tensor.Dispose();
    }
}
