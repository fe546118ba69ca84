using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>How much the gradient of one layer's weight changes because the layers before it make their step.</summary>
/// <param name="Step">After how many training steps.</param>
/// <param name="Layer">The layer, from 2; the last is the output layer. The first has none before it.</param>
/// <param name="Change">‖G − G′‖, where G is the gradient before and G′ the one after the earlier layers have moved.</param>
/// <param name="Relative">‖G − G′‖ / ‖G‖, which does not depend on the size of the gradients.</param>
/// <param name="Cosine">The cosine of the angle between G and G′: 1 where they point the same way.</param>
public readonly record struct LayerShift(int Step, int Layer, double Change, double Relative, double Cosine);

/// <summary>
/// Internal covariate shift as Santurkar, Tsipras, Ilyas and Madry (2018, definition 2.1) measure it: not by the distributions
/// that a layer gets, but by what their change does to the layer's own task.
/// </summary>
public static class GradientShift
{
    /// <summary>
    /// Trains, and measures at even distances, on a batch of its own. A layer's earlier layers move by one step of gradient
    /// descent with the experiment's learning rate. The looking leaves the training as it is, but for the draws of a
    /// <see cref="NormNoise"/>.
    /// </summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seeds">How many runs, with the seeds 1, 2, 3, ….</param>
    /// <param name="points">How many looks.</param>
    /// <returns>For each seed the looks in order, each with the layers from 2 on.</returns>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<IReadOnlyList<LayerShift>> Along(Experiment experiment, int seeds, int points = 20)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        experiment.Check();
        return Workers.Map([.. Enumerable.Range(1, seeds)], seed => Of(experiment, seed, points));
    }

    /// <summary>The same for one seed.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <param name="points">How many looks.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<LayerShift> Of(Experiment experiment, int seed, int points = 20)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        using var training = experiment.Start(seed);
        var batches = new Batches(experiment.Data.Train.Count, experiment.BatchSize, Draws.Generator(seed, Purpose.Probe));
        var every = Math.Max(1, experiment.Steps / points);
        var found = new List<LayerShift>();
        for (var step = 0; step < experiment.Steps; step++)
        {
            if (step % every == 0 && step / every < points)
                found.AddRange(Look(training, batches.Next()));
            training.Step();
        }
        return found;
    }

    static LayerShift[] Look(Training training, long[] rows)
    {
        using var scope = torch.NewDisposeScope();
        using var unchanged = training.Model.Preserve();
        var (x, wanted) = training.Batch(rows);
        var layers = training.Model.Parts.GroupBy(part => part.Layer).OrderBy(layer => layer.Key)
            .Select(layer => layer.SelectMany(part => part.Module.parameters()).ToArray()).ToArray();
        training.Gradients(x, wanted);
        torch.Tensor[][] gradients = [.. layers.Select(layer => layer.Select(parameter => parameter.grad!.clone()).ToArray())];
        var shifts = new LayerShift[layers.Length - 1];
        for (var k = 1; k < layers.Length; k++)
        {
            Step(layers[k - 1], gradients[k - 1], training.Experiment.LearningRate);
            training.Gradients(x, wanted);
            shifts[k - 1] = Between(training.StepsDone, k + 1, gradients[k][0], layers[k][0].grad!);
        }
        return shifts;
    }

    static void Step(torch.Tensor[] parameters, torch.Tensor[] gradients, double learningRate)
    {
        using var quiet = torch.no_grad();
        using Scalar minusRate = -learningRate;
        foreach (var (parameter, gradient) in parameters.Zip(gradients))
            parameter.add_(gradient, minusRate);
    }

    static LayerShift Between(int step, int layer, torch.Tensor before, torch.Tensor after)
    {
        double length = before.norm().item<float>(), change = (after - before).norm().item<float>();
        var cosine = (before * after).sum().item<float>() / (length * after.norm().item<float>());
        return new LayerShift(step, layer, change, change / length, cosine);
    }
}
