using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchSharp;

/// <summary>The C functions of native/shim.cpp, and where their library is looked for.</summary>
static unsafe partial class Shim
{
    const string Library = "TorchSharpStandIn";

    static Shim() => NativeLibrary.SetDllImportResolver(typeof(Shim).Assembly, Resolve);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint find(string name, string overload);
    [LibraryImport(Library)]
    internal static partial int call(nint op, Value* arguments, int count, Value* results, int capacity);
    [LibraryImport(Library)] internal static partial byte* last_error();
    [LibraryImport(Library)] internal static partial void tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial long tensor_dim(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial void tensor_sizes(TensorHandle tensor, long* sizes);
    [LibraryImport(Library)] internal static partial int tensor_dtype(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial int tensor_is_contiguous(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial void* tensor_data(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial int tensor_requires_grad(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial nint tensor_grad(TensorHandle tensor);
    [LibraryImport(Library)] internal static partial void tensor_set_grad(TensorHandle tensor, nint grad);
    [LibraryImport(Library)] internal static partial void manual_seed(long seed);
    [LibraryImport(Library)] internal static partial int set_num_threads(int threads);
    [LibraryImport(Library)] internal static partial int get_num_threads();
    [LibraryImport(Library)] internal static partial int get_grad_enabled();
    [LibraryImport(Library)] internal static partial void set_grad_enabled(int enabled);
    [LibraryImport(Library)] internal static partial byte* torch_version();
    [LibraryImport(Library)] internal static partial byte* torch_config();

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text)!;

    /// <summary>The exception that TorchSharp throws for an error inside libtorch, with libtorch's message.</summary>
    internal static ExternalException Error() => new(Text(last_error()));

    // A notebook loads TorchSharp.dll by its path into a load context of its own, so look beside the assembly first.
    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        var file = $"lib{name}.so";
        var tried = new List<string>();
        foreach (var folder in new[] { Path.GetDirectoryName(assembly.Location), AppContext.BaseDirectory })
        {
            if (string.IsNullOrEmpty(folder)) continue;
            tried.Add(Path.Combine(folder, file));
            tried.Add(Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file));
        }
        var found = tried.Find(File.Exists) ?? throw new NotSupportedException(
            $"TorchSharp's native library {file} was not found at any of: {string.Join(", ", tried.Distinct())}. " + Cure);
        try
        {
            return NativeLibrary.Load(found);
        }
        catch (DllNotFoundException e)
        {
            throw new NotSupportedException($"{found} could not be loaded, probably because libtorch is missing. {Cure}", e);
        }
    }

    const string Cure = "It is built from lib/compat/TorchSharp/native where libtorch is installed: " +
        "run `apt-get install libtorch-dev libopenblas0-pthread cmake make g++` and build again.";
}

/// <summary>Owns one at::Tensor; freed by Dispose, or by the garbage collector if that is forgotten.</summary>
sealed class TensorHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal TensorHandle(nint tensor) : base(ownsHandle: true) => SetHandle(tensor);

    protected override bool ReleaseHandle()
    {
        Shim.tensor_free(handle);
        return true;
    }
}
