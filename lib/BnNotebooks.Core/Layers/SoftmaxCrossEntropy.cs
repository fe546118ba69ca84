using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// How far a classifier's logits are from the right classes: the mean negative log-probability that softmax gives to them, as
/// <c>torch.nn.CrossEntropyLoss</c> (softmax with this loss: Bridle 1990). Where backpropagation begins.
/// </summary>
/// <remarks>
/// For N samples with logits z_nc and labels t_n, softmax makes probabilities of the logits, and the loss is
/// <code>
/// p_nc = e^z_nc / Σ_k e^z_nk        ℓ = −1/N · Σ_n log p_n,t = 1/N · Σ_n (log Σ_k e^z_nk − z_n,t)
/// </code>
/// Both stay the same if a number is subtracted from all logits of a sample. Here it is the largest one, so no power is above
/// 1 and none overflows. <b>Backward</b>, from the right-hand form, since the derivative of log Σ_k e^z_nk is p_nc:
/// <code>
/// ∂ℓ/∂z_nc = 1/N · (p_nc − 1 if c is the label, else p_nc)
/// </code>
/// Inside, everything is computed in double and rounded once.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class SoftmaxCrossEntropy<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Pass? latest;

    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="logits">The logits, of shape (N, C): N samples, C classes, not empty.</param>
    /// <param name="labels">The right class of each sample, from 0 to C − 1.</param>
    /// <returns>The mean loss, in nats.</returns>
    /// <exception cref="ArgumentException">The logits have another rank or are empty, or there is not one label per sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public T Forward(in ReadOnlyTensorSpan<T> logits, ReadOnlySpan<int> labels)
    {
        Check(logits.Lengths, labels);
        var classes = (int)logits.Lengths[1];
        var z = RowMajor.Read(logits);
        var p = new double[z.Length];
        var loss = 0.0;
        for (var n = 0; n < labels.Length; n++)
            loss += SampleLoss(z.Slice(n * classes, classes), labels[n], p.AsSpan(n * classes, classes));

        latest = new Pass(p, labels.ToArray());
        return T.CreateTruncating(loss / labels.Length);
    }

    /// <summary>Computes the gradient of the latest loss.</summary>
    /// <returns>∂loss/∂logits, of shape (N, C): what to hand to the network's backward pass.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass.</exception>
    public Tensor<T> Backward()
    {
        if (latest is not var (probabilities, labels))
            throw new InvalidOperationException(
                $"{GetType().Name}.Backward needs a forward pass before it, but there was none. Call Forward first.");
        var (samples, classes) = (labels.Length, probabilities.Length / labels.Length);
        var gradient = new T[probabilities.Length];
        for (var n = 0; n < samples; n++)
            for (var c = 0; c < classes; c++)
            {
                // ∂ℓ/∂z_nc = 1/N · (p_nc − [c = t_n])
                var target = c == labels[n] ? 1 : 0;
                gradient[n * classes + c] = T.CreateTruncating((probabilities[n * classes + c] - target) / samples);
            }
        return Tensor.Create(gradient, [samples, classes]);
    }

    /// <summary>A forward pass, in one piece, so that no thread sees half of it.</summary>
    private sealed record Pass(double[] Probabilities, int[] Labels);

    // log Σ e^z − z_t, and p on the way, with m = max z taken from every logit.
    private static double SampleLoss(ReadOnlySpan<T> z, int label, Span<double> p)
    {
        var m = double.CreateTruncating(TensorPrimitives.Max(z));
        var sum = 0.0;
        for (var c = 0; c < z.Length; c++)
            sum += p[c] = Math.Exp(double.CreateTruncating(z[c]) - m);
        for (var c = 0; c < z.Length; c++)
            p[c] /= sum;
        return Math.Log(sum) - (double.CreateTruncating(z[label]) - m);
    }

    private static void Check(ReadOnlySpan<nint> logits, ReadOnlySpan<int> labels)
    {
        if (logits.Length != 2 || logits.Contains(0))
            throw new ArgumentException($"Expected shape (N, C), samples by classes, not empty, but it is {Guard.Show(logits)}.", nameof(logits));
        if (labels.Length != logits[0])
            throw new ArgumentException($"Expected a label for each of the {logits[0]} samples, but there are {labels.Length}.", nameof(labels));
        for (var n = 0; n < labels.Length; n++)
            if (labels[n] < 0 || labels[n] >= logits[1])
                throw new ArgumentOutOfRangeException(nameof(labels), labels[n],
                    $"Expected classes from 0 to {logits[1] - 1}, but that of sample {n} is none.");
    }
}

/// <summary><see cref="SoftmaxCrossEntropy{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class SoftmaxCrossEntropy : SoftmaxCrossEntropy<float>;
