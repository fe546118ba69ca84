using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>What a hidden layer hands on, taken out as if it were a table of measurements.</summary>
public static class HiddenLayer
{
    /// <summary>A hidden layer's outputs for samples, in evaluation mode.</summary>
    /// <param name="training">The network as it is now.</param>
    /// <param name="layer">The hidden layer, from 1.</param>
    /// <param name="samples">The data set's, or others of the same shape.</param>
    /// <returns>Samples with the same labels and, as inputs (samples, units), what the layer's activation function gave.</returns>
    /// <exception cref="ArgumentException">The network has no such hidden layer, or it is a CNN's.</exception>
    public static Samples Outputs(Training training, int layer, Samples samples)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        training.Model.Train(false);
        torch.Tensor? kept = null;
        training.Model.Forward(training.Inputs(samples), (part, _, output) =>
            kept = part.Kind == PartKind.Activation && part.Layer == layer ? output : kept);
        if (kept is null || kept.dim() != 2)
            throw new ArgumentException($"Expected a hidden layer of a perceptron, from 1 to {training.Experiment.Network.Widths.Count}, but it is {layer} of {training.Experiment.Network}.", nameof(layer));
        return samples.Labels is { } labels ? new Samples(kept.ToTensor(), labels) : new Samples(kept.ToTensor(), samples.Targets!);
    }

    /// <summary>The outputs of a hidden layer of an untrained network as data to learn from: the samples' classes stay.</summary>
    /// <param name="experiment">The network and the data.</param>
    /// <param name="layer">The hidden layer, from 1.</param>
    /// <param name="seed">Decides the network's weights.</param>
    /// <exception cref="ArgumentException">The network has no such hidden layer, or it is a CNN's.</exception>
    public static DataSet AsData(Experiment experiment, int layer, int seed)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        using var training = experiment.Start(seed);
        return new DataSet($"layer {layer} of network {seed}, {experiment.Data.Name}",
            Outputs(training, layer, experiment.Data.Train), Outputs(training, layer, experiment.Data.Test));
    }

    /// <summary>
    /// How far training moves a hidden layer's outputs: the change of a unit's mean over the test samples, in standard deviations
    /// that the unit had before; the median over the units that varied.
    /// </summary>
    /// <param name="experiment">The network, the data, and how many steps to train.</param>
    /// <param name="layer">The hidden layer, from 1.</param>
    /// <param name="seed">Decides weights and batches.</param>
    /// <exception cref="ArgumentException">The network has no such hidden layer, or it is a CNN's, or none of its units varies.</exception>
    public static double Drift(Experiment experiment, int layer, int seed)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        using var training = experiment.Start(seed);
        UnitTable Look() => UnitTable.Of(Outputs(training, layer, experiment.Data.Test));
        var before = Look();
        training.Steps(experiment.Steps);
        var (mean, deviation, after) = (before.Means, before.Deviations, Look().Means);
        double[] moved = [.. Enumerable.Range(0, before.Units).Where(unit => deviation[unit] > 0)
            .Select(unit => Math.Abs(after[unit] - mean[unit]) / deviation[unit])];
        return moved.Length > 0 ? Quantiles.Median(moved) : throw new ArgumentException($"No unit of layer {layer} varies between the test samples.", nameof(layer));
    }
}
