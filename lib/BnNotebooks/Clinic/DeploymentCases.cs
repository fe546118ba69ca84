using BnNotebooks.Core;
using BnNotebooks.Slides;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of networks on their way into use.</summary>
public static class DeploymentCases
{
    const int Outputs = 16, Inputs = 32;

    /// <summary>
    /// How far a layer's output for a batch is from what a runtime makes of the layer's file, y = γ(x − μ)/√(σ² + ε) + β by the stored
    /// statistics, at most.
    /// </summary>
    /// <param name="prepare">What is done to the layer, which has seen 20 batches around 5, before it is compared.</param>
    public static Outcome AwayFromRuntime(Action<BatchNorm> prepare) => Outcome.OfSeeds(4, seed =>
    {
        using var scope = torch.NewDisposeScope();
        var norm = new SteadyBatchNorm(1);
        foreach (var batch in Streams.Batches(seed, Enumerable.Repeat(20, 20)))
            norm.call(batch);
        double mean = norm.running_mean!.item<float>(), variance = norm.running_var!.item<float>();
        prepare(norm);
        var x = Streams.Batch(seed, 8);
        return norm.call(x.ToTorch()).ToTensor()
            .Zip(x, (y, value) => Math.Abs(y - (value - mean) / Math.Sqrt(variance + 1e-5))).Max();
    });

    /// <summary>
    /// The error of a linear layer's outputs with its weights rounded to eight bits, as a share of each output's own size, in root mean
    /// square. A batch norm was folded into the layer, whose 16 outputs had running variances from 0.0001 to 100.
    /// </summary>
    /// <param name="largest">Gets the weights of each output, and gives the number that stands for 127 in each.</param>
    public static Outcome ErrorOfEightBits(Func<float[][], float[]> largest) => Outcome.OfSeeds(4, seed =>
    {
        var norm = new BatchNorm1d(Outputs);
        for (var i = 0; i < Outputs; i++)
            norm.RunningVar![i] = (float)Math.Pow(10, -4 + 6.0 * i / (Outputs - 1));
        norm.Eval();
        float[][] weights = [.. norm.FoldInto<float>(SlideExamples.Normal(seed, Outputs, Inputs)).Weight.Chunk(Inputs)];
        var inputs = SlideExamples.Normal(seed + 100, 200, Inputs).Chunk(Inputs).ToArray();
        var steps = largest(weights).Select(value => value / 127).ToArray();
        double Error(int output)
        {
            var rounded = weights[output].Select(w => steps[output] * Math.Clamp(MathF.Round(w / steps[output]), -127, 127)).ToArray();
            double Dot(float[] w, float[] x) => w.Zip(x, (a, b) => (double)a * b).Sum();
            return inputs.Sum(x => Math.Pow(Dot(rounded, x) - Dot(weights[output], x), 2)) / inputs.Sum(x => Math.Pow(Dot(weights[output], x), 2));
        }
        return Math.Sqrt(Enumerable.Range(0, Outputs).Average(Error));
    });
}
