using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace BnNotebooks.Runner.Site;

/// <summary>A place that a search can lead to: a heading of a page and what stands below it, up to the next.</summary>
/// <param name="Page">What the page is called.</param>
/// <param name="Heading">The heading.</param>
/// <param name="Address">Where it is: <c>06-inference.html#folding</c>.</param>
/// <param name="Text">The prose below it.</param>
/// <param name="Code">The code below it.</param>
sealed record PageSection(string Page, string Heading, string Address, string Text, string Code);

/// <summary>Takes a page of the site apart at its headings, and a table of claims at its rows.</summary>
static partial class PageSections
{
    // What a reader sees is searched. Outputs are numbers for the most part, and some wait behind a prediction.
    const string LeftOut = "script, style, noscript, nav, form, button, .anchor, .eyebrow, .launch, .label, .plot, .output:not(.chart), .cover, .asks summary, .live-page, .live-bar, .recorded, thead, caption";

    /// <summary>The sections of a page, in order.</summary>
    /// <param name="file">The page's file.</param>
    /// <param name="html">The page.</param>
    public static IEnumerable<PageSection> Of(string file, string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var main = document.QuerySelector("main");
        if (main is null)
            return [];
        foreach (var element in main.QuerySelectorAll(LeftOut).ToList())
            element.Remove();
        var sections = new List<Draft>();
        Read(main, sections);
        var page = sections.FirstOrDefault(section => section.Level == 1)?.Heading.Trim() ?? "";
        return [.. sections.Select(section => section.Finished(page, file))];
    }

    static void Read(INode node, List<Draft> sections)
    {
        foreach (var child in node.ChildNodes)
            switch (child)
            {
                case IElement { LocalName: "h1" or "h2" or "h3" } heading:
                    sections.Add(new(heading.LocalName[1] - '0', heading.Id, OneLine(Plain(heading))));
                    break;
                case IElement { LocalName: "tr", Id: { } id } row when row.QuerySelector("th") is { } head:
                    var said = head.QuerySelector(".said");
                    said?.Remove();
                    sections.Add(new(4, id, OneLine(Plain(head))));
                    head.Remove();
                    Last(sections).Text.Append(said?.TextContent).Append(": ");
                    Read(row, sections);
                    break;
                case IElement { LocalName: "pre" } code:
                    Last(sections).Code.Append(code.TextContent).Append('\n');
                    break;
                case IElement element when element.ClassList.Contains("math"):
                    Last(sections).Text.Append(Formula(element.TextContent));
                    break;
                case IElement element:
                    Read(element, sections);
                    if (element.LocalName is "p" or "li" or "td" or "th" or "div" or "tr" or "summary" or "figcaption")
                        Last(sections).Text.Append(' ');
                    break;
                case IText text:
                    Last(sections).Text.Append(text.Data);
                    break;
            }
    }

    static Draft Last(List<Draft> sections)
    {
        if (sections.Count == 0)
            sections.Add(new(0, null, ""));
        return sections[^1];
    }

    static string Plain(IElement heading) => heading.QuerySelectorAll(".math").Aggregate(
        heading.TextContent, (text, math) => text.Replace(math.TextContent, Formula(math.TextContent), StringComparison.Ordinal));

    /// <summary>A formula as one would type it: <c>\(\hat x = \gamma\)</c> as <c>x = γ</c>.</summary>
    internal static string Formula(string tex)
    {
        var letters = Command().Replace(tex, match => Letters.GetValueOrDefault(match.Groups[1].Value, " "));
        return OneLine(Signs().Replace(letters, " "));
    }

    static string OneLine(string text) => Space().Replace(text, " ").Trim();

    static readonly Dictionary<string, string> Letters = new(
        "alpha α beta β gamma γ epsilon ε varepsilon ε mu μ sigma σ eta η theta θ lambda λ times × cdot · sqrt √ le ≤ ge ≥ approx ≈ partial ∂ sum Σ infty ∞ to →"
            .Split(' ').Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])));

    [GeneratedRegex(@"\\([A-Za-z]+)\s?")]
    private static partial Regex Command();

    [GeneratedRegex(@"\\.|[{}_^$&]")]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    sealed class Draft(int level, string? id, string heading)
    {
        public int Level => level;

        public string Heading => heading;

        public StringBuilder Text { get; } = new();

        public StringBuilder Code { get; } = new();

        public PageSection Finished(string page, string file) => new(
            page, heading.Length > 0 ? heading : page, Uri.EscapeDataString(file) + (id is null || level == 1 ? "" : "#" + id),
            OneLine(Text.ToString()), OneLine(Code.ToString()));
    }
}
