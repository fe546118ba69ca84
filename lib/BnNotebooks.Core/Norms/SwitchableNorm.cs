using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Switchable normalization (Luo, Ren, Peng, Zhang &amp; Li 2018, "Differentiable Learning-to-Normalize via Switchable
/// Normalization"): a layer learns how much to normalize as instance norm, as layer norm and as batch norm.
/// </summary>
/// <remarks>
/// The three kinds differ in the values that a mean and a variance are taken over: the m values of one channel of one sample
/// (in), of all channels of one sample (ln), of one channel in all samples (bn). The layer mixes them, with other weights for the
/// means than for the variances; the weights are a softmax of what is learned, λ and λ′:
/// <code>
/// w = softmax(λ)      w′ = softmax(λ′)      μ = Σ w_k·μ_k      σ² = Σ w′_k·σ²_k        k = in, ln, bn
/// y = γ·(x − μ)/√(σ² + ε) + β
/// </code>
/// The statistics of ln and bn come from those of in, as in the paper. All variances are biased.
/// <list type="bullet">
/// <item>Evaluation. Statistics in and ln are those of the sample in both modes. For bn the paper averages the statistics of
/// some batches after training, with all parameters frozen ("batch average"); its authors' published code can also move
/// running statistics along during training, as batch norm does. Here it is this moving average: it needs no further pass
/// over the data, and with all the weight on bn the layer is <see cref="BatchNorm{T}"/> in evaluation too. For the
/// batch average there is <see cref="PreciseBatchNorm"/>.</item>
/// <item>The running variance is the unbiased one, as in <see cref="BatchNorm{T}"/>; the paper leaves that open.</item>
/// <item>Where a channel of a sample is a single value, as in (N, C), it has no variance: make the layer with
/// <c>useInstanceStatistics: false</c>, and it mixes ln and bn alone, as the authors' layer for (N, C) does.</item>
/// </list>
/// <para><b>Backward.</b> With the sums taken over the positions of one instance (n, c),</para>
/// <code>
/// ∂ℓ/∂β = Σ_n Σ ∂ℓ/∂y              ∂ℓ/∂γ = Σ_n Σ ∂ℓ/∂y · x̂
/// ∂ℓ/∂μ = −γ/√(σ² + ε) · Σ ∂ℓ/∂y    ∂ℓ/∂σ² = −γ/2/(σ² + ε) · Σ ∂ℓ/∂y · x̂
/// </code>
/// <para>The mixtures pass these on to w, w′ and the three kinds. Through the softmax, ∂w_j/∂λ_k = w_k·(δ_jk − w_j), so that</para>
/// <code>
/// ∂ℓ/∂λ_k = Σ_nc ∂ℓ/∂μ · w_k·(μ_k − μ)          ∂ℓ/∂λ′_k = Σ_nc ∂ℓ/∂σ² · w′_k·(σ²_k − σ²)
/// </code>
/// <para>A statistic that several instances share gets the sum of theirs. As ∂μ_k/∂x = 1/m_k and ∂σ²_k/∂x = 2·(x − μ_k)/m_k,</para>
/// <code>
/// ∂ℓ/∂x = γ/√(σ² + ε) · ∂ℓ/∂y + Σ_k 1/m_k · (w_k · Σ ∂ℓ/∂μ + w′_k · Σ ∂ℓ/∂σ² · 2·(x − μ_k))
/// </code>
/// <para>where in evaluation k runs over in and ln only: the running statistics are constants.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class SwitchableNorm<T> : AroundBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Pass? latest;

    /// <summary>Makes the layer, in training mode, with γ = 1, β = 0 and every kind of statistics at the same weight.</summary>
    /// <param name="numFeatures">C, the number of channels (features), at least 1.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="momentum">
    /// The share of the new batch in the running statistics, from 0 to 1, or null for the average over all batches so far.
    /// </param>
    /// <param name="useInstanceStatistics">
    /// Whether the statistics of the single instances take part. If not, only those of layer and batch norm do.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public SwitchableNorm(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool useInstanceStatistics = true)
        : base(numFeatures, eps, momentum, affine: true)
    {
        UseInstanceStatistics = useInstanceStatistics;
        var kinds = useInstanceStatistics ? 3 : 2;
        MeanWeight = new Parameter<T>("mean_weight", [kinds], T.One);
        VarWeight = new Parameter<T>("var_weight", [kinds], T.One);
        Parameters = [Weight, Bias, MeanWeight, VarWeight];
    }

    /// <summary>Whether the statistics of the single instances take part.</summary>
    public bool UseInstanceStatistics { get; }

    /// <summary>γ, of shape (C,), ones at first.</summary>
    public Parameter<T> Weight => batchNorm.Weight!;

    /// <summary>β, of shape (C,), zeros at first.</summary>
    public Parameter<T> Bias => batchNorm.Bias!;

    /// <summary>
    /// λ for the means, of shape (3,) in the order in, ln, bn, or (2,) in the order ln, bn; ones at first. The softmax of it
    /// are the weights. The name is the one of the authors' code.
    /// </summary>
    public Parameter<T> MeanWeight { get; }

    /// <summary>λ′ for the variances, as <see cref="MeanWeight"/>.</summary>
    public Parameter<T> VarWeight { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        batchNorm.Check(input);
        if (UseInstanceStatistics && NormShape.Batch(input).S == 1)
            throw new ArgumentException(
                $"Expected more than one position per channel to take an instance's statistics of, but the shape is {Guard.Show(input)}. "
                + "For such input make the layer with useInstanceStatistics: false.", nameof(input));
        return input;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, Span<T> y)
    {
        var channels = NormShape.Batch(shape);
        var instances = ChannelStatistics.Of(x, channels.Instances, batchNorm.Arithmetic);
        var batch = Training ? ScopeStatistics.Batch(instances, channels) : ScopeStatistics.Running(batchNorm.RunningStatistics());
        var layer = ScopeStatistics.Layer(instances, channels);
        ScopeStatistics[] scopes = UseInstanceStatistics ? [ScopeStatistics.Instance(instances, channels), layer, batch] : [layer, batch];

        var (meanShares, varShares) = (Softmax(MeanWeight.Values), Softmax(VarWeight.Values));
        var mean = new double[channels.N * channels.C];
        var variance = new double[channels.N * channels.C];
        for (var n = 0; n < channels.N; n++)
        {
            for (var c = 0; c < channels.C; c++)
            {
                for (var k = 0; k < scopes.Length; k++)
                {
                    var place = scopes[k].Place(n, c);
                    mean[n * channels.C + c] += meanShares[k] * scopes[k].Mean[place];              // μ = Σ w_k·μ_k
                    variance[n * channels.C + c] += varShares[k] * scopes[k].Variance[place];       // σ² = Σ w′_k·σ²_k
                }
            }
        }

        // y = γ·(x − μ)/√(σ² + ε) + β
        batchNorm.Arithmetic.Normalize(x, channels.Instances, Mixed(mean, variance), Eps, Weight.Values, Bias.Values, y);
        if (Training)
            batchNorm.UpdateRunningStatistics(new ChannelStatistics(batch.Count, batch.Mean, batch.Variance));
        latest = new Pass(scopes, meanShares, varShares, mean, variance, OfBatch: Training);
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<nint> shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        var channels = NormShape.Batch(shape);
        var (scopes, meanShares, varShares, mean, variance, _) = latest!;
        var sums = new double[mean.Length];             // Σ ∂ℓ/∂y of each instance
        var products = new double[mean.Length];         // Σ ∂ℓ/∂y · x̂ of each instance
        var ofChannels = new ParameterSums(new double[NumFeatures], new double[NumFeatures], sums, products, channels.M);
        batchNorm.Arithmetic.GradientSums(dy, x, channels.Instances, Mixed(mean, variance), Eps, weight: [], ofChannels.Spans);
        batchNorm.Accumulate(ofChannels);

        var dMean = new double[mean.Length];
        var dVariance = new double[mean.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            var gamma = double.CreateTruncating(Weight.Values[i % NumFeatures]);
            dMean[i] = -gamma / Math.Sqrt(variance[i] + Eps) * sums[i];                 // ∂ℓ/∂μ = −γ/√(σ² + ε) · Σ ∂ℓ/∂y
            dVariance[i] = -gamma / 2 / (variance[i] + Eps) * products[i];              // ∂ℓ/∂σ² = −γ/2/(σ² + ε) · Σ ∂ℓ/∂y · x̂
        }
        for (var k = 0; k < scopes.Length; k++)
        {
            AddGradient(MeanWeight, k, meanShares[k], dMean, scopes[k], scopes[k].Mean, mean);
            AddGradient(VarWeight, k, varShares[k], dVariance, scopes[k], scopes[k].Variance, variance);
        }
        InputGradient(latest!, x, channels, dy, dMean, dVariance, dx);
    }

    private static NormStatistics Mixed(double[] mean, double[] variance) => new(mean, variance, meanOfInput: false, varianceOfInput: false);

    // ∂ℓ/∂λ_k = Σ_nc ∂ℓ/∂μ · w_k·(μ_k − μ), and the same for the variances
    private void AddGradient(
        Parameter<T> lambda, int k, double share, double[] dMixture, ScopeStatistics kind, double[] ofKind, double[] mixture)
    {
        var sum = 0.0;
        for (var i = 0; i < mixture.Length; i++)
            sum += dMixture[i] * share * (ofKind[kind.Place(i / NumFeatures, i % NumFeatures)] - mixture[i]);
        lambda.Gradients[k] += T.CreateTruncating(sum);
    }

    private void InputGradient(
        Pass pass, ReadOnlySpan<T> x, NormShape channels, ReadOnlySpan<T> dy, double[] dMean, double[] dVariance, Span<T> dx)
    {
        // Each kind adds offset + slope·(x − μ_k), the same for all instances that share its statistics.
        var (scopes, meanShares, varShares, mean, variance, ofBatch) = pass;
        var kinds = ofBatch ? scopes.Length : scopes.Length - 1;        // bn is the last; in evaluation it is constant
        var offsets = new double[mean.Length];
        var slopes = new double[mean.Length];
        for (var k = 0; k < kinds; k++)
        {
            var scope = scopes[k];
            var (meanSums, varianceSums) = (new double[scope.Mean.Length], new double[scope.Mean.Length]);
            for (var i = 0; i < mean.Length; i++)
            {
                meanSums[scope.Place(i / channels.C, i % channels.C)] += dMean[i];
                varianceSums[scope.Place(i / channels.C, i % channels.C)] += dVariance[i];
            }
            for (var i = 0; i < mean.Length; i++)
            {
                // 1/m_k · (w_k · Σ ∂ℓ/∂μ + w′_k · Σ ∂ℓ/∂σ² · 2·(x − μ_k)), where x − μ_k = (x − μ) + (μ − μ_k)
                var place = scope.Place(i / channels.C, i % channels.C);
                var slope = varShares[k] * varianceSums[place] * 2 / scope.Count;
                offsets[i] += meanShares[k] * meanSums[place] / scope.Count + slope * (mean[i] - scope.Mean[place]);
                slopes[i] += slope;
            }
        }

        // ∂ℓ/∂x = γ/√(σ² + ε) · ∂ℓ/∂y + what comes through the statistics
        for (var i = 0; i < mean.Length; i++)
        {
            var scale = double.CreateTruncating(Weight.Values[i % channels.C]) / Math.Sqrt(variance[i] + Eps);
            for (var j = i * channels.S; j < (i + 1) * channels.S; j++)
                dx[j] = T.CreateTruncating(
                    scale * double.CreateTruncating(dy[j]) + offsets[i] + slopes[i] * (double.CreateTruncating(x[j]) - mean[i]));
        }
    }

    // w_k = e^λ_k / Σ e^λ_j; less the largest λ, which changes nothing and cannot overflow.
    private static double[] Softmax(ReadOnlySpan<T> lambda)
    {
        double[] values = [.. lambda.ToArray().Select(double.CreateTruncating)];
        var largest = values.Max();
        double[] powers = [.. values.Select(value => Math.Exp(value - largest))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    /// <summary>A forward pass: the statistics of each kind and their weights, and the mixtures that each instance got.</summary>
    private sealed record Pass(
        ScopeStatistics[] Scopes, double[] MeanShares, double[] VarShares, double[] Mean, double[] Variance, bool OfBatch);
}

/// <summary><see cref="SwitchableNorm{T}"/> in single precision, as PyTorch's layers are by default.</summary>
public sealed class SwitchableNorm(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool useInstanceStatistics = true)
    : SwitchableNorm<float>(numFeatures, eps, momentum, useInstanceStatistics);
