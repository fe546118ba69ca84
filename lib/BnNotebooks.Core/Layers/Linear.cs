using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>A linear (fully connected) layer, y = x·Wᵀ + b, as <c>torch.nn.Linear</c>: (…, in) becomes (…, out).</summary>
/// <remarks>
/// Each output is an inner product, y_o = Σ_i W_oi·x_i + b_o, for every sample n. <b>Backward</b>, by the chain rule (Rumelhart,
/// Hinton &amp; Williams 1986, eq. 6 and 7):
/// <code>
/// ∂ℓ/∂W_oi = Σ_n ∂ℓ/∂y_no · x_ni        ∂ℓ/∂b_o = Σ_n ∂ℓ/∂y_no        ∂ℓ/∂x_ni = Σ_o ∂ℓ/∂y_no · W_oi
/// </code>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Linear<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer. Weight and bias start uniform on ±1/√in, as PyTorch's do; see also <see cref="Initialization"/>.</summary>
    /// <param name="inFeatures">How many numbers a sample has, at least 1.</param>
    /// <param name="outFeatures">How many numbers the layer makes of them, at least 1.</param>
    /// <param name="bias">Whether to add a bias.</param>
    /// <param name="random">
    /// Where the initial values come from; left out, a generator with seed 0, so that every run begins the same. Layers that
    /// share one generator start differently.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number of features is below 1.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true, Random? random = null)
    {
        InFeatures = Guard.Positive(inFeatures, nameof(inFeatures));
        OutFeatures = Guard.Positive(outFeatures, nameof(outFeatures));
        random ??= new Random(0);
        var bound = 1 / Math.Sqrt(inFeatures);
        Weight = new Parameter<T>("weight", [outFeatures, inFeatures], T.Zero);
        random.FillUniform(Weight, bound);
        Parameters = [Weight];
        if (bias)
        {
            Bias = new Parameter<T>("bias", [outFeatures], T.Zero);
            random.FillUniform(Bias, bound);
            Parameters = [Weight, Bias];
        }
    }

    /// <summary>How many numbers a sample has.</summary>
    public int InFeatures { get; }

    /// <summary>How many numbers the layer makes of them.</summary>
    public int OutFeatures { get; }

    /// <summary>W, of shape (out, in).</summary>
    public Parameter<T> Weight { get; }

    /// <summary>b, of shape (out,); null if there is none.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        if (input.IsEmpty || input[^1] != InFeatures)
            throw new ArgumentException(
                $"Expected shape (…, {InFeatures}), with the layer's {InFeatures} input features last, but it is {Guard.Show(input)}.", nameof(input));
        return (nint[])[.. input[..^1], OutFeatures];
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var output = new T[OutFeatures];        // in memory of its own, because y may be x
        for (var n = 0; n < x.Length / InFeatures; n++)
        {
            var sample = x.Slice(n * InFeatures, InFeatures);
            for (var o = 0; o < OutFeatures; o++)
                output[o] = TensorPrimitives.Dot(sample, Row(Weight.Values, o));
            if (Bias is not null)
                TensorPrimitives.Add(output, Bias.Values, output);
            output.CopyTo(y.Slice(n * OutFeatures, OutFeatures));
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var inputGradient = new T[InFeatures];      // in memory of its own, because dx may be dy
        for (var n = 0; n < x.Length / InFeatures; n++)
        {
            var sample = x.Slice(n * InFeatures, InFeatures);
            var gradient = dy.Slice(n * OutFeatures, OutFeatures);
            Array.Clear(inputGradient);
            for (var o = 0; o < OutFeatures; o++)
            {
                // ∂ℓ/∂W_o += ∂ℓ/∂y_o · x  and  ∂ℓ/∂x += ∂ℓ/∂y_o · W_o
                var weightGradient = Row(Weight.Gradients, o);
                TensorPrimitives.MultiplyAdd(sample, gradient[o], weightGradient, weightGradient);
                TensorPrimitives.MultiplyAdd(Row(Weight.Values, o), gradient[o], inputGradient, inputGradient);
            }
            if (Bias is not null)
                TensorPrimitives.Add(Bias.Gradients, gradient, Bias.Gradients);
            inputGradient.CopyTo(dx.Slice(n * InFeatures, InFeatures));
        }
    }

    // What leads to output o.
    private Span<T> Row(Span<T> matrix, int o) => matrix.Slice(o * InFeatures, InFeatures);
}

/// <summary><see cref="Linear{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Linear(int inFeatures, int outFeatures, bool bias = true, Random? random = null)
    : Linear<float>(inFeatures, outFeatures, bias, random);
