namespace BnNotebooks.Diagnosis;

/// <summary>A normalization layer, or the network's output, in numbers. NaN where there is none.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Kind">Its type.</param>
/// <param name="MeanOff">
/// How far its running mean is from the mean of its input in training mode, in standard deviations: the root mean square over the
/// channels, less what the samples' number leaves open.
/// </param>
/// <param name="DeviationOff">The factor between its running deviation and that of its input, either way, from 1.</param>
/// <param name="Gap">
/// How far its output in evaluation mode is from that in training mode, in standard deviations; means and deviations of the channels
/// together.
/// </param>
public sealed record LayerReport(string Name, string Kind, double MeanOff, double DeviationOff, double Gap)
{
    internal const string Output = "output";

    internal static IReadOnlyList<LayerReport> Of(Observations seen)
    {
        var layers = seen.Norms.Where(norm => norm.Seen).Select(norm =>
        {
            var drift = norm.Comparable ? Drift.Of(norm) : null;
            return new LayerReport(norm.Layer.Name, norm.Layer.Module.GetType().Name, drift?.Shift ?? double.NaN,
                drift is null ? double.NaN : Math.Exp(drift.Spread), Diagnosis.Gap.Of(norm).Size);
        });
        var (training, evaluation) = (Population.Of([.. seen.Answers.Select(answer => answer.Training)]), Population.Of([.. seen.Answers.Select(answer => answer.Evaluation)]));
        return [.. layers, new LayerReport("output", Output, double.NaN, double.NaN, Diagnosis.Gap.Of(training, evaluation).Size)];
    }
}
