using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Weight normalization (Salimans &amp; Kingma 2016, "Weight Normalization: A Simple Reparameterization to Accelerate Training
/// of Deep Neural Networks") of any weight, of a linear layer or a convolution: what is learned is the length g of
/// each output's weight vector and, apart from it, its direction v.
/// </summary>
/// <remarks>
/// As <c>torch.nn.utils.weight_norm</c> with dim = 0: for each output o, over everything that leads to it (eq. 2),
/// <code>
/// w_o = g_o/‖v_o‖ · v_o
/// </code>
/// <para>so that ‖w_o‖ = |g_o|, and the length of v does not matter. (A v of zeros has no direction; w is then NaN, as in PyTorch.)</para>
/// <para><b>Backward</b> (eq. 3). w depends on g linearly, and on v by ∂w_i/∂v_j = g·(δ_ij/‖v‖ − v_i·v_j/‖v‖³):</para>
/// <code>
/// ∂ℓ/∂g = ∂ℓ/∂w · v/‖v‖
/// ∂ℓ/∂v = g/‖v‖ · ∂ℓ/∂w − g/‖v‖² · ∂ℓ/∂g · v
/// </code>
/// <para>That is ∂ℓ/∂w without its part along v, so gradient descent can only lengthen v (section 2.1).</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class WeightNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int outputs;
    private readonly int perOutput;

    /// <summary>
    /// Makes the reparametrization of a weight, with v from Normal(0, 0.05²) as in section 3 of the paper, and g = ‖v‖ as in
    /// PyTorch, so that w = v at first.
    /// </summary>
    /// <param name="shape">The weight's shape: (out, in) of a linear layer, (out, in/groups, …) of a convolution.</param>
    /// <param name="random">
    /// Where the initial v is drawn from; left out, a generator with seed 0, so that every run begins the same.
    /// </param>
    /// <exception cref="ArgumentException">The shape has fewer than two dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension's length is below 1.</exception>
    public WeightNorm(ReadOnlySpan<nint> shape, Random? random = null)
    {
        if (shape.Length < 2)
            throw new ArgumentException($"Expected a shape (out, in) or (out, in, …), but it is {Guard.Show(shape)}.", nameof(shape));
        foreach (var length in shape)
            if (length < 1)
                throw new ArgumentOutOfRangeException(nameof(shape), Guard.Show(shape), "Expected every length to be at least 1.");

        var gShape = new nint[shape.Length];
        Array.Fill(gShape, 1);
        gShape[0] = shape[0];
        WeightG = new Parameter<T>("weight_g", gShape, T.One);
        WeightV = new Parameter<T>("weight_v", shape, T.One);
        outputs = (int)shape[0];
        perOutput = WeightV.Values.Length / outputs;

        (random ?? new Random(0)).FillNormal(WeightV, mean: 0, std: 0.05);
        SetLengths();
    }

    /// <summary>g, the length of each output's weights, of shape (out, 1) or (out, 1, …).</summary>
    public Parameter<T> WeightG { get; }

    /// <summary>v, the direction of each output's weights, of the weight's shape.</summary>
    public Parameter<T> WeightV { get; }

    /// <summary>The weight w = g/‖v‖ · v as it is now.</summary>
    /// <returns>A new tensor of the weight's shape.</returns>
    public Tensor<T> Weight() => Tensor.Create(Compute().Select(T.CreateTruncating).ToArray(), WeightV.Value.Lengths);

    /// <summary>Takes the gradient of the loss back through the reparametrization: adds to the gradients of g and v.</summary>
    /// <param name="gradWeight">∂loss/∂w, of the weight's shape.</param>
    /// <exception cref="ArgumentException">The gradient has another shape.</exception>
    public void Backward(in ReadOnlyTensorSpan<T> gradWeight)
    {
        Guard.SameShape(gradWeight.Lengths, WeightV.Value.Lengths, nameof(gradWeight));
        var dw = new double[WeightV.Values.Length];
        TensorPrimitives.ConvertTruncating(RowMajor.Read(gradWeight), dw);
        Backward(dw);
    }

    /// <summary>w in double and row-major order.</summary>
    internal double[] Compute()
    {
        var w = new double[outputs * perOutput];
        for (var o = 0; o < outputs; o++)
        {
            var scale = double.CreateTruncating(WeightG.Values[o]) / Norm(o);
            for (var i = o * perOutput; i < (o + 1) * perOutput; i++)
                w[i] = scale * double.CreateTruncating(WeightV.Values[i]);          // w = g/‖v‖ · v
        }
        return w;
    }

    /// <summary>Adds to the gradients of g and v what comes from ∂ℓ/∂w.</summary>
    internal void Backward(ReadOnlySpan<double> dw)
    {
        var (dg, dv) = (new double[outputs], new double[outputs * perOutput]);
        for (var o = 0; o < outputs; o++)
        {
            var norm = Norm(o);
            var g = double.CreateTruncating(WeightG.Values[o]);
            for (var i = o * perOutput; i < (o + 1) * perOutput; i++)
                dg[o] += dw[i] * double.CreateTruncating(WeightV.Values[i]) / norm;         // ∂ℓ/∂g = ∂ℓ/∂w · v/‖v‖

            // ∂ℓ/∂v = g/‖v‖ · ∂ℓ/∂w − g/‖v‖² · ∂ℓ/∂g · v
            for (var i = o * perOutput; i < (o + 1) * perOutput; i++)
                dv[i] = g / norm * (dw[i] - dg[o] / norm * double.CreateTruncating(WeightV.Values[i]));
        }
        WeightG.AddGradient(dg);
        WeightV.AddGradient(dv);
    }

    /// <summary>Takes g = ‖v‖, so that w = v.</summary>
    internal void SetLengths()
    {
        for (var o = 0; o < outputs; o++)
            WeightG.Values[o] = T.CreateTruncating(Norm(o));
    }

    /// <summary>‖v_o‖, the Euclidean length of what leads to output o.</summary>
    internal double Norm(int o)
    {
        var squares = 0.0;
        foreach (var element in WeightV.Values.Slice(o * perOutput, perOutput))
            squares += double.CreateTruncating(element) * double.CreateTruncating(element);
        return Math.Sqrt(squares);
    }
}

/// <summary><see cref="WeightNorm{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class WeightNorm(ReadOnlySpan<nint> shape, Random? random = null) : WeightNorm<float>(shape, random);
