using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>What a network in training mode says of one sample, which depends on the samples beside it. Nothing of the network changes.</summary>
public static class Company
{
    /// <summary>The probability that the network gives a sample's class, each time among other samples, drawn anew.</summary>
    /// <param name="training">The network.</param>
    /// <param name="samples">The sample and its possible company, with classes.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="batchSize">How many samples are in a batch, at least 2: it and its company.</param>
    /// <param name="times">How often to ask.</param>
    /// <returns>The probability of the right class, from 0 to 1, of each time.</returns>
    /// <exception cref="ArgumentException">The samples have no classes, or there is no such sample or batch.</exception>
    public static double[] Answers(Training training, Samples samples, int sample, int batchSize, int times)
    {
        ArgumentNullException.ThrowIfNull(training);
        var label = LabelOf(samples, sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        var random = Draws.Generator(batchSize, Purpose.Probe);
        using var scope = torch.NewDisposeScope();
        using var unchanged = training.Model.Preserve();
        using var quiet = torch.no_grad();
        training.Model.Train();
        double Ask()
        {
            using var part = torch.NewDisposeScope();
            long[] rows = [sample, .. Enumerable.Range(1, batchSize - 1).Select(_ => (long)random.Next(samples.Count))];
            return Probability(training.Model.Forward(training.Inputs(samples).index_select(0, torch.tensor(rows))), 0, label);
        }
        return [.. Enumerable.Range(0, times).Select(_ => Ask())];
    }

    /// <summary>The same in evaluation mode, where there is no company.</summary>
    /// <param name="training">The network.</param>
    /// <param name="samples">The samples, with classes.</param>
    /// <param name="sample">Which sample.</param>
    /// <exception cref="ArgumentException">The samples have no classes, or there is no such sample.</exception>
    public static double AnswerAlone(Training training, Samples samples, int sample)
    {
        ArgumentNullException.ThrowIfNull(training);
        var label = LabelOf(samples, sample);
        using var scope = torch.NewDisposeScope();
        return Probability(training.Predict(samples.Rows([sample])).ToTorch(), 0, label);
    }

    static double Probability(torch.Tensor logits, int row, int label) =>
        torch.nn.functional.softmax(logits, 1).select(0, row).select(0, label).item<float>();

    static int LabelOf(Samples samples, int sample)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Labels is not { } labels)
            throw new ArgumentException("Expected samples with classes, but there is a number to predict for each.", nameof(samples));
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, samples.Count);
        return labels[sample];
    }
}
