using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>What goes on in a network's hidden layers, in a forward and a backward pass over the latest batch in training mode.</summary>
sealed class Inside
{
    /// <summary>How many bars a histogram has.</summary>
    public const int Bars = 24;

    /// <summary>Activations are shown from minus to plus this; what lies beyond is in the last bars.</summary>
    const double ActivationRange = 4;

    /// <summary>Gradients are shown by their size, from 10 to the power of this to 1.</summary>
    const double SmallestGradient = -8;

    readonly TrainingRun run;
    readonly float[][] outputs;     // of each layer
    readonly float[][] gradients;   // of the loss by each layer's input

    public Inside(TrainingRun run)
    {
        this.run = run;
        var layers = run.Network.Children;
        (outputs, gradients) = (new float[layers.Count][], new float[layers.Count][]);
        var (value, labels) = run.Training.Batch(run.LatestBatch);
        using var look = new Look(run.Network, training: true, gradients: true);
        for (var i = 0; i < layers.Count; i++)
            outputs[i] = Flat(value = layers[i].Forward(value));
        var loss = new SoftmaxCrossEntropy();
        loss.Forward(value, labels);
        var gradient = loss.Backward();
        for (var i = layers.Count - 1; i >= 0; i--)
            gradients[i] = Flat(gradient = layers[i].Backward(gradient));
    }

    /// <summary>
    /// A hidden layer after the other: the spread of what enters its activation and the bars of that, then the root mean square of the
    /// gradient there and the bars of that. Bars are shares.
    /// </summary>
    public double[] Histograms() => [.. Enumerable.Range(0, run.Description.Depth).SelectMany(Histogram)];

    /// <summary>
    /// A unit of a hidden layer after the other: the running mean and the batch's, the running standard deviation and the batch's, γ, β.
    /// What a normalization does not have is not a number.
    /// </summary>
    public double[] Statistics() => [.. Enumerable.Range(0, run.Description.Depth).SelectMany(StatisticsOf)];

    IEnumerable<double> Histogram(int block)
    {
        var activation = Architecture.PlaceOfActivation(run.Description, block);
        var (entering, gradient) = (outputs[activation - 1], gradients[activation]);
        return
        [
            Math.Sqrt(MeanAndVariance(entering, 0, 1).Variance),
            .. Shares(entering, value => (value + ActivationRange) / (2 * ActivationRange)),
            Math.Sqrt(gradient.Average(value => (double)value * value)),
            .. Shares(gradient, value => 1 - Math.Log10(Math.Abs(value)) / SmallestGradient),
        ];
    }

    IEnumerable<double> StatisticsOf(int block)
    {
        var normalization = Architecture.Normalization(run.Network, run.Description, block);
        var place = Architecture.BlockLength * block + (run.Description.Placement == "before" ? 0 : 1);
        var width = run.Description.Width;
        var buffers = normalization.Buffers.Where(buffer => buffer.DType == "F32").ToDictionary(buffer => buffer.Name, buffer => Flat(buffer.To<float>()));
        var parameters = normalization.Parameters.Where(parameter => parameter.Values.Length == width)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Values.ToArray());
        for (var unit = 0; unit < width; unit++)
        {
            var (mean, variance) = MeanAndVariance(outputs[place], unit, width);
            var count = outputs[place].Length / width;
            yield return Of(buffers, "running_mean", unit);
            yield return mean;
            yield return buffers.ContainsKey("running_std") ? Of(buffers, "running_std", unit) : Math.Sqrt(Of(buffers, "running_var", unit));
            yield return Math.Sqrt(variance * count / Math.Max(1, count - 1)); // the unbiased one, as the running variance is
            yield return Of(parameters, "weight", unit);
            yield return Of(parameters, "bias", unit);
        }
    }

    static double Of(Dictionary<string, float[]> values, string name, int unit) => values.TryGetValue(name, out var all) ? all[unit] : double.NaN;

    static (double Mean, double Variance) MeanAndVariance(float[] values, int first, int step)
    {
        var (count, mean, variance) = (0, 0.0, 0.0);
        for (var i = first; i < values.Length; i += step, count++)
            mean += values[i];
        mean /= count;
        for (var i = first; i < values.Length; i += step)
            variance += (values[i] - mean) * (values[i] - mean) / count;
        return (mean, variance);
    }

    // Zeros and what is no number are in no bar.
    static double[] Shares(float[] values, Func<double, double> place)
    {
        var shares = new double[Bars];
        foreach (var value in values)
            if (value != 0 && float.IsFinite(value))
                shares[Math.Clamp((int)(place(value) * Bars), 0, Bars - 1)] += 1.0 / values.Length;
        return shares;
    }

    static float[] Flat(Tensor<float> tensor)
    {
        var flat = new float[tensor.FlattenedLength];
        tensor.FlattenTo(flat);
        return flat;
    }
}
