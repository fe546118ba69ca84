using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type, as ATen's operators take it.</summary>
public sealed class Scalar : IDisposable
{
    Scalar(ScalarType type, Argument value) => (Type, Value) = (type, value);

    public ScalarType Type { get; }
    internal Argument Value { get; }

    public static implicit operator Scalar(int value) => new(ScalarType.Int32, (long)value);
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(float value) => new(ScalarType.Float32, (double)value);
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, value);
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value);

    /// <summary>Nothing to free here; the real one holds native memory.</summary>
    public void Dispose() { }
}
