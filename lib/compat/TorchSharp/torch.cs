namespace TorchSharp;

/// <summary>The settings of libtorch that belong to no tensor.</summary>
public static unsafe partial class torch
{
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
