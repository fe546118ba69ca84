using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>One layer of a network whose hidden weights were multiplied by a factor, on one batch.</summary>
/// <param name="Factor">By what.</param>
/// <param name="Loss">The loss of the batch.</param>
/// <param name="Weight">‖W‖ of the layer.</param>
/// <param name="Gradient">‖∂ℓ/∂W‖.</param>
/// <param name="Cosine">The cosine of the angle between W and ∂ℓ/∂W.</param>
public readonly record struct ScaledLayer(double Factor, double Loss, double Weight, double Gradient, double Cosine)
{
    /// <summary>‖∂ℓ/∂W‖ / ‖W‖: a step of gradient descent changes the weight by this share, times the learning rate.</summary>
    public double Relative => Gradient / Weight;
}

/// <summary>
/// What the size of a hidden layer's weights means: nothing to the outputs of a network whose layers are normalized, but much to
/// its gradients (van Laarhoven 2017).
/// </summary>
public static class WeightScale
{
    /// <summary>Takes the first batch through the same network with larger and smaller weights, in training mode.</summary>
    /// <param name="experiment">The network and the data.</param>
    /// <param name="layer">The hidden layer to look at, from 1.</param>
    /// <param name="seed">Decides weights and batch.</param>
    /// <param name="factors">By what to multiply weights and biases of all hidden layers; the output layer stays.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together, or has no such hidden layer.</exception>
    public static IReadOnlyList<ScaledLayer> Look(Experiment experiment, int layer, int seed, params IReadOnlyList<double> factors)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(factors);
        if (layer < 1 || layer > experiment.Network.Widths.Count)
            throw new ArgumentException($"Expected a hidden layer, from 1 to {experiment.Network.Widths.Count}, but it is {layer}.", nameof(layer));
        return [.. factors.Select(factor => Of(experiment, layer, seed, factor))];
    }

    static ScaledLayer Of(Experiment experiment, int layer, int seed, double factor)
    {
        using var training = experiment.Start(seed);
        using var scope = torch.NewDisposeScope();
        Part[] hidden = [.. training.Model.Parts.Where(part => part.Kind == PartKind.Weights && part.Layer <= experiment.Network.Widths.Count)];
        using Scalar by = factor;
        using (torch.no_grad())
            foreach (var parameter in hidden.SelectMany(part => part.Module.parameters()))
                parameter.mul_(by);
        var (x, wanted) = training.NextBatch();
        var loss = training.Gradients(x, wanted);
        var weight = hidden[layer - 1].Module.parameters().First();
        var gradient = weight.grad!;
        double length = weight.norm().item<float>(), slope = gradient.norm().item<float>();
        return new ScaledLayer(factor, loss, length, slope, (weight * gradient).sum().item<float>() / (length * slope));
    }
}
