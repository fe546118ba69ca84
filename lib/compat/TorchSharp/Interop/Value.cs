using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What an argument or result of an ATen operator is. Must match the enum in native/shim.cpp.</summary>
enum Tag : long { None, Tensor, Int, Double, Bool, IntList, TensorList }

/// <summary>An argument or result as it crosses to native code. Must match the struct in native/shim.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct Value(Tag Tag, long Bits, nint Pointer);

/// <summary>One argument of an ATen operator; whatever C# passes converts to it.</summary>
readonly struct Argument(Tag tag, long bits, object? reference = null)
{
    internal static Argument None => default;
    internal Tag Tag => tag;
    internal long Bits => bits;
    /// <summary>The tensor, or the array behind a list.</summary>
    internal object? Reference => reference;

    public static implicit operator Argument(Tensor? value) => value is null ? None : new(Tag.Tensor, 0, value);
    public static implicit operator Argument(long value) => new(Tag.Int, value);
    public static implicit operator Argument(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static implicit operator Argument(Scalar value) => value.Value;
    public static implicit operator Argument(ScalarType value) => new(Tag.Int, (long)value);
    public static implicit operator Argument(ScalarType? value) => value is { } type ? type : None;
    public static implicit operator Argument(long[]? value) => value is null ? None : new(Tag.IntList, value.Length, value);
    public static implicit operator Argument(ReadOnlySpan<long> value) => value.ToArray();
    public static implicit operator Argument(Tensor[] value) =>
        new(Tag.TensorList, value.Length, Array.ConvertAll(value, tensor => tensor.Handle));
}
