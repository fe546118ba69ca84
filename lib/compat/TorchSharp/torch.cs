namespace TorchSharp;

/// <summary>What a convolution sees beyond the edges. Here there are only zeros.</summary>
public enum PaddingModes { Zeros = 0 }

/// <summary>libtorch's types and settings that belong to no tensor.</summary>
public static unsafe partial class torch
{
    /// <summary>libtorch's numbers for its element types.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7, Bool = 11, BFloat16 = 15,
    }

    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>Where a tensor lives. Here that is the CPU, so null is the only one there is.</summary>
    public class Device
    {
        Device() { }
    }

    /// <summary>A source of random numbers; here there is only libtorch's default one.</summary>
    public class Generator : IDisposable
    {
        Generator() { }

        internal static Generator Default { get; } = new();

        /// <summary>The default generator is libtorch's and outlives this object.</summary>
        public void Dispose() { }
    }

    /// <summary>The ScalarType whose elements are stored as <typeparamref name="T"/>.</summary>
    static ScalarType TypeOf<T>() where T : unmanaged => default(T) switch
    {
        float => float32,
        double => float64,
        long => int64,
        _ => throw new NotSupportedException($"Tensors of {typeof(T)} are not supported by the stand-in for TorchSharp."),
    };

    /// <summary>The version of the libtorch in use. (The real TorchSharp reports its libtorch package's.)</summary>
    public static string __version__ => Shim.Text(Shim.torch_version());

    /// <summary>libtorch's own description of its build: BLAS, parallel backend, vector instructions.</summary>
    internal static string Config => Shim.Text(Shim.torch_config());

    public static Generator manual_seed(long seed)
    {
        Shim.manual_seed(seed);
        return Generator.Default;
    }

    public static int get_num_threads() => Shim.get_num_threads();

    public static void set_num_threads(int num)
    {
        if (Shim.set_num_threads(num) < 0) throw Shim.Error();
    }

    /// <summary>Records no gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => new NoGrad();

    public static DisposeScope NewDisposeScope() => new();

    sealed class NoGrad : IDisposable
    {
        readonly int before = Shim.get_grad_enabled();

        internal NoGrad() => Shim.set_grad_enabled(0);

        public void Dispose() => Shim.set_grad_enabled(before);
    }
}
