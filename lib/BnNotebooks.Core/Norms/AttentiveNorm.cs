using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Attentive normalization (Li, Sun &amp; Wu 2020, "Attentive Normalization") over batch normalization: K
/// pairs of γ and β instead of one, which each sample mixes by weights that it computes from itself.
/// </summary>
/// <remarks>
/// x̂ is normalized as in <see cref="BatchNorm{T}"/>, by the batch's statistics in training and by running ones in evaluation. Then,
/// for sample n, with p its channels' averages over all positions:
/// <code>
/// p_nc = 1/S · Σ x           λ_nk = sigmoid(Σ_c A_kc·p_nc + a_k)
/// Γ_nc = Σ_k λ_nk·γ_kc       Β_nc = Σ_k λ_nk·β_kc                       y = Γ·x̂ + Β
/// </code>
/// <para>The paper compares several ways to compute λ. Chosen here, and why:</para>
/// <list type="bullet">
/// <item>Averages of the input, a fully connected layer and a sigmoid: the simplest of those in the authors' code. Their
/// published configurations divide the averages by the channel's standard deviation, put a batch norm after the fully connected
/// layer, and take a hard sigmoid. That makes a sample's weights depend on its batch, and has kinks; here λ depends
/// on the sample alone, and every gradient exists everywhere.</item>
/// <item>A sigmoid and no softmax, so the weights need not add up to 1: K = 1 can still attend more or less.</item>
/// <item>γ starts from Normal(1, 0.1²) and β from Normal(0, 0.1²), as in the authors' code: equal pairs would have equal
/// gradients and stay equal. A and a start as PyTorch's linear layer, uniform within ±1/√C.</item>
/// </list>
/// <para><b>Backward.</b> With the sums D = Σ ∂ℓ/∂y and E = Σ ∂ℓ/∂y · x̂ over the positions of one sample's channel,</para>
/// <code>
/// ∂ℓ/∂γ_kc = Σ_n λ_nk·E_nc     ∂ℓ/∂β_kc = Σ_n λ_nk·D_nc     ∂ℓ/∂λ_nk = Σ_c (γ_kc·E_nc + β_kc·D_nc)
/// </code>
/// <para>and through the attention, with z what the sigmoid is taken of,</para>
/// <code>
/// ∂ℓ/∂z = ∂ℓ/∂λ · λ·(1 − λ)    ∂ℓ/∂A_kc = Σ_n ∂ℓ/∂z_nk·p_nc    ∂ℓ/∂a_k = Σ_n ∂ℓ/∂z_nk    ∂ℓ/∂p_nc = Σ_k ∂ℓ/∂z_nk·A_kc
/// </code>
/// <para>x reaches the loss through x̂, where ∂ℓ/∂x̂ = Γ·∂ℓ/∂y goes back as in <see cref="BatchNorm{T}"/>, and through p:</para>
/// <code>
/// ∂ℓ/∂x = 1/√(σ² + ε) · (Γ·∂ℓ/∂y − 1/m · Σ_n Γ·D − x̂ · 1/m · Σ_n Γ·E) + 1/S · ∂ℓ/∂p
/// </code>
/// <para>In evaluation the two sums over the batch are missing: the statistics are constants.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class AttentiveNorm<T> : AroundBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Pass? latest;

    /// <summary>Makes the layer, in training mode, with randomly different γ and β, running mean 0 and running variance 1.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="numComponents">K, how many pairs of γ and β are mixed, at least 1; the authors take 10 or 20.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">
    /// The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.
    /// </param>
    /// <param name="random">
    /// Where the initial parameters are drawn from; left out, a generator with seed 0, so that every run begins the same.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public AttentiveNorm(int numFeatures, int numComponents = 10, double eps = 1e-5, double? momentum = 0.1, Random? random = null)
        : base(numFeatures, eps, momentum, affine: false)
    {
        NumComponents = Guard.Positive(numComponents, nameof(numComponents));
        Weight = new Parameter<T>("weight", [numComponents, numFeatures], T.One);
        Bias = new Parameter<T>("bias", [numComponents, numFeatures], T.Zero);
        AttentionWeight = new Parameter<T>("attention.weight", [numComponents, numFeatures], T.Zero);
        AttentionBias = new Parameter<T>("attention.bias", [numComponents], T.Zero);
        Parameters = [Weight, Bias, AttentionWeight, AttentionBias];

        random ??= new Random(0);
        random.FillNormal(Weight, mean: 1, std: 0.1);
        random.FillNormal(Bias, mean: 0, std: 0.1);
        random.FillUniform(AttentionWeight, bound: 1 / Math.Sqrt(numFeatures));
        random.FillUniform(AttentionBias, bound: 1 / Math.Sqrt(numFeatures));
    }

    /// <summary>K, how many pairs of γ and β are mixed.</summary>
    public int NumComponents { get; }

    /// <summary>γ of each component, of shape (K, C).</summary>
    public Parameter<T> Weight { get; }

    /// <summary>β of each component, of shape (K, C).</summary>
    public Parameter<T> Bias { get; }

    /// <summary>A, of shape (K, C): the weight of the fully connected layer that computes the attention.</summary>
    public Parameter<T> AttentionWeight { get; }

    /// <summary>a, of shape (K,): the bias of the fully connected layer that computes the attention.</summary>
    public Parameter<T> AttentionBias { get; }

    /// <summary>λ of the latest forward pass in row-major order: K weights for each of the N samples, each from 0 to 1.</summary>
    public ReadOnlySpan<double> Attention => latest is null ? [] : latest.Attention;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = NormShape.Batch(shape);
        var statistics = Training ? ChannelStatistics.Of(x, channels, batchNorm.Arithmetic) : batchNorm.RunningStatistics();
        var pass = Attend(channels, statistics.For(Eps), ChannelStatistics.Of(x, channels.Instances, batchNorm.Arithmetic).Mean.ToArray());

        for (var n = 0; n < channels.N; n++)
        {
            for (var c = 0; c < channels.C; c++)
            {
                var (mean, inverseStd) = (pass.Statistics.Mean[c], 1 / Math.Sqrt(pass.Statistics.Variance[c] + Eps));
                var (gamma, beta) = (pass.Scale[n * channels.C + c], pass.Shift[n * channels.C + c]);
                var start = channels.Start(n, c);
                for (var i = start; i < start + channels.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean) * inverseStd;       // x̂ = (x − μ)/√(σ² + ε)
                    y[i] = T.CreateTruncating(gamma * normalized + beta);                       // y = Γ·x̂ + Β
                }
            }
        }
        if (Training)
            batchNorm.UpdateRunningStatistics(statistics);
        latest = pass;
    }

    private Pass Attend(NormShape channels, ChannelStatistics statistics, double[] pooled)
    {
        var attention = new double[channels.N * NumComponents];
        var scale = new double[channels.N * channels.C];
        var shift = new double[channels.N * channels.C];
        for (var n = 0; n < channels.N; n++)
        {
            for (var k = 0; k < NumComponents; k++)
            {
                var z = double.CreateTruncating(AttentionBias.Values[k]);
                for (var c = 0; c < channels.C; c++)
                    z += double.CreateTruncating(AttentionWeight.Values[k * channels.C + c]) * pooled[n * channels.C + c];
                var lambda = 1 / (1 + Math.Exp(-z));        // λ = sigmoid(Σ A·p + a)
                attention[n * NumComponents + k] = lambda;

                for (var c = 0; c < channels.C; c++)
                {
                    scale[n * channels.C + c] += lambda * double.CreateTruncating(Weight.Values[k * channels.C + c]);      // Γ = Σ λ·γ
                    shift[n * channels.C + c] += lambda * double.CreateTruncating(Bias.Values[k * channels.C + c]);        // Β = Σ λ·β
                }
            }
        }
        return new Pass(pooled, attention, scale, shift, statistics, OfBatch: Training);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var channels = NormShape.Batch(shape);
        var pass = latest!;
        var sums = new double[channels.N * channels.C];         // D
        var products = new double[channels.N * channels.C];     // E
        var (mean, variance) = (OfInstances(pass.Statistics.Mean, channels), OfInstances(pass.Statistics.Variance, channels));
        batchNorm.Arithmetic.GradientSums(dy, x, channels.Instances, new NormStatistics(mean, variance, false, false), Eps, weight: [],
            new ParameterSums(new double[NumFeatures], new double[NumFeatures], sums, products, channels.S).Spans);

        var dPooled = ParameterGradients(pass, channels, sums, products);
        InputGradient(pass, x, channels, dy, sums, products, dPooled, dx);
    }

    // What each channel has, once for each sample.
    private static double[] OfInstances(ReadOnlySpan<double> ofChannels, NormShape shape)
    {
        var ofInstances = new double[shape.N * shape.C];
        for (var n = 0; n < shape.N; n++)
            ofChannels.CopyTo(ofInstances.AsSpan(n * shape.C));
        return ofInstances;
    }

    // Adds to the parameters' gradients; returns ∂ℓ/∂p.
    private double[] ParameterGradients(Pass pass, NormShape channels, double[] sums, double[] products)
    {
        var (dGamma, dBeta) = (new double[NumComponents * channels.C], new double[NumComponents * channels.C]);
        var (dA, da) = (new double[NumComponents * channels.C], new double[NumComponents]);
        var dPooled = new double[channels.N * channels.C];
        for (var n = 0; n < channels.N; n++)
        {
            for (var k = 0; k < NumComponents; k++)
            {
                var lambda = pass.Attention[n * NumComponents + k];
                var dLambda = 0.0;
                for (var c = 0; c < channels.C; c++)
                {
                    var (d, e) = (sums[n * channels.C + c], products[n * channels.C + c]);
                    dGamma[k * channels.C + c] += lambda * e;                                           // ∂ℓ/∂γ = Σ λ·E
                    dBeta[k * channels.C + c] += lambda * d;                                            // ∂ℓ/∂β = Σ λ·D
                    dLambda += double.CreateTruncating(Weight.Values[k * channels.C + c]) * e
                        + double.CreateTruncating(Bias.Values[k * channels.C + c]) * d;                 // ∂ℓ/∂λ = Σ (γ·E + β·D)
                }

                var dz = dLambda * lambda * (1 - lambda);                                               // ∂ℓ/∂z = ∂ℓ/∂λ · λ·(1 − λ)
                da[k] += dz;                                                                            // ∂ℓ/∂a = Σ ∂ℓ/∂z
                for (var c = 0; c < channels.C; c++)
                {
                    dA[k * channels.C + c] += dz * pass.Pooled[n * channels.C + c];                          // ∂ℓ/∂A = Σ ∂ℓ/∂z · p
                    dPooled[n * channels.C + c] +=
                        dz * double.CreateTruncating(AttentionWeight.Values[k * channels.C + c]);       // ∂ℓ/∂p = Σ ∂ℓ/∂z · A
                }
            }
        }
        Weight.AddGradient(dGamma);
        Bias.AddGradient(dBeta);
        AttentionWeight.AddGradient(dA);
        AttentionBias.AddGradient(da);
        return dPooled;
    }

    private void InputGradient(Pass pass, ReadOnlySpan<T> x, NormShape channels, ReadOnlySpan<T> dy,
        double[] sums, double[] products, double[] dPooled, Span<T> dx)
    {
        for (var c = 0; c < channels.C; c++)
        {
            var (mean, inverseStd) = (pass.Statistics.Mean[c], 1 / Math.Sqrt(pass.Statistics.Variance[c] + Eps));
            var (throughMean, throughVariance) = (0.0, 0.0);
            for (var n = 0; pass.OfBatch && n < channels.N; n++)
            {
                throughMean += pass.Scale[n * channels.C + c] * sums[n * channels.C + c] / channels.M;           // 1/m · Σ Γ·D
                throughVariance += pass.Scale[n * channels.C + c] * products[n * channels.C + c] / channels.M;   // 1/m · Σ Γ·E
            }

            // ∂ℓ/∂x = 1/√(σ² + ε) · (Γ·∂ℓ/∂y − 1/m · Σ Γ·D − x̂ · 1/m · Σ Γ·E) + 1/S · ∂ℓ/∂p
            for (var n = 0; n < channels.N; n++)
            {
                var gamma = pass.Scale[n * channels.C + c];
                var throughPooled = dPooled[n * channels.C + c] / channels.S;
                var start = channels.Start(n, c);
                for (var i = start; i < start + channels.S; i++)
                {
                    var normalized = (double.CreateTruncating(x[i]) - mean) * inverseStd;
                    var centred = gamma * double.CreateTruncating(dy[i]) - throughMean - normalized * throughVariance;
                    dx[i] = T.CreateTruncating(inverseStd * centred + throughPooled);
                }
            }
        }
    }

    /// <summary>A forward pass: p (N × C), λ (N × K), Γ and Β (N × C), and what x̂ was normalized by.</summary>
    private sealed record Pass(
        double[] Pooled, double[] Attention, double[] Scale, double[] Shift, ChannelStatistics Statistics, bool OfBatch);
}

/// <summary><see cref="AttentiveNorm{T}"/> in single precision, as PyTorch's layers are by default.</summary>
public sealed class AttentiveNorm(int numFeatures, int numComponents = 10, double eps = 1e-5, double? momentum = 0.1, Random? random = null)
    : AttentiveNorm<float>(numFeatures, numComponents, eps, momentum, random);
