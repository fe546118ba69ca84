namespace BnNotebooks.Diagnosis;

/// <summary>The channels of all batches together, and how exactly so many samples tell them.</summary>
/// <param name="Mean">The mean of each channel.</param>
/// <param name="Variance">The unbiased variance of each channel.</param>
/// <param name="MeanError">The standard error of <paramref name="Mean"/>.</param>
/// <param name="VarianceError">The standard error of <paramref name="Variance"/>.</param>
/// <remarks>
/// The errors count samples, not positions: neighbouring pixels are alike. They take the samples for independent of each other.
/// </remarks>
sealed record Population(double[] Mean, double[] Variance, double[] MeanError, double[] VarianceError)
{
    /// <summary>Puts the statistics of batches together, without a difference of large squares.</summary>
    public static Population Of(IReadOnlyList<Channels> batches)
    {
        var channels = batches[0].Mean.Length;
        double samples = batches.Sum(batch => batch.Samples), values = batches.Sum(batch => (double)batch.Values);
        var result = new Population(new double[channels], new double[channels], new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            var mean = batches.Sum(batch => batch.Values * batch.Mean[c]) / values;
            double Square(Channels batch) => batch.Variance[c] + Math.Pow(batch.Mean[c] - mean, 2);
            var variance = batches.Sum(batch => batch.Values * Square(batch)) / values;
            var spread = batches.Sum(batch => batch.Samples * (batch.MeanSpread[c] + Math.Pow(batch.Mean[c] - mean, 2))) / samples;
            var squareSpread = batches.Sum(batch => batch.Samples * (batch.SquareSpread[c] + Math.Pow(Square(batch) - variance, 2))) / samples;
            result.Mean[c] = mean;
            result.Variance[c] = variance * values / Math.Max(1, values - 1);
            result.MeanError[c] = Math.Sqrt(spread / Math.Max(1, samples - 1));
            result.VarianceError[c] = Math.Sqrt(squareSpread / Math.Max(1, samples - 1));
        }
        return result;
    }
}
