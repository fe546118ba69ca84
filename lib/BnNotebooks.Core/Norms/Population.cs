namespace BnNotebooks.Core;

/// <summary>The statistics of many batches together, on their way to become a layer's running ones: see <see cref="PreciseBatchNorm"/>.</summary>
internal sealed class Population
{
    private ChannelStatistics? pooled;

    /// <summary>How many batches there are in it.</summary>
    public long Batches { get; private set; }

    /// <summary>The statistics of all values, as if they were one batch; of which there has been one.</summary>
    public ChannelStatistics Pooled => pooled!;

    /// <summary>The mean of the batches' variances, each counted as often as it has values: the spread within the batches alone.</summary>
    public double[] MeanVariance { get; private set; } = [];

    public void Add(long count, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance)
    {
        var batch = new ChannelStatistics(count, mean.ToArray(), variance.ToArray());
        pooled = pooled?.Merge(batch) ?? batch;
        if (Batches++ == 0)
            MeanVariance = variance.ToArray();
        for (var c = 0; c < variance.Length; c++)
            MeanVariance[c] += (variance[c] - MeanVariance[c]) * count / pooled.Count;
    }
}

/// <summary>A layer with running statistics that can be taken anew.</summary>
internal interface IRecalibrated
{
    /// <summary>Whether it has any.</summary>
    bool TrackRunningStats { get; }

    /// <summary>Where the statistics of batches go instead of into the running ones, while it is set.</summary>
    Population? Population { set; }

    /// <summary>Makes a population's statistics the running ones.</summary>
    void Adopt(Population population);
}
