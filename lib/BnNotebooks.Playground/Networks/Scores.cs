using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>How a network does on the test points, in either mode. What a mode refuses is not a number.</summary>
/// <param name="TrainingLoss">In training mode, the points in mixed batches of the training's size.</param>
/// <param name="TrainingAccuracy">The same.</param>
/// <param name="Loss">In evaluation mode.</param>
/// <param name="Accuracy">The same.</param>
/// <param name="SortedAccuracy">In training mode, each batch of one class alone: the usual accident of a forgotten <c>Eval()</c>.</param>
sealed record Scores(double TrainingLoss, double TrainingAccuracy, double Loss, double Accuracy, double SortedAccuracy)
{
    public static Scores Of(TrainingRun run)
    {
        int[] mixed = [.. Enumerable.Range(0, PlaneData.Count)];
        int[] sorted = [.. mixed.OrderBy(place => run.Test.Labels[place])];
        var (loss, accuracy) = Measure(run, training: false, mixed, PlaneData.Count);
        try
        {
            var (trainingLoss, trainingAccuracy) = Measure(run, training: true, mixed, run.Description.BatchSize);
            var (_, sortedAccuracy) = Measure(run, training: true, sorted, run.Description.BatchSize);
            return new(trainingLoss, trainingAccuracy, loss, accuracy, sortedAccuracy);
        }
        catch (ArgumentException) // a batch of one
        {
            return new(double.NaN, double.NaN, loss, accuracy, double.NaN);
        }
    }

    public double[] ToArray() => [TrainingLoss, TrainingAccuracy, Loss, Accuracy, SortedAccuracy];

    static (double Loss, double Accuracy) Measure(TrainingRun run, bool training, ReadOnlySpan<int> places, int batchSize)
    {
        using var look = new Look(run.Network, training);
        var loss = new SoftmaxCrossEntropy();
        var (sum, right) = (0.0, 0);
        for (var at = 0; at < places.Length; at += batchSize)
        {
            var (input, labels) = run.Test.Batch(places.Slice(at, batchSize));
            var logits = run.Network.Forward(input);
            sum += batchSize * (double)loss.Forward(logits, labels);
            var z = logits.GetSpan([0, 0], 2 * batchSize);
            for (var i = 0; i < batchSize; i++)
                if (labels[i] == 1 ? z[2 * i + 1] > z[2 * i] : z[2 * i + 1] < z[2 * i])
                    right++;
        }
        return (sum / places.Length, (double)right / places.Length);
    }
}
