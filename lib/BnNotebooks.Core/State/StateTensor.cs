using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core;

/// <summary>
/// A named tensor of a layer's state, or of a safetensors file. Those that come from a layer are its live memory.
/// </summary>
public abstract class StateTensor
{
    private protected StateTensor(string name, string dType, ReadOnlySpan<nint> shape)
    {
        Name = name;
        DType = dType;
        Shape = shape.ToArray();
    }

    /// <summary>PyTorch's name, for example <c>running_mean</c>.</summary>
    public string Name { get; }

    /// <summary>The element type in safetensors' words: <c>F32</c>, <c>F64</c> or <c>I64</c>.</summary>
    public string DType { get; }

    /// <summary>The length of each dimension; none for a single number.</summary>
    public IReadOnlyList<nint> Shape { get; }

    /// <summary>The elements in row-major order, as they lie in memory.</summary>
    internal abstract Span<byte> Bytes { get; }

    /// <summary>The same tensor, in the same memory, under another name.</summary>
    internal abstract StateTensor Named(string name);

    /// <summary>The same numbers in memory of their own, so that later changes do not reach them.</summary>
    public abstract StateTensor Copy();

    /// <summary>The elements as a tensor, which shares their memory. A single number becomes a tensor of one element.</summary>
    /// <typeparam name="T"><see cref="float"/> for F32, <see cref="double"/> for F64, <see cref="long"/> for I64.</typeparam>
    /// <returns>The tensor.</returns>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public Tensor<T> To<T>() where T : unmanaged => this is Typed<T> typed
        ? Tensor.Create(typed.Elements, Shape.Count == 0 ? [1] : [.. Shape]) // an empty shape would make an empty tensor
        : throw new InvalidOperationException($"'{Name}' holds {DType}, not {typeof(T).Name}.");

    /// <summary>Names a tensor's elements, without copying them.</summary>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/> or <see cref="long"/>.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The length of each dimension.</param>
    /// <returns>The named tensor.</returns>
    /// <exception cref="ArgumentException">The type is none of these, or the shape has another number of elements.</exception>
    public static StateTensor Over<T>(string name, T[] elements, ReadOnlySpan<nint> shape) where T : unmanaged
    {
        var dType = typeof(T) == typeof(float) ? "F32" : typeof(T) == typeof(double) ? "F64" : typeof(T) == typeof(long) ? "I64"
            : throw new ArgumentException($"Expected elements of type float, double or long, but they are {typeof(T).Name}.", nameof(elements));
        nint count = 1;
        foreach (var length in shape)
            count *= length;
        if (count != elements.Length)
            throw new ArgumentException($"Expected {elements.Length} elements, but shape {Guard.Show(shape)} has {count}.", nameof(shape));
        return new Typed<T>(name, dType, elements, shape);
    }

    private sealed class Typed<T>(string name, string dType, T[] elements, ReadOnlySpan<nint> shape)
        : StateTensor(name, dType, shape) where T : unmanaged
    {
        public T[] Elements { get; } = elements;

        internal override Span<byte> Bytes => MemoryMarshal.AsBytes(Elements.AsSpan());

        internal override StateTensor Named(string name) => Over(name, Elements, [.. Shape]);

        public override StateTensor Copy() => Over(Name, (T[])Elements.Clone(), [.. Shape]);
    }
}
