using System.Text.RegularExpressions;

namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>An answer as somebody might write it who has never seen the exercise's list of mistakes.</summary>
/// <param name="Name">Exercise and what was done: <c>Forward: the last row is left out of the mean</c>.</param>
/// <param name="Words">For a wrong answer: the message must have one of them if it names what was really done. Empty for a right one.</param>
/// <param name="Check">Checks it.</param>
public sealed record Answer(string Name, string[] Words, Func<CheckResult> Check)
{
    /// <summary>Whether a message speaks of what was done.</summary>
    public bool IsNamedBy(string message) => Words.Any(word => word.Length > 2 ? message.Contains(word, StringComparison.OrdinalIgnoreCase)
        : Regex.IsMatch(message, $@"(?<!\p{{L}}){Regex.Escape(word)}(?!\p{{L}})")); // a letter or two stand by themselves: N, dy, γ
}
