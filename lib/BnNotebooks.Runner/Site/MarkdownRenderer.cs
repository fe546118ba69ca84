using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BnNotebooks.Runner.Site;

/// <summary>A heading of a page, for its table of contents.</summary>
sealed record Heading(int Level, string Id, string Html);

/// <summary>Renders the Markdown cells of one notebook, and collects their headings on the way.</summary>
sealed partial class MarkdownRenderer(PageLinks links)
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseMathematics()
        .UsePipeTables()
        .UseFootnotes()
        .UseEmphasisExtras()
        .UseTaskLists()
        .UseAutoLinks()
        .UseAlertBlocks()
        .Build();

    readonly List<Heading> headings = [];
    readonly HashSet<string> ids = ["content"]; // the frame of the page has this one
    int cells;

    /// <summary>The headings of all cells rendered so far.</summary>
    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>The first sentence of the first paragraph, as inlines; empty where there is none.</summary>
    public static IReadOnlyList<Inline> Summary(IEnumerable<string> markdown) => markdown
        .SelectMany(Blocks)
        .OfType<ParagraphBlock>()
        .Select(paragraph => MarkdownText.FirstSentence(paragraph.Inline).ToList())
        .FirstOrDefault(sentence => sentence.Count > 0, []);

    // Text that is nested too deeply for Markdig is no summary. The page says what became of it.
    static IEnumerable<Block> Blocks(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    /// <summary>One cell as HTML.</summary>
    /// <exception cref="ArgumentException">It is nested too deeply.</exception>
    public string Render(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            AddAnchor(heading);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Rewrite(link);
        foreach (var formula in document.Descendants<MathInline>().Where(formula => formula.DelimiterCount == 2))
            formula.GetAttributes().AddClass("display"); // $$…$$ in one line

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.Render(document);

        // Markdig numbers the footnotes of each cell from 1, so their ids need the cell's number to be unique on the page.
        cells++;
        var html = FootnoteId().Replace(writer.ToString(), $"$1cell{cells}-$2");
        return SafeHtml.Prose(EmptyHeader().Replace(html, "<td$1></td>"), links);
    }

    void AddAnchor(HeadingBlock heading)
    {
        if (heading.Inline is null)
            return;
        var leaves = MarkdownText.Leaves(heading.Inline).ToList();
        var slug = LinkHelper.UrilizeAsGfm(MarkdownText.ToText(leaves));
        if (slug.Length == 0)
            slug = "section";
        var id = slug;
        for (var again = 1; !ids.Add(id); again++)
            id = $"{slug}-{again}";

        headings.Add(new Heading(heading.Level, id, MarkdownText.ToHtml(leaves)));
        heading.GetAttributes().Id = id;
        heading.Inline.AppendChild(
            new HtmlInline($"""<a class="anchor" href="#{id}" aria-label="Link to this section">#</a>"""));
    }

    void Rewrite(LinkInline link)
    {
        var url = link.Url ?? "";
        if (link.IsImage && links.Picture(url) is { } picture)
            link.Url = picture;
        else if (links.Resolve(url) is { } address)
        {
            // A picture from the web becomes a link to it: the pages load nothing from the network.
            link.IsImage = false;
            link.Url = address;
        }
        else
        {
            // The site has no such file, so the link keeps its text alone.
            while (link.FirstChild is { } child)
            {
                child.Remove();
                link.InsertBefore(child);
            }
            link.Remove();
        }
    }

    [GeneratedRegex("(id=\"|href=\"#)(fn(?:ref)?:)")]
    private static partial Regex FootnoteId();

    // A screen reader announces an empty header cell as a heading without a name.
    [GeneratedRegex("<th( [^>]*)?></th>")]
    private static partial Regex EmptyHeader();

    /// <summary>A table wider than the column scrolls in a box of its own.</summary>
    sealed class ScrollingTableRenderer : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.Write("<div class=\"scroll\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
