using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>A linear unit z = w·x + b, the batch norm behind it, and the one unit that does the work of both.</summary>
static partial class Folding
{
    const int BatchSize = 8;

    /// <summary>Folds, and compares.</summary>
    /// <param name="w">The unit's weight.</param>
    /// <param name="b">The unit's bias.</param>
    /// <param name="mean">The running mean of the batch norm.</param>
    /// <param name="deviation">The root of its running variance.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="beta">β.</param>
    /// <param name="batch">Which batch the layer is shown in training mode, of 8 standard normal inputs.</param>
    /// <returns>
    /// The weight and the bias of the one unit; the largest difference between it and both layers in evaluation, for inputs from −3 to 3;
    /// slope and height (at 0) of the line on which the two layers put the batch in training mode.
    /// </returns>
    [JSExport]
    public static double[] Fold(double w, double b, double mean, double deviation, double gamma, double beta, int batch)
    {
        var linear = new Linear<double>(1, 1);
        (linear.Weight.Values[0], linear.Bias!.Values[0]) = (w, b);
        var norm = new BatchNorm1d<double>(1);
        (norm.Weight!.Values[0], norm.Bias!.Values[0]) = (gamma, beta);
        (norm.RunningMean![0], norm.RunningVar![0]) = (mean, deviation * deviation);

        norm.Eval();
        var (weight, bias) = norm.FoldInto<double>(linear.Weight.Value, linear.Bias.Value);
        double[] inputs = [.. Enumerable.Range(-30, 61).Select(i => i / 10.0)];
        double[] both = [.. norm.Forward(linear.Forward(Tensor.Create(inputs, [inputs.Length, 1])))];
        var difference = both.Zip(inputs, (y, x) => Math.Abs(y - (weight[0, 0] * x + bias[0]))).Max();

        norm.Train();
        double[] others = [-1, 1, .. new Random(batch).Normals(BatchSize - 2)];
        double[] inTraining = [.. norm.Forward(linear.Forward(Tensor.Create(others, [BatchSize, 1])))];
        var slope = (inTraining[1] - inTraining[0]) / 2;
        return [weight[0, 0], bias[0], difference, slope, inTraining[1] - slope];
    }
}
