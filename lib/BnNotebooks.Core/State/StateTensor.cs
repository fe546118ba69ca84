using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core;

/// <summary>
/// A named tensor of a layer's state, or of a safetensors file. Those that come from a layer are its live memory.
/// </summary>
public abstract class StateTensor
{
    // BF16, which .NET 10 has no type for, is kept as its 16 bits.
    private const string BFloat16 = "BF16";

    private static readonly Dictionary<Type, string> DTypes = new()
    {
        [typeof(float)] = "F32",
        [typeof(double)] = "F64",
        [typeof(Half)] = "F16",
        [typeof(long)] = "I64",
        [typeof(int)] = "I32",
        [typeof(short)] = "I16",
        [typeof(sbyte)] = "I8",
        [typeof(byte)] = "U8",
        [typeof(bool)] = "BOOL",
    };

    private protected StateTensor(string name, string dType, ReadOnlySpan<nint> shape)
    {
        Name = name;
        DType = dType;
        Shape = shape.ToArray();
    }

    /// <summary>PyTorch's name, for example <c>running_mean</c>.</summary>
    public string Name { get; }

    /// <summary>The element type in safetensors' words: <c>F32</c>, <c>F64</c>, <c>F16</c>, <c>BF16</c>, <c>I64</c>, <c>I32</c>, <c>I16</c>, <c>I8</c>, <c>U8</c> or <c>BOOL</c>.</summary>
    public string DType { get; }

    /// <summary>The length of each dimension; none for a single number.</summary>
    public IReadOnlyList<nint> Shape { get; }

    /// <summary>The types there are, for messages.</summary>
    internal static string KnownDTypes => $"{string.Join(", ", DTypes.Values)} or {BFloat16}";

    /// <summary>The elements in row-major order, as they lie in memory.</summary>
    internal abstract Span<byte> Bytes { get; }

    /// <summary>The same tensor, in the same memory, under another name.</summary>
    internal abstract StateTensor Named(string name);

    /// <summary>The same numbers in memory of their own, so that later changes do not reach them.</summary>
    public abstract StateTensor Copy();

    /// <summary>The elements as a tensor, which shares their memory. A single number becomes a tensor of one element.</summary>
    /// <typeparam name="T">The type that <see cref="DType"/> says: <see cref="float"/> for F32 and so on; <see cref="ushort"/> for BF16's bits.</typeparam>
    /// <returns>The tensor.</returns>
    /// <exception cref="InvalidOperationException">The elements are of another type; <see cref="ConvertTo"/> converts them.</exception>
    public Tensor<T> To<T>() where T : unmanaged => this is Typed<T> typed
        ? Tensor.Create(typed.Elements, Shape.Count == 0 ? [1] : [.. Shape]) // an empty shape would make an empty tensor
        : throw new InvalidOperationException($"'{Name}' holds {DType}, not {typeof(T).Name}.");

    /// <summary>The elements as a tensor of its own of any number type, each rounded once; true is 1 and false 0.</summary>
    /// <typeparam name="T">The type to convert to.</typeparam>
    /// <returns>The tensor.</returns>
    public Tensor<T> ConvertTo<T>() where T : unmanaged, INumberBase<T>
    {
        T[] values = this switch
        {
            Typed<float> t => Converted<float, T>(t.Elements),
            Typed<double> t => Converted<double, T>(t.Elements),
            Typed<Half> t => Converted<Half, T>(t.Elements),
            Typed<long> t => Converted<long, T>(t.Elements),
            Typed<int> t => Converted<int, T>(t.Elements),
            Typed<short> t => Converted<short, T>(t.Elements),
            Typed<sbyte> t => Converted<sbyte, T>(t.Elements),
            Typed<ushort> t => Converted<float, T>(Array.ConvertAll(t.Elements, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))),
            _ => Converted<byte, T>(Bytes),
        };
        return Tensor.Create(values, Shape.Count == 0 ? [1] : [.. Shape]);
    }

    /// <summary>Names a tensor's elements, without copying them.</summary>
    /// <typeparam name="T">One of those that <see cref="DType"/> stands for, such as <see cref="float"/>.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The length of each dimension.</param>
    /// <returns>The named tensor.</returns>
    /// <exception cref="ArgumentException">The type is none of these, or the shape has another number of elements.</exception>
    public static StateTensor Over<T>(string name, T[] elements, ReadOnlySpan<nint> shape) where T : unmanaged
    {
        if (!DTypes.TryGetValue(typeof(T), out var dType))
            throw new ArgumentException(
                $"Expected elements of type {string.Join(", ", DTypes.Keys.Select(type => type.Name))}, but they are {typeof(T).Name}.", nameof(elements));
        if (Count(shape) is var count && count != elements.Length)
            throw new ArgumentException($"Expected {elements.Length} elements, but shape {Guard.Show(shape)} has {count?.ToString() ?? "no possible number"}.", nameof(shape));
        return new Typed<T>(name, dType, elements, shape);
    }

    /// <summary>A tensor of zeros of the type that a file names; null if there is no such type here.</summary>
    internal static StateTensor? Create(string name, string? dType, nint[] shape, int count) => dType switch
    {
        "F32" => new Typed<float>(name, dType, new float[count], shape),
        "F64" => new Typed<double>(name, dType, new double[count], shape),
        "F16" => new Typed<Half>(name, dType, new Half[count], shape),
        BFloat16 => new Typed<ushort>(name, dType, new ushort[count], shape),
        "I64" => new Typed<long>(name, dType, new long[count], shape),
        "I32" => new Typed<int>(name, dType, new int[count], shape),
        "I16" => new Typed<short>(name, dType, new short[count], shape),
        "I8" => new Typed<sbyte>(name, dType, new sbyte[count], shape),
        "U8" => new Typed<byte>(name, dType, new byte[count], shape),
        "BOOL" => new Typed<bool>(name, dType, new bool[count], shape),
        _ => null,
    };

    /// <summary>How many elements a shape has; null if a length is negative, or if there are more than a long counts.</summary>
    internal static long? Count(ReadOnlySpan<nint> shape)
    {
        Int128 count = 1;
        foreach (var length in shape)
            if (length < 0 || (count *= length) > long.MaxValue)
                return null;
        return (long)count;
    }

    private static T[] Converted<TFrom, T>(ReadOnlySpan<TFrom> elements) where TFrom : INumberBase<TFrom> where T : INumberBase<T>
    {
        var values = new T[elements.Length];
        TensorPrimitives.ConvertTruncating(elements, values);
        return values;
    }

    private sealed class Typed<T>(string name, string dType, T[] elements, ReadOnlySpan<nint> shape)
        : StateTensor(name, dType, shape) where T : unmanaged
    {
        public T[] Elements { get; } = elements;

        internal override Span<byte> Bytes => MemoryMarshal.AsBytes(Elements.AsSpan());

        internal override StateTensor Named(string name) => new Typed<T>(name, DType, Elements, [.. Shape]);

        public override StateTensor Copy() => new Typed<T>(Name, DType, (T[])Elements.Clone(), [.. Shape]);
    }
}
