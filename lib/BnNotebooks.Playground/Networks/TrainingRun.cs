using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>A network in training: what the playground steps, and looks at.</summary>
sealed class TrainingRun
{
    readonly Sgd optimizer;
    readonly SoftmaxCrossEntropy loss = new();
    readonly Random order;
    readonly int[] places = [.. Enumerable.Range(0, PlaneData.Count)];
    int next = PlaneData.Count;

    public TrainingRun(RunDescription description)
    {
        Description = description;
        (Training, Test) = PlaneData.Draw(description.Data, description.Seed);
        Network = Architecture.Build(description);
        optimizer = new Sgd(Network.Parameters, description.Rate);
        order = new Random(description.Seed);
        LatestBatch = [.. places.Take(description.BatchSize)];
        if (description.BatchSize > 1) // a noise to hold, whether the first look comes before the first step or after it
            using (new Look(Network, training: true))
                Network.Forward(Training.Batch(LatestBatch).Input);
    }

    public RunDescription Description { get; }

    public Sequential Network { get; }

    public PlaneData Training { get; }

    public PlaneData Test { get; }

    /// <summary>How many steps have been made.</summary>
    public int Steps { get; private set; }

    /// <summary>The learning rate of the next step.</summary>
    public double Rate => optimizer.Lr;

    /// <summary>The loss of the latest step's batch, in nats.</summary>
    public double BatchLoss { get; private set; } = double.NaN;

    /// <summary>The training points of the latest step, by their places.</summary>
    public int[] LatestBatch { get; private set; }

    /// <summary>Makes some steps of gradient descent. Ends early when the loss is no number any more.</summary>
    public void Step(int steps)
    {
        for (; steps > 0 && !(Steps > 0 && !double.IsFinite(BatchLoss)); steps--)
        {
            var (input, labels) = Training.Batch(LatestBatch = NextBatch());
            Network.ZeroGrad();
            BatchLoss = loss.Forward(Network.Forward(input), labels);
            Network.Backward(loss.Backward());
            optimizer.Step();
            optimizer.Lr = Math.Min(optimizer.Lr * Description.Growth, 1e12);
            Steps++;
        }
    }

    /// <summary>Takes the running averages anew, over the whole training set as one batch. Returns how many layers have new ones.</summary>
    public int Recalibrate() => PreciseBatchNorm.Recalibrate(Network, [Training.Batch([.. Enumerable.Range(0, PlaneData.Count)]).Input]);

    // Each point once, in an order of its own, before any comes again.
    int[] NextBatch()
    {
        if (next == places.Length)
        {
            order.Shuffle(places);
            next = 0;
        }
        var batch = places.AsSpan(next, Description.BatchSize).ToArray();
        next += Description.BatchSize;
        return batch;
    }
}
