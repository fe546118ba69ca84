using System.Text.RegularExpressions;

namespace BnNotebooks.Evidence;

/// <summary>
/// Sentences in prose that the evidence composes. In Markdown they stand between two comments, which no reader sees:
/// <c>&lt;!--evidence faster-training/gain--&gt;2.8 times fewer steps (2.5 to 3.1)&lt;!--/--&gt;</c>. <c>dotnet bn.cs evidence --update</c>
/// writes them, and a test composes them again and compares.
/// </summary>
public static partial class Prose
{
    /// <summary>The text with all sentences as the committed evidence composes them now.</summary>
    /// <param name="markdown">A page, or a part of one.</param>
    /// <exception cref="ArgumentException">There is no such study or sentence.</exception>
    /// <exception cref="InvalidDataException">A comment begins a sentence and none ends it.</exception>
    public static string Fill(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        if (Opening().Count(markdown) != Marked().Count(markdown))
            throw new InvalidDataException($"A sentence begins with <!--evidence …--> and does not end with <!--/--> on the same line: {Opening().Match(markdown).Value}");
        return Marked().Replace(markdown, match => $"{match.Groups[1].Value}{Sentence(match.Groups[2].Value, match.Groups[3].Value)}<!--/-->");
    }

    /// <summary>A text of the ledger, in which <c>{faster-training/gain}</c> stands for a sentence.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">There is no such study or sentence.</exception>
    public static string FillBraces(string text) => Braces().Replace(text, match => Sentence(match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>What is left of a text when the composed sentences are taken out.</summary>
    internal static string Without(string markdown) => Marked().Replace(markdown, "");

    /// <summary>One sentence.</summary>
    /// <exception cref="ArgumentException">There is no such study or sentence.</exception>
    public static string Sentence(string study, string name) =>
        StudyList.Named(study).Sentences.TryGetValue(name, out var compose)
            ? compose(EvidenceFile.Read(study))
            : throw new ArgumentException($"The study '{study}' composes no sentence '{name}'. It composes: {string.Join(", ", StudyList.Named(study).Sentences.Keys)}.", nameof(name));

    [GeneratedRegex("(<!--evidence ([a-z0-9-]+)/([a-z0-9-]+)-->).*?<!--/-->")]
    private static partial Regex Marked();

    [GeneratedRegex("<!--evidence [^>]*-->")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\{([a-z0-9-]+)/([a-z0-9-]+)\}")]
    private static partial Regex Braces();
}
