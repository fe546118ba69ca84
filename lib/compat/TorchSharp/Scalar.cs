namespace TorchSharp;

/// <summary>A number of any type, as ATen's operators take it.</summary>
public sealed class Scalar : IDisposable
{
    Scalar(Argument value) => Value = value;

    internal Argument Value { get; }

    public static implicit operator Scalar(int value) => new((long)value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>Nothing to free here; the real one holds native memory.</summary>
    public void Dispose() { }
}
