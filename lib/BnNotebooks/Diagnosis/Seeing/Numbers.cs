using TorchSharp;

namespace BnNotebooks.Diagnosis;

/// <summary>Tensors of libtorch as arrays: what the doctor computes, it computes in double precision and in plain C#.</summary>
static class Numbers
{
    public static double[] Of(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope(); // it keeps the tensors in between from the garbage collector
        using var quiet = torch.no_grad();
        var exact = tensor.detach().to_type(torch.ScalarType.Float64).cpu().contiguous();
        using var elements = exact.data<double>();
        return elements.ToArray();
    }

    public static double[]? OrNull(torch.Tensor? tensor) => tensor is null ? null : Of(tensor);
}
