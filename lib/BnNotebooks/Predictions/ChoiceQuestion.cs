using System.Net;

namespace BnNotebooks.Predictions;

/// <summary>One of several answers.</summary>
sealed class ChoiceQuestion : Question
{
    readonly string[] answers;

    public ChoiceQuestion(string id, string text, string[] answers) : base(id, text)
    {
        if (answers is not { Length: >= 2 and <= 6 } || answers.Distinct(StringComparer.Ordinal).Count() < answers.Length || answers.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"\"{id}\" needs 2 to 6 different answers; it has: {string.Join(" | ", answers ?? [])}.", nameof(answers));
        this.answers = answers;
    }

    public override PredictionView Ask() => new(
        PredictionHtml.Prompt(this, "choice", [], $"<ul>{string.Concat(answers.Select(answer => $"<li>{WebUtility.HtmlEncode(answer)}</li>"))}</ul>"),
        $"Predict: {Text}\n{string.Join('\n', answers.Select(answer => $"  ( ) {answer}"))}");

    /// <summary>The outcome.</summary>
    /// <param name="answer">One of the answers, as it is written there.</param>
    /// <param name="because">A sentence more, or null.</param>
    /// <exception cref="ArgumentException">It is none of the answers.</exception>
    public PredictionView Outcome(string answer, string? because) => answers.Contains(answer)
        ? PredictionHtml.Outcome(this, "choice", [("answer", answer)], answer, because)
        : throw Expects($"one of its answers: {string.Join(" | ", answers)}", $"\"{answer}\"");
}
