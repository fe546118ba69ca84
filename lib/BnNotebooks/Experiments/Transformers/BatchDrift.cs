using TorchSharp;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>How far the means of single batches lie from the mean of all.</summary>
static class BatchDrift
{
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
