using System.Numerics;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// Holds a layer beside its formula, composed from torch operators and differentiated by torch's autograd, in double: for
/// layers that torch has no operator for.
/// </summary>
internal static class Autograd
{
    /// <summary>The formula: what comes out of an input, given the layer's state (parameters and buffers) by its names.</summary>
    public delegate Tensor Formula(Tensor x, IReadOnlyDictionary<string, Tensor> state);

    /// <summary>
    /// Gives the layer random parameters and lets it train on one batch, then takes another forward and backward through both,
    /// in the case's mode. The formula gets the state before that. Output and gradients must agree up to one rounding to T.
    /// </summary>
    public static void Compare<T>(Layer<T> layer, FurtherNormCase c, Formula formula) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(c.Seed);
        foreach (var parameter in layer.Parameters)
            Numbers.Normal<T>(random, parameter.Values.Length, mean: 0, std: 1).CopyTo(parameter.Values);
        layer.Forward(System.Numerics.Tensors.Tensor.Create(Numbers.Normal<T>(random, c.Count, c.Mean, c.Std), c.Shape));
        layer.Train(c.Training);
        var x = Numbers.Normal<T>(random, c.Count, c.Mean, c.Std);

        using var scope = NewDisposeScope();
        set_num_threads(1);
        var input = Leaf(x, c.Shape, requiresGrad: true);
        var parameters = layer.Parameters.ToDictionary(parameter => parameter.Name,
            parameter => Leaf(parameter.Values.ToArray(), [.. parameter.Value.Lengths], requiresGrad: true));
        var state = new Dictionary<string, Tensor>(parameters);
        foreach (var buffer in layer.Buffers.Where(buffer => buffer.DType != "I64"))
            state.Add(buffer.Name, Leaf(Numbers.Values(buffer.To<T>()), [.. buffer.Shape]));

        layer.ZeroGrad();
        var output = layer.Forward(System.Numerics.Tensors.Tensor.Create(x, c.Shape));
        var expected = formula(input, state);
        var dy = Numbers.Normal<T>(random, (int)output.FlattenedLength, mean: 0, std: 1);
        var gradInput = layer.Backward(System.Numerics.Tensors.Tensor.Create(dy, output.Lengths));
        expected.backward([Leaf(dy, [.. output.Lengths])]);

        Close(expected, output, $"output: {c}");
        Close(input.grad!, gradInput, $"gradInput: {c}");
        foreach (var parameter in layer.Parameters)
            Close(parameters[parameter.Name].grad!, parameter.Grad, $"{parameter.Name}.grad: {c}");
    }

    /// <summary>A constant, in double.</summary>
    public static Tensor Constant(ReadOnlySpan<double> values) => tensor(values.ToArray());

    private static Tensor Leaf<T>(T[] values, nint[] shape, bool requiresGrad = false) where T : IFloatingPointIeee754<T>
    {
        long[] lengths = [.. shape];
        return tensor(Numbers.Widen(values)!, lengths, requires_grad: requiresGrad);
    }

    // Beside the one rounding to T, what double itself costs both sides: 1e-16 of the largest terms in a sum. Those are up to
    // 1/√(σ² + ε) ≤ 300 times as large as the data, thrice over in a gradient, and cancel; the data is of size 10.
    private static void Close<T>(Tensor expected, System.Numerics.Tensors.Tensor<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.shape, (long[])[.. actual.Lengths]);
        var exact = expected.data<double>().ToArray();
        Numbers.Close(exact, actual, slack: 1e-9 * Math.Max(1, exact.Max(Math.Abs)), what);
    }
}
