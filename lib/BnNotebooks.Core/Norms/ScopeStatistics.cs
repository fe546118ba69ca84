namespace BnNotebooks.Core;

/// <summary>
/// The means and variances that one kind of normalization uses: the scope says which instances (n, c) share one of them.
/// Instance norm has one per sample and channel, layer norm one per sample, batch norm one per channel.
/// </summary>
/// <param name="PerSample">How much further the next sample's place is; 0 if all samples share one.</param>
/// <param name="PerChannel">How much further the next channel's place is; 0 if all channels share one.</param>
/// <param name="Count">m, how many values each mean and variance is taken over.</param>
/// <param name="Mean">The means, one a place.</param>
/// <param name="Variance">The biased variances, one a place.</param>
internal sealed record ScopeStatistics(int PerSample, int PerChannel, long Count, double[] Mean, double[] Variance)
{
    /// <summary>Where the mean and the variance of channel <paramref name="c"/> of sample <paramref name="n"/> are.</summary>
    public int Place(int n, int c) => n * PerSample + c * PerChannel;

    public static ScopeStatistics Instance(ChannelStatistics instances, NormShape shape) => Pool(instances, shape, shape.C, 1);

    public static ScopeStatistics Layer(ChannelStatistics instances, NormShape shape) => Pool(instances, shape, 1, 0);

    public static ScopeStatistics Batch(ChannelStatistics instances, NormShape shape) => Pool(instances, shape, 0, 1);

    public static ScopeStatistics Running(ChannelStatistics running) =>
        new(0, 1, running.Count, running.Mean.ToArray(), running.Variance.ToArray());

    /// <summary>
    /// Statistics of larger scopes from those of the instances, without another look at the data (Luo et al. 2018).
    /// </summary>
    private static ScopeStatistics Pool(ChannelStatistics instances, NormShape shape, int perSample, int perChannel)
    {
        var places = (perSample == 0 ? 1 : shape.N) * (perChannel == 0 ? 1 : shape.C);
        var share = (double)places / (shape.N * shape.C);
        var count = instances.Count * shape.N * shape.C / places;
        var pooled = new ScopeStatistics(perSample, perChannel, count, new double[places], new double[places]);

        // μ = average of μ_in
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                pooled.Mean[pooled.Place(n, c)] += instances.Mean[n * shape.C + c] * share;

        // σ² = average of σ²_in + (μ_in − μ)². The paper has σ²_in + μ_in² here and takes off μ² at the end: the same number,
        // but with a large mean it is the small difference of two large ones.
        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var place = pooled.Place(n, c);
                var delta = instances.Mean[n * shape.C + c] - pooled.Mean[place];
                pooled.Variance[place] += (instances.Variance[n * shape.C + c] + delta * delta) * share;
            }
        }
        return pooled;
    }
}
