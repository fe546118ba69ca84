using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>A batch norm watches 300 batches go by, and is asked after each what it would make of it in evaluation.</summary>
static partial class RunningAverage
{
    /// <summary>The batches.</summary>
    public const int Batches = 300;

    /// <summary>How the data move: the mean and the deviation that a batch is drawn with.</summary>
    public static (double Mean, double Deviation) Drawn(string move, int batch) => move switch
    {
        "stay" => (5, 2),
        "jump" => (batch < Batches / 2 ? 5 : 9, 2),
        "drift" => (5 + 4.0 * batch / Batches, 2),
        "spread" => (5, batch < Batches / 2 ? 2 : 4),
        _ => throw new ArgumentException($"There is no move \"{move}\". There are: stay, jump, drift, spread.", nameof(move)),
    };

    /// <summary>The layer's memory, batch by batch.</summary>
    /// <param name="momentum">The share of each batch in the running averages.</param>
    /// <param name="size">The values of a batch, at least two.</param>
    /// <param name="move">How the data move: <c>stay</c>, <c>jump</c>, <c>drift</c> or <c>spread</c>.</param>
    /// <param name="seed">Decides the batches.</param>
    /// <returns>
    /// For each batch: its mean, the running mean after it, the mean it was drawn with; then the mean and the deviation of what the
    /// layer makes of it in evaluation. In training these two are 0 and 1.
    /// </returns>
    [JSExport]
    public static double[] Watch(double momentum, int size, string move, int seed)
    {
        var random = new Random(seed);
        var layer = new BatchNorm1d<double>(1, momentum: momentum);
        var seen = new List<double>();
        for (var batch = 0; batch < Batches; batch++)
        {
            var (mean, deviation) = Drawn(move, batch);
            var values = random.Normals(size, mean, deviation);
            var x = Tensor.Create(values, [size, 1]);
            layer.Train();
            layer.Forward(x);
            layer.Eval();
            var (outputMean, outputDeviation) = Numbers.Moments([.. layer.Forward(x)]);
            seen.AddRange([values.Average(), layer.RunningMean![0], mean, outputMean, outputDeviation]);
        }
        return [.. seen];
    }
}
