namespace TorchSharp;

/// <summary>libtorch's numbers for kinds of device; this stand-in's libtorch has a CPU only.</summary>
public enum DeviceType { CPU = 0, CUDA = 1 }

/// <summary>What lies outside the image in a convolution.</summary>
public enum PaddingModes { Zeros = 0, Reflect = 1, Replicate = 2, Circular = 3, Constant = 4 }

/// <summary>libtorch's types and settings that belong to no tensor.</summary>
public static unsafe partial class torch
{
    /// <summary>libtorch's numbers for its element types.</summary>
    public enum ScalarType : sbyte { Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7, Bool = 11, BFloat16 = 15 }

    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static Device CPU = new(DeviceType.CPU);

    /// <summary>Where a tensor lives.</summary>
    public class Device(DeviceType deviceType, int index = -1)
    {
        public DeviceType type { get; } = deviceType;
        public int index { get; } = index;

        public override string ToString() => type.ToString().ToLowerInvariant() + (index < 0 ? "" : $":{index}");
    }

    /// <summary>A source of random numbers; here there is only libtorch's default one.</summary>
    public class Generator : IDisposable
    {
        Generator() { }

        public static Generator Default { get; } = new();

        public Generator manual_seed(long seed)
        {
            Shim.manual_seed(seed);
            return this;
        }

        /// <summary>The default generator is libtorch's and outlives this object.</summary>
        public void Dispose() { }
    }

    /// <summary>The ScalarType whose elements are stored as <typeparamref name="T"/>.</summary>
    static ScalarType TypeOf<T>() where T : unmanaged => default(T) switch
    {
        float => float32,
        double => float64,
        long => int64,
        int => int32,
        bool => @bool,
        byte => ScalarType.Byte,
        _ => throw new NotSupportedException($"Tensors of {typeof(T)} are not supported by the stand-in for TorchSharp."),
    };

    /// <summary>The version of the libtorch in use. (The real TorchSharp reports its libtorch package's.)</summary>
    public static string __version__ => Shim.Text(Shim.torch_version());

    /// <summary>libtorch's own description of its build: BLAS, parallel backend, vector instructions.</summary>
    internal static string Config => Shim.Text(Shim.torch_config());

    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    public static int get_num_threads() => Shim.get_num_threads();

    public static void set_num_threads(int num)
    {
        if (Shim.set_num_threads(num) < 0) throw Shim.Error();
    }

    public static bool is_grad_enabled() => Shim.get_grad_enabled() != 0;

    /// <summary>Records no gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static DisposeScope NewDisposeScope() => new();

    sealed class GradMode : IDisposable
    {
        readonly bool before = is_grad_enabled();

        internal GradMode(bool enabled) => Shim.set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Shim.set_grad_enabled(before ? 1 : 0);
    }
}
