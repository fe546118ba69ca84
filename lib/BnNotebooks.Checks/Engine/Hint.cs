using System.Net;

namespace BnNotebooks.Checks;

/// <summary>A step towards an exercise's solution, or the solution.</summary>
/// <param name="Title">Which exercise, and which of its hints.</param>
/// <param name="Text">The hint, in words; empty where it is the solution.</param>
/// <param name="Code">The solution's C#, or null.</param>
public sealed record Hint(string Title, string Text, string? Code)
{
    /// <summary>The hint as lines of text.</summary>
    public override string ToString() => $"{Title}: {Text}{(Code is null ? "" : $"\n{Code}")}";

    /// <summary>The hint as HTML that needs no style sheet.</summary>
    public string ToHtml() =>
        $"""<div style="border-left:4px solid #5b7fd9;padding:4px 12px;margin:6px 0;overflow-wrap:anywhere"><strong>{WebUtility.HtmlEncode(Title)}.</strong> {WebUtility.HtmlEncode(Text)}{(Code is null ? "" : $"<pre>{WebUtility.HtmlEncode(Code)}</pre>")}</div>""";
}
