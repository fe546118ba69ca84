using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>One sample's output, by who else is in its batch.</summary>
static partial class Companions
{
    /// <summary>How many batches the sample is asked in.</summary>
    public const int Times = 400;

    /// <summary>Asks a batch norm in training mode about one value, each time in other company.</summary>
    /// <param name="value">The sample's value.</param>
    /// <param name="size">The values of a batch, the sample's included: at least two.</param>
    /// <param name="mean">The mean of the companions.</param>
    /// <param name="deviation">Their deviation.</param>
    /// <param name="seed">Decides the companions.</param>
    /// <returns>The output of the sample, each time; then the values of the first batch, the sample's first.</returns>
    [JSExport]
    public static double[] Ask(double value, int size, double mean, double deviation, int seed)
    {
        // A column a batch: batch norm treats each by itself.
        var values = new Random(seed).Normals(size * Times, mean, deviation);
        values.AsSpan(0, Times).Fill(value);
        var outputs = new BatchNorm1d<double>(Times).Forward(Tensor.Create(values, [size, Times]));
        return [.. Enumerable.Range(0, Times).Select(batch => outputs[0, batch]), .. Enumerable.Range(0, size).Select(row => values[row * Times])];
    }
}
