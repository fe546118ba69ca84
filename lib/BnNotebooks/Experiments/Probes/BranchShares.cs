using BnNotebooks.Experiments.Layers;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>How much the branches of a residual network have to say beside the connections around them.</summary>
public static class BranchShares
{
    /// <summary>
    /// For each block the variance of what its branch adds, over that of the sum: 1/2 where branch and connection say as much as each
    /// other. Of the next batch, in training mode; no step is made.
    /// </summary>
    /// <param name="training">A network of <see cref="ResidualBlocks"/>.</param>
    /// <exception cref="ArgumentException">It is another network.</exception>
    public static double[] Of(Training training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Experiment.Network is not ResidualBlocks)
            throw new ArgumentException($"Expected residual blocks, but the network is a {training.Experiment.Network}.", nameof(training));
        using var scope = torch.NewDisposeScope();
        using var unchanged = training.Model.Preserve();
        using var quiet = torch.no_grad();
        training.Model.Train();
        using Scalar minus = -1;
        List<double> shares = [];
        torch.Tensor? around = null;
        training.Model.Forward(training.NextBatch().X, (part, _, y) =>
        {
            if (Skip.Begins(part.Module))
                around = y;
            else if (Skip.Ends(part.Module))
                shares.Add(Variance(y.add(around!, minus)) / Variance(y));
        });
        return [.. shares];
    }

    // Over the batch, for each unit alone, as in the paper; then the mean over the units.
    static double Variance(torch.Tensor x) => x.var([0], unbiased: false).mean().item<float>();
}
