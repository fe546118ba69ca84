using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;

namespace BnNotebooks;

/// <summary>Carries tensors between <see cref="System.Numerics.Tensors"/> and TorchSharp. Both directions copy.</summary>
public static class TorchExtensions
{
    /// <summary>The same numbers as a libtorch tensor of 32-bit floats.</summary>
    /// <param name="tensor">A tensor of any shape.</param>
    public static torch.Tensor ToTorch(this Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        // torch.tensor(values) would lie in an array of .NET's, at any address, and libtorch's matrix products round by the
        // address: the same network would give other numbers each time. libtorch's own memory always begins alike.
        var result = torch.empty([.. tensor.Lengths.ToArray().Select(length => (long)length)]);
        tensor.FlattenTo(MemoryMarshal.Cast<byte, float>(result.bytes));
        return result;
    }

    /// <summary>The same numbers as a .NET tensor.</summary>
    /// <param name="tensor">A tensor of 32-bit floats, of any shape and strides.</param>
    public static Tensor<float> ToTensor(this torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var contiguous = tensor.contiguous();
        var values = contiguous.data<float>().ToArray();
        return Tensor.Create(values, [.. tensor.shape.Select(length => checked((nint)length))]);
    }
}
