using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>
/// A batch of random samples through 20 untrained layers, and the gradient of a loss back again. In double, since beside a sigmoid's ½
/// a faded signal is below the roundings of single precision.
/// </summary>
static partial class TwentyLayers
{
    /// <summary>The hidden layers.</summary>
    public const int Depth = 20;

    const int Inputs = 64, Width = 50, Samples = 32, Classes = 10;

    /// <summary>The signal and the gradient of each layer.</summary>
    /// <param name="start">How the weights are drawn: one of <see cref="Starts.Names"/>.</param>
    /// <param name="factor">What all weights are multiplied by then.</param>
    /// <param name="activation">One of <see cref="Activations.Names"/>.</param>
    /// <param name="normalization">One of <see cref="Normalizations.Names"/>.</param>
    /// <param name="seed">Decides the weights and the samples.</param>
    /// <returns>
    /// For each layer the signal, which is the standard deviation of a unit's outputs over the samples (root mean square over the
    /// units); then for each layer the norm of the gradient at its weights.
    /// </returns>
    [JSExport]
    public static double[] Follow(string start, double factor, string activation, string normalization, int seed)
    {
        var random = new Random(seed);
        var x = Tensor.Create(random.Normals(Samples * Inputs), [Samples, Inputs]);
        var labels = Enumerable.Range(0, Samples).Select(_ => random.Next(Classes)).ToArray();

        var linears = new List<Linear<double>>();
        var layers = new List<Layer<double>>();
        var signals = new List<double>();
        Linear<double> Add(int inputs, int outputs)
        {
            var linear = Starts.Linear<double>(start, inputs, outputs, random);
            foreach (ref var weight in linear.Weight.Values)
                weight *= factor;
            layers.Add(linear);
            return linear;
        }
        for (var i = 0; i < Depth; i++)
        {
            linears.Add(Add(i == 0 ? Inputs : Width, Width));
            layers.Add(Normalizations.Create<double>(normalization, Width));
            layers.Add(Activations.Create<double>(activation));
            foreach (var layer in layers.TakeLast(3))
                x = layer.Forward(x);
            signals.Add(Signal(x));
        }
        x = Add(Width, Classes).Forward(x);

        var loss = new SoftmaxCrossEntropy<double>();
        loss.Forward(x, labels);
        var gradient = loss.Backward();
        foreach (var layer in Enumerable.Reverse(layers))
            gradient = layer.Backward(gradient);
        return [.. signals, .. linears.Select(linear => TensorPrimitives.Norm<double>(linear.Weight.Gradients))];
    }

    static double Signal(Tensor<double> outputs) =>
        Math.Sqrt(TensorPrimitives.Average(ChannelStatistics.Of(outputs.AsReadOnlyTensorSpan()).Variance));
}
