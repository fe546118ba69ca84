using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// A trained network that goes on adapting while it is in use, without labels: its batch norms normalize by the batch at hand, and γ
/// and β of its normalizations follow the gradient of the entropy of its own answers (Tent: Wang, Shelhamer, Liu, Olshausen and Darrell
/// 2021, section 3).
/// </summary>
public static class TestTime
{
    /// <summary>Answers a stream of samples batch by batch, each batch before the network has learned from it.</summary>
    /// <param name="training">The network; afterwards it is as before.</param>
    /// <param name="stream">The samples in the order in which they come; their labels only say what was right.</param>
    /// <param name="batchSize">How many come at a time.</param>
    /// <param name="rate">Adam's learning rate for γ and β; 0 means that only the statistics are those of the batch.</param>
    /// <returns>The share of right answers.</returns>
    /// <exception cref="ArgumentException">The samples have no classes.</exception>
    public static double Accuracy(Training training, Samples stream, int batchSize, double rate)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        if (stream.Labels is null)
            throw new ArgumentException("Expected samples with classes, but there is a number to predict for each.", nameof(stream));
        using var scope = torch.NewDisposeScope();
        using var unchanged = training.Model.Preserve();
        using var optimizer = rate > 0 ? Optimizer.Adam.For(training.Model.Of(Trained.Norms), rate, weightDecay: 0) : null;
        training.Model.Train();
        double right = 0;
        for (var start = 0; start < stream.Count; start += batchSize)
        {
            using var part = torch.NewDisposeScope();
            var count = Math.Min(batchSize, stream.Count - start);
            var logits = training.Model.Forward(training.Inputs(stream).narrow(0, start, count));
            right += logits.argmax(1).eq(stream.TorchWanted.narrow(0, start, count)).to_type(torch.float32).sum().item<float>();
            if (optimizer is null)
                continue;
            optimizer.ZeroGradients();
            training.Model.Backward(Entropy(logits));
            optimizer.Apply();
        }
        return right / stream.Count;
    }

    // −Σ p·ln p of each answer, and the mean over the batch.
    static torch.Tensor Entropy(torch.Tensor logits) =>
        (torch.nn.functional.softmax(logits, 1) * torch.nn.functional.log_softmax(logits, 1)).sum([1]).mean().neg();
}
