using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls libtorch's operators by the names of its schemas, e.g. "add.Tensor" for aten::add with the overload Tensor.
/// Arguments left out at the end take the schema's defaults.
/// </summary>
static unsafe class Aten
{
    static readonly ConcurrentDictionary<string, nint> operators = [];

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal static Tensor Call(string op, params ReadOnlySpan<Argument> arguments)
    {
        Invoke(op, arguments, out var result);
        return new Tensor(new TensorHandle(result.Pointer));
    }

    /// <summary>Calls an operator that returns no tensor: a bool, or nothing.</summary>
    internal static long CallPlain(string op, params ReadOnlySpan<Argument> arguments)
    {
        return Invoke(op, arguments, out var result) == 0 ? 0 : result.Bits;
    }

    /// <summary>Calls an operator that changes its first argument and returns it.</summary>
    internal static Tensor CallInPlace(string op, Tensor self, params ReadOnlySpan<Argument> others)
    {
        Invoke(op, [self, .. others], out var result);
        Shim.tensor_free(result.Pointer); // another handle to the same tensor
        return self;
    }

    /// <summary>Returns how many results there are, none or one: no operator in use here has more.</summary>
    static int Invoke(string op, ReadOnlySpan<Argument> arguments, out Value result)
    {
        var found = operators.GetOrAdd(op, Find);
        var values = stackalloc Value[arguments.Length];
        var pins = new List<GCHandle>();
        try
        {
            for (var i = 0; i < arguments.Length; i++)
                values[i] = new Value(arguments[i].Tag, arguments[i].Bits, Pointer(arguments[i].Reference, pins));
            Value only = default;
            var count = Shim.call(found, values, arguments.Length, &only, 1);
            result = only;
            return count >= 0 ? count : throw Shim.Error();
        }
        finally
        {
            pins.ForEach(pin => pin.Free());
            foreach (var argument in arguments) GC.KeepAlive(argument.Reference);
        }
    }

    static nint Find(string op)
    {
        var name = op.Split('.', 2);
        var found = Shim.find("aten::" + name[0], name.ElementAtOrDefault(1) ?? "");
        return found != 0 ? found : throw Shim.Error();
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
