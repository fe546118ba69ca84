using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls libtorch's operators by the names of its schemas, e.g. "add.Tensor" for aten::add with the overload Tensor.
/// Arguments left out at the end take the schema's defaults.
/// </summary>
static unsafe class Aten
{
    const int MostResults = 8;

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal static Tensor Call(string op, params ReadOnlySpan<Argument> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(op, arguments, results);
        return new Tensor(new TensorHandle(results[0].Pointer));
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal static (Tensor First, Tensor Second) CallTwo(string op, params ReadOnlySpan<Argument> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(op, arguments, results);
        return (new Tensor(new TensorHandle(results[0].Pointer)), new Tensor(new TensorHandle(results[1].Pointer)));
    }

    /// <summary>Calls an operator that returns no tensor, a bool or an int.</summary>
    internal static long CallPlain(string op, params ReadOnlySpan<Argument> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        return Invoke(op, arguments, results) == 0 ? 0 : results[0].Bits;
    }

    /// <summary>Calls an operator that changes its first argument and returns it.</summary>
    internal static Tensor CallInPlace(string op, Tensor self, params ReadOnlySpan<Argument> others)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(op, [self, .. others], results);
        Shim.tensor_free(results[0].Pointer); // another handle to the same tensor
        return self;
    }

    static int Invoke(string op, ReadOnlySpan<Argument> arguments, Span<Value> results)
    {
        var dot = op.IndexOf('.');
        var (name, overload) = dot < 0 ? (op, "") : (op[..dot], op[(dot + 1)..]);
        var values = stackalloc Value[arguments.Length];
        var pins = new List<GCHandle>();
        try
        {
            for (var i = 0; i < arguments.Length; i++)
                values[i] = new Value(arguments[i].Tag, arguments[i].Bits, Pointer(arguments[i].Reference, pins));
            fixed (Value* into = results)
            {
                var count = Shim.call("aten::" + name, overload, values, arguments.Length, into, results.Length);
                return count >= 0 ? count : throw Shim.Error();
            }
        }
        finally
        {
            pins.ForEach(pin => pin.Free());
            foreach (var argument in arguments) GC.KeepAlive(argument.Reference);
        }
    }

    static nint Pointer(object? reference, List<GCHandle> pins)
    {
        if (reference is null) return 0;
        if (reference is Tensor tensor) return tensor.Handle;
        var pin = GCHandle.Alloc(reference, GCHandleType.Pinned);
        pins.Add(pin);
        return pin.AddrOfPinnedObject();
    }
}
