using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using static TorchSharp.torch;
using Tensor = System.Numerics.Tensors.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// One forward and one backward pass, ours and libtorch's, and what came of it by the same names: output, gradInput, the
/// parameters' gradients (weight.grad) and the buffers (running_mean).
/// </summary>
internal static class OnePass
{
    public static Dictionary<string, T[]> Ours<T>(Layer<T> layer, LayerCase c, T[] x, T[] gradOutput)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        layer.ZeroGrad();
        var output = layer.Forward(Tensor.Create(x, c.Shape));
        Assert.Equal(c.OutputShape, output.Lengths.ToArray());
        var gradInput = layer.Backward(Tensor.Create(gradOutput, c.OutputShape));
        Assert.Equal(c.Shape, gradInput.Lengths.ToArray());

        var numbers = new Dictionary<string, T[]> { ["output"] = Numbers.Values(output), ["gradInput"] = Numbers.Values(gradInput) };
        foreach (var parameter in layer.Parameters)
            numbers.Add(parameter.Name + ".grad", parameter.Gradients.ToArray());
        foreach (var buffer in Statistics(layer))
            numbers.Add(buffer.Name, Numbers.Values(buffer.To<T>()));
        return numbers;
    }

    /// <summary>The same with libtorch's autograd, from the state that <see cref="StateOf"/> has taken down before our pass.</summary>
    public static Dictionary<string, T[]> Torchs<T>(
        LayerCase c, Dictionary<string, TorchTensor> state, T[] x, T[] gradOutput, bool training = true, int batches = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = Leaf(x, c.Shape, requiresGrad: true);
        var output = c.Output(input, state, training, batches);
        Assert.Equal(c.OutputShape, output.shape.Select(length => (nint)length));
        output.backward([Leaf(gradOutput, c.OutputShape)]);

        var numbers = new Dictionary<string, T[]> { ["output"] = Values<T>(output), ["gradInput"] = Values<T>(input.grad!) };
        foreach (var (name, tensor) in state)
            numbers.Add(tensor.requires_grad ? name + ".grad" : name, Values<T>(tensor.requires_grad ? tensor.grad! : tensor));
        return numbers;
    }

    /// <summary>Our layer's parameters and buffers for libtorch, in its element type.</summary>
    public static Dictionary<string, TorchTensor> StateOf<T, TTorch>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> where TTorch : unmanaged, IFloatingPointIeee754<TTorch>
    {
        var state = layer.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
            Leaf(Numbers.Convert<T, TTorch>(parameter.Values.ToArray()), [.. parameter.Value.Lengths], requiresGrad: true));
        foreach (var buffer in Statistics(layer))
            state.Add(buffer.Name, Leaf(Numbers.Convert<T, TTorch>(Numbers.Values(buffer.To<T>())), [.. buffer.Shape]));
        return state;
    }

    // Not the number of batches, which is a long.
    static IEnumerable<StateTensor> Statistics<T>(Layer<T> layer) where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.Buffers.Where(buffer => buffer.DType != "I64");

    static TorchTensor Leaf<T>(T[] values, nint[] shape, bool requiresGrad = false)
    {
        long[] lengths = [.. shape];
        return values switch
        {
            float[] floats => tensor(floats, lengths, requires_grad: requiresGrad),
            double[] doubles => tensor(doubles, lengths, requires_grad: requiresGrad),
            _ => throw new ArgumentException($"Expected float or double, but the values are {typeof(T).Name}.", nameof(values)),
        };
    }

    static T[] Values<T>(TorchTensor tensor) where T : unmanaged => tensor.data<T>().ToArray();
}
