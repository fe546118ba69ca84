using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// Replaces what the batch norms of a trained network evaluate with; its weights stay as they are. (Wu and Johnson 2021, "Rethinking
/// 'Batch' in BatchNorm", section 3, call the fresh average PreciseBN.)
/// </summary>
public static class Recalibration
{
    /// <summary>
    /// Takes the statistics anew: the plain average over batches of the training data, every layer behind layers that normalize by
    /// those batches. Samples that fill no batch are left out.
    /// </summary>
    /// <param name="training">The network.</param>
    /// <param name="batchSize">
    /// The size of those batches; as many as there are training samples takes the exact statistics of them all.
    /// </param>
    public static void Fresh(Training training, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(training);
        var samples = training.Experiment.Data.Train;
        if (batchSize < 2 || batchSize > samples.Count)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"Expected from 2 to the {samples.Count} training samples.");
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        double?[] momenta = [.. training.Model.BatchNorms.Select(norm => norm.momentum)];
        foreach (var norm in training.Model.BatchNorms)
        {
            norm.reset_running_stats();
            norm.momentum = null; // the plain average over all batches so far
        }
        training.Model.Train();
        for (var start = 0; start + batchSize <= samples.Count; start += batchSize)
        {
            using var part = torch.NewDisposeScope();
            training.Model.Forward(training.Inputs(samples).narrow(0, start, batchSize));
        }
        foreach (var (norm, momentum) in training.Model.BatchNorms.Zip(momenta))
            norm.momentum = momentum;
    }

    /// <summary>
    /// Multiplies the running variances by (m − 1)/m, so that they are averages of the biased variances that training divides by.
    /// </summary>
    /// <param name="training">The network, a perceptron: in a CNN m counts the positions too.</param>
    public static void MakeBiased(Training training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Experiment.Network is not Perceptron)
            throw new ArgumentException($"Expected a perceptron, whose batch norms see a value for each sample, but it is a {training.Experiment.Network}.", nameof(training));
        double m = training.Experiment.BatchSize;
        using var quiet = torch.no_grad();
        using Scalar share = (m - 1) / m;
        foreach (var norm in training.Model.BatchNorms)
            norm.running_var!.mul_(share);
    }
}
