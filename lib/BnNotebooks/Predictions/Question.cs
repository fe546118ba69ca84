namespace BnNotebooks.Predictions;

/// <summary>What a reader is asked before the outcome is shown.</summary>
/// <param name="id">Names it, for example <c>01-factor</c>.</param>
/// <param name="text">What is asked.</param>
abstract class Question(string id, string text)
{
    public string Id { get; } = id;

    public string Text { get; } = text;

    /// <summary>The prompt.</summary>
    public abstract PredictionView Ask();

    /// <summary>The exception for an outcome of another kind than this question has.</summary>
    public ArgumentException Expects(string what, string came) =>
        new($"The outcome of \"{Id}\" is {came}; expected {what}.", nameof(came));
}
