using TorchSharp;

namespace BnNotebooks;

/// <summary>
/// Numbers for TorchSharp's operations that nobody frees, and the operations with a hidden one.
/// </summary>
/// <remarks>
/// TorchSharp wraps every number that goes to libtorch in a Scalar, whose finalizer frees it, and does not keep it from the
/// garbage collector during the call: what makes one in passing, as <c>x * 3.0</c>, <c>a + b</c> and <c>x.square()</c> do, fails
/// once in thousands of calls (docs/torchsharp-scalar-lifetime.md). In the library, which trains on several threads, every
/// Scalar is therefore held: here, in a field, or by <c>using</c>.
/// </remarks>
static class Scalars
{
    public static readonly Scalar One = 1, Two = 2;

    /// <summary>a + b, which TorchSharp computes as a + 1·b.</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, One);

    /// <summary>x².</summary>
    public static torch.Tensor Squared(this torch.Tensor x) => x.pow(Two);
}
