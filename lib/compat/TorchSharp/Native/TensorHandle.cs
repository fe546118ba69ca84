using Microsoft.Win32.SafeHandles;

namespace TorchSharp;

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
