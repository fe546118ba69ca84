namespace BnNotebooks.Predictions;

/// <summary>A prompt, an outcome or a score, as a notebook shows it. No reader's guess is in it: that stays in the reader's browser.</summary>
/// <param name="Html">For hosts that run scripts; without its script it shows the question or the outcome, uncovered.</param>
/// <param name="Text">For hosts that show text alone.</param>
public sealed record PredictionView(string Html, string Text);
