using TorchSharp;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>How far the means of single batches lie from the mean of all.</summary>
static class BatchDrift
{
    /// <summary>The same of the inputs of all batch norms of a CNN.</summary>
    /// <param name="training">A training under way; it goes on with the batch after those that are looked at.</param>
    /// <param name="batches">How many.</param>
    public static double Of(Training training, int batches)
    {
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        List<List<(torch.Tensor Mean, torch.Tensor Variance)>> layers = [.. training.Model.BatchNorms.Select(_ => new List<(torch.Tensor, torch.Tensor)>())];
        training.Model.Train();
        for (var batch = 0; batch < batches; batch++)
        {
            using var inner = torch.NewDisposeScope();
            var norm = 0;
            training.Model.Forward(training.NextBatch().X, (part, x, _) =>
            {
                if (part.Kind == PartKind.Norm)
                    layers[norm++].Add((x.mean([0, 2, 3]).MoveToOuterDisposeScope(), x.var([0, 2, 3], false).MoveToOuterDisposeScope()));
            });
        }
        return Of(layers);
    }

    /// <summary>The distance for means and variances at hand.</summary>
    /// <param name="layers">For each layer and batch the channels' means and variances.</param>
    /// <returns>The root mean square distance in the channel's standard deviations, over layers, batches and channels.</returns>
    public static double Of(IReadOnlyList<List<(torch.Tensor Mean, torch.Tensor Variance)>> layers)
    {
        using var scope = torch.NewDisposeScope();
        return Math.Sqrt(layers.Average(batches =>
        {
            torch.Tensor means = torch.stack(batches.Select(each => each.Mean)), variances = torch.stack(batches.Select(each => each.Variance));
            var between = means.var(0, false);
            // All of a channel's variance: within the batches, and between their means.
            return (double)between.div(variances.mean([0]).Plus(between)).mean().item<float>();
        }));
    }
}
