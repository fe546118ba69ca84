namespace TorchSharp;

/// <summary>The functions of tensors that the course calls on torch itself rather than on a tensor.</summary>
public static partial class torch
{
    public static bool allclose(
        Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        Aten.CallPlain("allclose", tensor, target, rtol, atol, equal_nan) != 0;
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.Call("cat", tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.Call("stack", tensors.ToArray(), dim);
}
