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
        training.Recalibrate(training.Experiment.Data.Train, batchSize);
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
