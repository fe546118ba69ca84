using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// A linear layer whose weight is normalized, y = x·wᵀ + b with w = g/‖v‖ · v, as
/// <c>torch.nn.utils.weight_norm(torch.nn.Linear(…))</c>: (…, in) becomes (…, out). Weight normalization is that of Salimans
/// &amp; Kingma 2016.
/// </summary>
/// <remarks>
/// The reparametrization and its gradients are those of <see cref="WeightNorm{T}"/>. Training and evaluation are the same:
/// nothing depends on the batch, save the start if <see cref="InitializeFrom"/> is asked to.
/// <para><b>Backward</b> through the linear map, the sums over the samples n; ∂ℓ/∂w then goes on to g and v:</para>
/// <code>
/// ∂ℓ/∂b_o = Σ_n ∂ℓ/∂y_no        ∂ℓ/∂w_oi = Σ_n ∂ℓ/∂y_no · x_ni        ∂ℓ/∂x_ni = Σ_o ∂ℓ/∂y_no · w_oi
/// </code>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class WeightNormLinear<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WeightNorm<T> weightNorm;
    private double[] weight = [];       // w of the latest forward pass

    /// <summary>Makes the layer with v from Normal(0, 0.05²), g = ‖v‖ and b = 0.</summary>
    /// <param name="inFeatures">How many numbers a sample has, at least 1.</param>
    /// <param name="outFeatures">How many numbers the layer makes of them, at least 1.</param>
    /// <param name="bias">Whether to add a bias.</param>
    /// <param name="random">
    /// Where the initial v is drawn from; left out, a generator with seed 0, so that every run begins the same. Layers that
    /// share one generator start differently.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number of features is below 1.</exception>
    public WeightNormLinear(int inFeatures, int outFeatures, bool bias = true, Random? random = null)
    {
        InFeatures = Guard.Positive(inFeatures, nameof(inFeatures));
        OutFeatures = Guard.Positive(outFeatures, nameof(outFeatures));
        weightNorm = new WeightNorm<T>([outFeatures, inFeatures], random);
        Bias = bias ? new Parameter<T>("bias", [outFeatures], T.Zero) : null;
        Parameters = Bias is null ? [WeightG, WeightV] : [Bias, WeightG, WeightV];
    }

    /// <summary>
    /// Reparametrizes a linear layer, as <c>torch.nn.utils.weight_norm</c> does: v is its weight, g = ‖v‖, so that the new layer
    /// computes what the old one did. Nothing is shared.
    /// </summary>
    /// <param name="linear">The layer to start from.</param>
    /// <returns>The new layer.</returns>
    public static WeightNormLinear<T> From(Linear<T> linear)
    {
        ArgumentNullException.ThrowIfNull(linear);
        var layer = new WeightNormLinear<T>(linear.InFeatures, linear.OutFeatures, linear.Bias is not null);
        linear.Weight.Values.CopyTo(layer.WeightV.Values);
        layer.weightNorm.SetLengths();
        linear.Bias?.Values.CopyTo(layer.Bias!.Values);
        return layer;
    }

    /// <summary>How many numbers a sample has.</summary>
    public int InFeatures { get; }

    /// <summary>How many numbers the layer makes of them.</summary>
    public int OutFeatures { get; }

    /// <summary>g, the length of each output's weights, of shape (out, 1).</summary>
    public Parameter<T> WeightG => weightNorm.WeightG;

    /// <summary>v, the direction of each output's weights, of shape (out, in).</summary>
    public Parameter<T> WeightV => weightNorm.WeightV;

    /// <summary>b, of shape (out,), zeros at first; null if there is none.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>The weight w = g/‖v‖ · v as it is now.</summary>
    /// <returns>A new tensor of shape (out, in).</returns>
    public Tensor<T> Weight() => weightNorm.Weight();

    /// <summary>
    /// Chooses g and b so that the outputs for this batch have mean 0 and variance 1 (section 3 of the paper, eqs. 5 and 6):
    /// with t = v·x/‖v‖, g = 1/σ[t] and b = −μ[t]/σ[t]. v stays as it is. Where the layer has no bias, only g is chosen, and
    /// the mean remains.
    /// </summary>
    /// <remarks>
    /// The paper does not say which σ; here it is that of the biased variance, as in batch norm, for which the variance of this
    /// batch's outputs is 1 exactly. In a network of several layers, initialize the first, pass the batch through it, then
    /// initialize the next.
    /// </remarks>
    /// <param name="input">A batch of shape (…, in), of at least two samples.</param>
    /// <exception cref="ArgumentException">
    /// The shape is another, there is only one sample, or an output does not vary over the batch; nothing changes then.
    /// </exception>
    public void InitializeFrom(in ReadOnlyTensorSpan<T> input)
    {
        OutputShape(input.Lengths);
        var x = RowMajor.Read(input);
        var samples = x.Length / InFeatures;
        if (samples < 2)
            throw new ArgumentException(
                $"Expected at least two samples to take statistics of, but the shape is {Guard.Show(input.Lengths)}.", nameof(input));

        var t = new double[samples * OutFeatures];
        for (var o = 0; o < OutFeatures; o++)
        {
            var norm = weightNorm.Norm(o);
            for (var n = 0; n < samples; n++)
                for (var i = 0; i < InFeatures; i++)
                    t[n * OutFeatures + o] += double.CreateTruncating(WeightV.Values[o * InFeatures + i]) / norm
                        * double.CreateTruncating(x[n * InFeatures + i]);           // t = v·x/‖v‖
        }
        var statistics = ChannelStatistics.Of(t, NormShape.Batch([samples, OutFeatures]), new Careful<double>());
        for (var o = 0; o < OutFeatures; o++)
            if (!(statistics.Variance[o] > 0) || !double.IsFinite(statistics.Variance[o]))
                throw new ArgumentException(
                    $"Expected a batch over which every output varies, by finite numbers, but the variance of output {o} is "
                    + $"{statistics.Variance[o]}. Use another batch, or a larger one.", nameof(input));

        for (var o = 0; o < OutFeatures; o++)
        {
            var std = Math.Sqrt(statistics.Variance[o]);
            WeightG.Values[o] = T.CreateTruncating(1 / std);                                // g = 1/σ[t]
            if (Bias is not null)
                Bias.Values[o] = T.CreateTruncating(-statistics.Mean[o] / std);             // b = −μ[t]/σ[t]
        }
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        if (input.IsEmpty || input[^1] != InFeatures)
            throw new ArgumentException(
                $"Expected shape (…, {InFeatures}), with the layer's {InFeatures} input features last, but it is {Guard.Show(input)}.",
                nameof(input));
        return (nint[])[.. input[..^1], OutFeatures];
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var w = weightNorm.Compute();
        weight = w;         // for the backward pass; not read here, where several threads may be
        var output = new T[OutFeatures];        // in memory of its own, because y may be x
        for (var n = 0; n < x.Length / InFeatures; n++)
        {
            for (var o = 0; o < OutFeatures; o++)
            {
                var sum = Bias is null ? 0 : double.CreateTruncating(Bias.Values[o]);
                for (var i = 0; i < InFeatures; i++)
                    sum += w[o * InFeatures + i] * double.CreateTruncating(x[n * InFeatures + i]);
                output[o] = T.CreateTruncating(sum);                                // y = w·x + b
            }
            output.CopyTo(y[(n * OutFeatures)..]);
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var (db, dw) = (new double[OutFeatures], new double[weight.Length]);
        var inputGradient = new double[InFeatures];
        for (var n = 0; n < x.Length / InFeatures; n++)
        {
            Array.Clear(inputGradient);
            for (var o = 0; o < OutFeatures; o++)
            {
                var gradient = double.CreateTruncating(dy[n * OutFeatures + o]);
                db[o] += gradient;                                                                              // ∂ℓ/∂b = Σ ∂ℓ/∂y
                for (var i = 0; i < InFeatures; i++)
                {
                    dw[o * InFeatures + i] += gradient * double.CreateTruncating(x[n * InFeatures + i]);        // ∂ℓ/∂w = Σ ∂ℓ/∂y · x
                    inputGradient[i] += gradient * weight[o * InFeatures + i];                                  // ∂ℓ/∂x = Σ ∂ℓ/∂y · w
                }
            }
            for (var i = 0; i < InFeatures; i++)
                dx[n * InFeatures + i] = T.CreateTruncating(inputGradient[i]);
        }
        Bias?.AddGradient(db);
        weightNorm.Backward(dw);
    }
}

/// <summary><see cref="WeightNormLinear{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class WeightNormLinear(int inFeatures, int outFeatures, bool bias = true, Random? random = null)
    : WeightNormLinear<float>(inFeatures, outFeatures, bias, random);
