namespace BnNotebooks.Diagnosis;

/// <summary>
/// How far a batch norm's averages are from its input's statistics in training mode, beyond what so few samples leave open on
/// either side.
/// </summary>
/// <param name="Shift">The distance of the means, in standard deviations of the channel: its root mean square over the channels.</param>
/// <param name="Spread">The distance of the logarithms of the standard deviations, in the same way: 0.7 is a factor of 2.</param>
/// <param name="FarChannels">The channels in which one of the two is off by itself so far that chance can't be it.</param>
/// <param name="Samples">How many samples the data has.</param>
sealed record Drift(double Shift, double Spread, IReadOnlyList<int> FarChannels, int Samples)
{
    // In healthy networks the averages lag behind the weights: by 0.3 standard deviations at most in some hundred that were tried.
    // Half a standard deviation, or a factor of 1.5, is more than that.
    const double LargestShift = 0.5, LargestSpread = 0.4;
    const double FarShift = 3, FarSpread = 2, Errors = 5, Cap = 3;
    const double Unsure = 0.4; // a variance known no better than this, of a unit that hardly ever fires, tells nothing
    const double Few = 48; // so few samples do not even tell their own error well: the bounds widen

    public bool IsLarge => Shift > LargestShift * Widened(Samples) || Spread > LargestSpread * Widened(Samples) || FarChannels.Count > 0;

    static double Widened(int samples) => Math.Sqrt(1 + Few / samples);

    /// <summary>Compares the averages of a layer with the statistics of its input.</summary>
    public static Drift Of(NormRecord norm)
    {
        double[] mean = norm.Layer.RunningMean!, variance = norm.Layer.RunningVar!;
        var data = norm.TrainInput;
        var samples = norm.Train.Sum(visit => visit.Input.Samples);
        double noise = Math.Sqrt(1 + samples / SamplesAveraged(norm)), widened = Widened(samples);
        double shift = 0, spread = 0;
        var compared = 0;
        var far = new List<int>();
        for (var c = 0; c < mean.Length; c++)
        {
            var power = data.Variance[c] + norm.Layer.Eps;
            double shiftError = noise * data.MeanError[c] / Math.Sqrt(power), spreadError = noise * data.VarianceError[c] / power / 2;
            if (data.Variance[c] == 0 || 2 * spreadError > Unsure)
                continue;
            double d = (mean[c] - data.Mean[c]) / Math.Sqrt(power), l = Math.Log((variance[c] + norm.Layer.Eps) / power) / 2;
            shift += Math.Min(Cap * Cap, d * d) - shiftError * shiftError;
            spread += Math.Min(Cap * Cap, l * l) - spreadError * spreadError;
            compared++;
            if (Math.Abs(d) > FarShift * widened + Errors * shiftError || Math.Abs(l) > FarSpread * widened + Errors * spreadError)
                far.Add(c);
        }
        double Root(double sum) => Math.Sqrt(Math.Max(0, sum / Math.Max(1, compared)));
        return new(Root(shift), Root(spread), far, samples);
    }

    /// <summary>
    /// How many samples' mean is as noisy as the averages, if training had batches of the size at hand: weights that fall by 1 − m
    /// from batch to batch are worth (2 − m)/m equal ones.
    /// </summary>
    static double SamplesAveraged(NormRecord norm)
    {
        var (momentum, counted) = (norm.Layer.Momentum, norm.Layer.BatchesCounted is > 0 and var n ? n : double.PositiveInfinity);
        var batches = Math.Min(counted, momentum is > 0 and <= 1 and var m ? (2 - m) / m : double.PositiveInfinity);
        return batches * norm.Train.Max(visit => visit.Input.Samples);
    }
}
