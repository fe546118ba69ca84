using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>What one batch was like at one hidden layer, forwards and backwards.</summary>
/// <param name="Layer">The hidden layer, from 1.</param>
/// <param name="LinearDeviation">The standard deviation of what the linear layer or convolution gave, before any normalization.</param>
/// <param name="InputDeviation">The standard deviation of what the activation function got.</param>
/// <param name="OutputDeviation">The standard deviation of what it gave.</param>
/// <param name="GradientDeviation">The standard deviation of ∂ℓ/∂output, the gradient that came back to there.</param>
/// <param name="WeightGradient">‖∂ℓ/∂W‖ of the layer's weight.</param>
/// <param name="Weight">‖W‖.</param>
/// <param name="Inputs">All values that the activation function got, for histograms.</param>
/// <param name="Outputs">All values that it gave.</param>
/// <param name="Units">How many of them each sample has.</param>
public sealed record LayerSignal(
    int Layer, double LinearDeviation, double InputDeviation, double OutputDeviation, double GradientDeviation,
    double WeightGradient, double Weight, IReadOnlyList<float> Inputs, IReadOnlyList<float> Outputs, int Units)
{
    /// <summary>What the activation function got, by sample and unit.</summary>
    public UnitTable InputTable => new(Inputs, Units);

    /// <summary>What it gave, by sample and unit.</summary>
    public UnitTable OutputTable => new(Outputs, Units);

    /// <summary>‖∂ℓ/∂W‖ / ‖W‖: a step of gradient descent changes the weight by this share, times the learning rate.</summary>
    public double RelativeGradient => WeightGradient / Weight;

    /// <summary>
    /// For each unit (or channel), the mean over the batch of what its activation function got. Their differences are the same
    /// for every sample: a signal is what varies around them.
    /// </summary>
    public required IReadOnlyList<float> UnitMeans { get; init; }

    /// <summary>For each unit (or channel), the standard deviation over the batch of what its activation function got.</summary>
    public required IReadOnlyList<float> UnitDeviations { get; init; }
}

/// <summary>Follows one batch through all layers and its gradient back again.</summary>
public static class Signals
{
    /// <summary>Takes the first batch of each seed through the network in training mode; no step is made with it.</summary>
    /// <param name="experiment">The network and the data.</param>
    /// <param name="seeds">How many networks, with the seeds 1, 2, 3, ….</param>
    /// <param name="afterSteps">How many steps to train before; 0 looks at the first weights.</param>
    /// <returns>For each seed the hidden layers in order. Deviations are over all values of the layer, pooled.</returns>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public static IReadOnlyList<IReadOnlyList<LayerSignal>> Follow(Experiment experiment, int seeds = 1, int afterSteps = 0)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSteps);
        experiment.Check();
        return Workers.Map([.. Enumerable.Range(1, seeds)], seed =>
        {
            using var training = experiment.Start(seed);
            training.Steps(afterSteps);
            return Of(training);
        });
    }

    /// <summary>
    /// Takes the next batch of a training under way through the network in training mode, where noise and dropout are at
    /// work; no step is made with it.
    /// </summary>
    /// <param name="training">The training; it goes on with the batch after this one.</param>
    /// <returns>The hidden layers in order. Deviations are over all values of the layer, pooled.</returns>
    public static IReadOnlyList<LayerSignal> Of(Training training)
    {
        ArgumentNullException.ThrowIfNull(training);
        using var scope = torch.NewDisposeScope();
        var (x, wanted) = training.NextBatch();
        Dictionary<int, torch.Tensor> linear = [], inputs = [], outputs = [], weights = [];
        training.Gradients(x, wanted, (part, input, output) =>
        {
            if (part.Kind == PartKind.Weights)
            {
                linear[part.Layer] = output;
                weights[part.Layer] = part.Module.parameters().First();
            }
            if (part.Kind != PartKind.Activation)
                return;
            output.retain_grad();
            (inputs[part.Layer], outputs[part.Layer]) = (input, output);
        });
        return [.. outputs.Keys.Select(layer => new LayerSignal(
            layer, Deviation(linear[layer]), Deviation(inputs[layer]), Deviation(outputs[layer]), Deviation(outputs[layer].grad!),
            weights[layer].grad!.norm().item<float>(), weights[layer].norm().item<float>(), Numbers(inputs[layer]), Numbers(outputs[layer]),
            (int)(outputs[layer].numel() / outputs[layer].shape[0]))
        {
            UnitMeans = Numbers(ByUnit(inputs[layer]).mean([1])),
            UnitDeviations = Numbers(ByUnit(inputs[layer]).std(1, unbiased: false)),
        })];
    }

    static double Deviation(torch.Tensor values) => values.std(unbiased: false).item<float>();

    // (N, units) or (N, channels, H, W) as a row for each unit or channel.
    static torch.Tensor ByUnit(torch.Tensor values) => values.transpose(0, 1).reshape(values.shape[1], -1);

    static float[] Numbers(torch.Tensor values)
    {
        using var elements = values.data<float>();
        return elements.ToArray();
    }
}
