using System.Net;
using System.Text.RegularExpressions;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax.Inlines;

namespace BnNotebooks.Runner.Site;

/// <summary>A line of Markdown without its links and emphasis, for tables of contents, summaries and descriptions.</summary>
static partial class MarkdownText
{
    /// <summary>As HTML; code and formulas stay what they are.</summary>
    public static string ToHtml(IEnumerable<Inline> inlines) => string.Concat(inlines.Select(inline => inline switch
    {
        MathInline math => $"<span class=\"math\">\\({WebUtility.HtmlEncode(math.Content.ToString())}\\)</span>",
        CodeInline code => $"<code>{WebUtility.HtmlEncode(code.Content)}</code>",
        _ => WebUtility.HtmlEncode(Plain(inline)),
    }));

    /// <summary>As bare text; formulas as TeX.</summary>
    public static string ToText(IEnumerable<Inline> inlines) => string.Concat(inlines.Select(Plain));

    /// <summary>The inlines up to the end of the first sentence.</summary>
    public static IEnumerable<Inline> FirstSentence(ContainerInline? container)
    {
        foreach (var inline in Leaves(container))
        {
            var end = inline is LiteralInline ? SentenceEnd().Match(Plain(inline)) : Match.Empty;
            if (end.Success)
            {
                yield return new LiteralInline(Plain(inline)[..(end.Index + 1)]);
                yield break;
            }
            yield return inline;
        }
    }

    /// <summary>The inlines that carry text, in order.</summary>
    public static IEnumerable<Inline> Leaves(ContainerInline? container) =>
        container?.FindDescendants<Inline>().Where(inline => inline is LeafInline and not HtmlInline) ?? [];

    static string Plain(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline math => math.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LineBreakInline => " ",
        _ => "",
    };

    // A full stop after a one-letter abbreviation ("e.g.", "i.e.") or within a number ends no sentence.
    [GeneratedRegex(@"(?<!\b\p{L})[.!?](?=\s|$)")]
    private static partial Regex SentenceEnd();
}
