using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Layers one after the other, each taking the output of the one before it, as <c>torch.nn.Sequential</c>. It is a layer
/// itself: the forward pass runs from the first to the last, the backward pass from the last to the first.
/// </summary>
/// <remarks>
/// Parameters and buffers are called by their layer's place, from 0, as in PyTorch: <c>0.weight</c>, <c>1.running_mean</c>. An
/// input that any of the layers would refuse is refused before the first one sees it.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Sequential<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private long[] passes = [];         // the layers' latest ones, as this one's forward pass left them

    /// <summary>Makes one layer of several.</summary>
    /// <param name="layers">The layers in order, at least one, each of them once, those inside of them counted.</param>
    /// <exception cref="ArgumentException">There is no layer, or one is there twice.</exception>
    /// <exception cref="ArgumentNullException">The list or a layer is null.</exception>
    public Sequential(params IEnumerable<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Children = [.. layers];
        if (Children.Count == 0)
            throw new ArgumentException("Expected at least one layer, but there is none.", nameof(layers));
        var known = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < Children.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(Children[i], nameof(layers));
            foreach (var layer in WithInner(Children[i]))
                if (!known.Add(layer))
                    throw new ArgumentException(
                        $"Expected every layer once, but layer {i} ({NameOf(Children[i])}) "
                        + $"is there before{(layer == Children[i] ? "" : $" or has a {NameOf(layer)} inside that is")}. "
                        + "A layer keeps one input for its backward pass; make another one.", nameof(layers));
        }
        Parameters = [.. Children.SelectMany((layer, i) => layer.Parameters.Select(p => p.Named($"{i}.{p.Name}")))];
        Buffers = [.. Children.SelectMany((layer, i) => layer.Buffers.Select(b => b.Named($"{i}.{b.Name}")))];
    }

    /// <summary>The layers in order.</summary>
    public override IReadOnlyList<Layer<T>> Children { get; }

    /// <summary>The parameters of all layers: the layers' own memory, under names such as <c>0.weight</c>.</summary>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The buffers of all layers: the layers' own memory, under names such as <c>1.running_mean</c>.</summary>
    public override IReadOnlyList<StateTensor> Buffers { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        var shape = input.ToArray();
        for (var i = 0; i < Children.Count; i++)
        {
            try
            {
                shape = Children[i].Accept(shape).ToArray();
            }
            catch (ArgumentException problem)
            {
                // The message already ends with the parameter's name.
                throw new ArgumentException($"Layer {i} ({NameOf(Children[i])}): {problem.Message}", problem);
            }
        }
        return shape;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var outputShape = OutputShape(shape);
        var output = new TensorSpan<T>(y, outputShape);
        // Between two layers it is a tensor, which the second one can hold on to.
        Tensor<T>? value = null;
        for (var i = 0; i < Children.Count - 1; i++)
            value = value is null ? Children[i].Forward(new ReadOnlyTensorSpan<T>(x, shape)) : Children[i].Forward(value);
        if (value is null)
            Children[^1].Forward(new ReadOnlyTensorSpan<T>(x, shape), output);
        else
            Children[^1].Forward(value, output);
        if (GradEnabled)
            passes = [.. Children.Select(layer => layer.KeptPasses)];
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (var i = 0; i < passes.Length; i++)
            if (Children[i].KeptPasses != passes[i])
                throw new InvalidOperationException(
                    $"Layer {i} ({NameOf(Children[i])}) has made another forward pass since this network's, and keeps the input of the latest "
                    + "only. Call Backward before the layer is used again, or use another layer there.");
        var gradient = new ReadOnlyTensorSpan<T>(dy, SavedOutputShape);
        foreach (var layer in Children.Skip(1).Reverse())
            gradient = layer.Backward(gradient);
        Children[0].Backward(gradient, new TensorSpan<T>(dx, shape));
    }

    private static IEnumerable<Layer<T>> WithInner(Layer<T> layer) => layer.Children.SelectMany(WithInner).Prepend(layer);

    // Linear for Linear<T>, whose type is called Linear`1.
    private static string NameOf(Layer<T> layer) => layer.GetType().Name.Split('`')[0];
}

/// <summary><see cref="Sequential{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Sequential(params IEnumerable<Layer<float>> layers) : Sequential<float>(layers);
