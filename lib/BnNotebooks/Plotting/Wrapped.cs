using System.Text.RegularExpressions;

namespace BnNotebooks.Plotting;

/// <summary>Text of several lines. plotly.js breaks no line by itself: what is too long for its place is cut.</summary>
static partial class Wrapped
{
    const string Break = "<br>";

    /// <summary>The text in lines of at most so many characters, broken at spaces. Its own breaks stay; longer words stay whole.</summary>
    public static string At(int width, string text) => string.Join(Break, text.Split(Break).SelectMany(line => Lines(width, line)));

    /// <summary>How many lines a text has.</summary>
    public static int LinesOf(string text) => text.Split(Break).Length;

    /// <summary>How many characters a reader sees of a text without breaks.</summary>
    public static int Length(string text) => Tags().Replace(text, "").Length;

    static IEnumerable<string> Lines(int width, string text)
    {
        if (text.StartsWith("<sup>", StringComparison.Ordinal))
            width = width * 10 / 7; // small type
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Length(line) + 1 + Length(word) > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length > 0 ? $"{line} {word}" : word;
        }
        yield return line;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
