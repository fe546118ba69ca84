using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>A learnable tensor and the gradient of the loss with respect to it.</summary>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public sealed class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] values;
    private readonly T[] gradients;

    /// <summary>Makes a parameter whose elements all start at one value, with a gradient of zero.</summary>
    /// <param name="name">The name PyTorch gives it, for example <c>weight</c>.</param>
    /// <param name="shape">The length of each dimension.</param>
    /// <param name="initialValue">What every element starts at.</param>
    /// <exception cref="NotSupportedException">The elements are neither float nor double nor Half.</exception>
    /// <exception cref="OverflowException">The shape has more elements than an array can hold.</exception>
    public Parameter(string name, ReadOnlySpan<nint> shape, T initialValue)
    {
        Guard.ElementType<T>();
        Name = name;
        var count = 1;
        foreach (var length in shape)
            count = checked(count * (int)length);
        values = new T[count];
        gradients = new T[count];
        Array.Fill(values, initialValue);
        Value = Tensor.Create(values, shape);
        Grad = Tensor.Create(gradients, shape);
    }

    private Parameter(string name, Parameter<T> same) =>
        (Name, values, gradients, Value, Grad) = (name, same.values, same.gradients, same.Value, same.Grad);

    /// <summary>The name PyTorch gives it, for example <c>weight</c>; the key under which its state is saved.</summary>
    public string Name { get; }

    /// <summary>The parameter itself. Write into it to set it.</summary>
    public Tensor<T> Value { get; }

    /// <summary>∂loss/∂parameter, of the same shape. Every backward pass adds to it, as in PyTorch.</summary>
    public Tensor<T> Grad { get; }

    /// <summary>The elements of <see cref="Value"/> in row-major order; the same memory.</summary>
    public Span<T> Values => values;

    /// <summary>The elements of <see cref="Grad"/> in row-major order; the same memory.</summary>
    public Span<T> Gradients => gradients;

    /// <summary>The parameter as a part of its layer's state; the same memory.</summary>
    internal StateTensor State => StateTensor.Over(Name, values, Value.Lengths);

    /// <summary>Sets the gradient back to zero, as an optimizer does before each step.</summary>
    public void ZeroGrad() => Array.Clear(gradients);

    /// <summary>The same parameter, in the same memory, under another name.</summary>
    internal Parameter<T> Named(string name) => new(name, this);

    /// <summary>Adds what a backward pass has summed up in double to the gradient, each element rounded once.</summary>
    internal void AddGradient(ReadOnlySpan<double> sums)
    {
        for (var i = 0; i < gradients.Length; i++)
            gradients[i] += T.CreateTruncating(sums[i]);
    }
}
