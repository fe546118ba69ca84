using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// PreciseBN (Wu &amp; Johnson 2021, "Rethinking 'Batch' in BatchNorm", section 3): the running statistics of a trained network taken anew
/// over given batches, as the statistics of a population rather than a moving average that remembers older parameters.
/// </summary>
/// <remarks>
/// The network forwards each batch in training mode, its parameters fixed. From the mean μ_B and the biased variance σ²_B of each
/// batch's m_B values per channel, every batch norm then has, with m = Σ m_B,
/// <code>
/// running_mean = μ = 1/m · Σ m_B·μ_B
/// running_var  = 1/(m − 1) · Σ m_B·(σ²_B + (μ_B − μ)²)
/// </code>
/// <para>For batches of one size μ is the plain mean of the means, as in the paper. The variance is the unbiased one of all values
/// together, of the two estimators that the paper's appendix compares the one that pools the batches (fvcore's default; it divides by
/// m). The other, the mean of the batches' variances (algorithm 2 of Ioffe &amp; Szegedy 2015, and what a moving average tends to), has
/// in it only what the values vary within their batches: it is noisier for small batches, and too small for batches that differ, such as
/// sorted ones. Unlike the moving average, larger batches count for more, as each of their values is one.</para>
/// <list type="bullet">
/// <item><see cref="GhostBatchNorm{T}"/>, <see cref="SwitchableNorm{T}"/>, <see cref="AttentiveNorm{T}"/> and
/// <see cref="StochasticBatchNorm{T}"/>: as batch norm; each ghost batch is a batch.</item>
/// <item><see cref="BatchRenorm{T}"/>: running_std = √(σ² + ε), with the biased σ² of all values, as in its moving average.</item>
/// <item><see cref="InstanceNorm{T}"/> with running statistics: the plain mean of the instances' means and of their unbiased variances,
/// because its running variance never has the spread between instances in it.</item>
/// </list>
/// <para>Where training uses the running statistics themselves (batch renormalization, stochastic batch norm), what the layers behind
/// see comes of the old ones.</para>
/// </remarks>
public static class PreciseBatchNorm
{
    /// <summary>
    /// Takes the running statistics of every normalization in a network anew. Their number of batches becomes that of the batches taken.
    /// Momentum, parameters, gradients and modes stay as they are; a backward pass needs a new forward pass first. If a batch is
    /// refused, nothing changes.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="network">The network, or a single layer: it and all layers inside (<see cref="Layer{T}.Children"/>), in whatever mode.</param>
    /// <param name="batches">
    /// The batches, of at least two values per channel each, in any order; empty ones are passed over. The paper finds 1,000 to 10,000
    /// samples to be enough. Small ones, of the size of training, are as noisy as they were there.
    /// </param>
    /// <returns>How many layers have new running statistics: 0 if there are none that keep any; then no batch is asked for.</returns>
    /// <exception cref="ArgumentException">No batch has samples, or the network does not take one of them.</exception>
    public static int Recalibrate<T>(Layer<T> network, IEnumerable<Tensor<T>> batches) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        Layer<T>[] layers = [.. WithInner(network)];
        (IRecalibrated Layer, Population Population)[] taken =
            [.. layers.OfType<IRecalibrated>().Where(layer => layer.TrackRunningStats).Select(layer => (layer, new Population()))];
        if (taken.Length == 0)
            return 0;

        var before = Array.ConvertAll(layers, layer => (Layer: layer, layer.Training, layer.GradEnabled));
        try
        {
            network.GradEnabled = false;
            network.Train();
            foreach (var (layer, population) in taken)
                layer.Population = population;
            foreach (var batch in batches)
                network.Forward(batch);
        }
        finally
        {
            foreach (var (layer, _) in taken)
                layer.Population = null;
            // From the outside in: a mode is passed on to the layers inside, which may have had another.
            foreach (var (layer, training, gradEnabled) in before)
            {
                layer.Train(training);
                layer.GradEnabled = gradEnabled;
            }
        }

        var reached = Array.FindAll(taken, entry => entry.Population.Batches > 0);
        if (reached.Length == 0)
            throw new ArgumentException("Expected at least one batch with samples to take statistics of, but there is none.", nameof(batches));
        foreach (var (layer, population) in reached)
            layer.Adopt(population);
        return reached.Length;
    }

    private static IEnumerable<Layer<T>> WithInner<T>(Layer<T> layer) where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.Children.SelectMany(WithInner).Prepend(layer);
}
