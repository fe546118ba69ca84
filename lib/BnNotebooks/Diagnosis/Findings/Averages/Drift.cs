namespace BnNotebooks.Diagnosis;

/// <summary>
/// How far a batch norm's averages are from its input's statistics in training mode, beyond what so few samples leave open.
/// </summary>
/// <param name="Shift">The distance of the means, in standard deviations of the channel: its root mean square over the channels.</param>
/// <param name="Spread">The distance of the logarithms of the standard deviations, in the same way: 0.7 is a factor of 2.</param>
/// <param name="FarChannels">The channels in which one of the two is off by itself so far that chance can't be it.</param>
sealed record Drift(double Shift, double Spread, IReadOnlyList<int> FarChannels)
{
    // Averages of momentum 0.1 over batches of 8 stray by 0.08 standard deviations, over batches of 2 by 0.16; in healthy networks
    // they also lag behind the weights. Half a standard deviation, or a factor of 1.5, is neither.
    const double LargestShift = 0.5, LargestSpread = 0.4;
    const double FarShift = 3, FarSpread = 2, Errors = 5, Cap = 3;

    public bool IsLarge => Shift > LargestShift || Spread > LargestSpread || FarChannels.Count > 0;

    /// <summary>Compares the averages of a layer with the statistics of its input.</summary>
    public static Drift Of(NormRecord norm) => Of(norm.Layer.RunningMean!, norm.Layer.RunningVar!, norm.Layer.Eps, norm.TrainInput);

    public static Drift Of(double[] mean, double[] variance, double eps, Population data)
    {
        double shift = 0, spread = 0;
        var far = new List<int>();
        for (var c = 0; c < mean.Length; c++)
        {
            var power = data.Variance[c] + eps;
            double d = (mean[c] - data.Mean[c]) / Math.Sqrt(power), dError = data.MeanError[c] / Math.Sqrt(power);
            double l = 0.5 * Math.Log((variance[c] + eps) / power), lError = 0.5 * data.VarianceError[c] / power;
            shift += Math.Min(Cap * Cap, d * d) - dError * dError;
            spread += Math.Min(Cap * Cap, l * l) - lError * lError;
            if (Math.Abs(d) > FarShift + Errors * dError || Math.Abs(l) > FarSpread + Errors * lError)
                far.Add(c);
        }
        return new(Math.Sqrt(Math.Max(0, shift / mean.Length)), Math.Sqrt(Math.Max(0, spread / mean.Length)), far);
    }
}
