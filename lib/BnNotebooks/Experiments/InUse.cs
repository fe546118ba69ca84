namespace BnNotebooks.Experiments;

/// <summary>What a batch norm normalizes by once training has ended.</summary>
public enum InUse
{
    /// <summary>The moving averages of training, as usual.</summary>
    RunningStatistics,

    /// <summary>
    /// Mean and variance over all training samples, layer by layer, taken when training has ended: "precise batch norm" (Wu and
    /// Johnson 2021, Rethinking "Batch" in BatchNorm, section 3.1).
    /// </summary>
    FreshStatistics,

    /// <summary>
    /// What training would give a sample on average over the companions that it might have in a batch, as far as first moments go:
    /// the idea of EvalNorm (Singh and Shrivastava 2019), which learns the shares that are computed here. With one value a
    /// sample, as in a perceptron, z = (x − μ)/σ by fresh statistics becomes √(m − 1)·z/√(z² + m − 1) for batches of m.
    /// </summary>
    /// <remarks>
    /// Of m values of which one is x and the others are drawn with mean μ and variance σ², the mean lies at μ + (x − μ)/m on average,
    /// and the biased variance at ((x − μ)² + (m − 1)σ²)·(m − 1)/m². Put into (x − mean)/√variance, m drops out but for m − 1.
    /// </remarks>
    Expected,
}
