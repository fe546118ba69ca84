namespace BnNotebooks.Experiments;

/// <summary>
/// The inputs of one layer's activation function on (up to 512) test samples, in evaluation mode: what the paper of 2015 shows
/// over time in its figure 1.
/// </summary>
/// <param name="Step">After how many training steps.</param>
/// <param name="Layer">The hidden layer, from 1.</param>
/// <param name="Low">The 15th percentile of the watched unit's inputs.</param>
/// <param name="Median">Their median.</param>
/// <param name="High">Their 85th percentile.</param>
/// <param name="Mean">The mean over all units of the layer.</param>
/// <param name="Deviation">The standard deviation over all units of the layer, pooled.</param>
public readonly record struct ActivationRecord(
    int Step, int Layer, double Low, double Median, double High, double Mean, double Deviation);

/// <summary>The gradient of one layer's weight in one training step.</summary>
/// <param name="Step">The number of the step, from 1.</param>
/// <param name="Layer">The layer, from 1; the last is the output layer.</param>
/// <param name="Norm">‖∂ℓ/∂W‖, the root of the sum of squares.</param>
public readonly record struct GradientRecord(int Step, int Layer, double Norm);
