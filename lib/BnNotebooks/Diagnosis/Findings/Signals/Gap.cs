namespace BnNotebooks.Diagnosis;

/// <summary>How far the same samples' values in evaluation mode are from those in training mode, as distributions.</summary>
/// <param name="Shift">The distance of the channels' means in their standard deviations: root mean square over the channels.</param>
/// <param name="Spread">The distance of the logarithms of their standard deviations, in the same way.</param>
/// <remarks>Single values differ in healthy networks too, by the noise of small batches; their means and variances hardly do.</remarks>
sealed record Gap(double Shift, double Spread)
{
    // Deep networks that were trained with batches of 8 part by up to 0.8 with averages that are right: the noise of each batch's own
    // statistics adds up from layer to layer.
    const double Large = 1, Cap = 3;

    public bool IsLarge => Shift > Large || Spread > Large;

    /// <summary>One number for the chart.</summary>
    public double Size => Math.Sqrt(Shift * Shift + Spread * Spread);

    public static Gap Of(NormRecord norm) => Of(norm.TrainOutput, norm.EvalOutput);

    public static Gap Of(Population training, Population evaluation)
    {
        // A channel that hardly moves beside the others does not count by its own tiny deviation.
        var floor = 0.01 * (training.Variance.Average() + evaluation.Variance.Average()) + 1e-30;
        double shift = 0, spread = 0;
        for (var c = 0; c < training.Mean.Length; c++)
        {
            double t = training.Variance[c] + floor, e = evaluation.Variance[c] + floor, l = 0.5 * Math.Log(e / t);
            shift += Math.Min(Cap * Cap, Math.Pow(evaluation.Mean[c] - training.Mean[c], 2) / (0.5 * (t + e)));
            spread += Math.Min(Cap * Cap, l * l);
        }
        return new(Math.Sqrt(shift / training.Mean.Length), Math.Sqrt(spread / training.Mean.Length));
    }
}
