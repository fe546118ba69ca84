using System.Globalization;
using System.Net;
using System.Text;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders one notebook as a page.</summary>
static class NotebookPage
{
    /// <summary>The page, with links to the ones before and after it in the course.</summary>
    public static string Render(SitePage page, SitePage? previous, SitePage? next, SiteInfo info, PageLinks links)
    {
        var markdown = new MarkdownRenderer(links);
        var content = Cells(page.Notebook, markdown);
        if (markdown.Headings.All(heading => heading.Level != 1))
            content = $"<h1>{WebUtility.HtmlEncode(page.Title)}</h1>\n{content}";
        var contents = TableOfContents(markdown.Headings);
        var body = $"""
            <header class="bar">
            <a class="home" href="index.html">{WebUtility.HtmlEncode(info.Title)}</a>
            {Neighbours(previous, next)}
            </header>
            <div class="columns">
            {contents}
            <main id="content">
            <p class="eyebrow">{RunText(page)}</p>
            {Failure(page)}
            {content}
            <nav class="next" aria-label="Previous and next notebook">
            {NextCard(previous, "Previous", "prev")}
            {NextCard(next, "Next", "next")}
            </nav>
            </main>
            </div>
            """;
        var summary = MarkdownText.ToText(Summary(page.Notebook));
        return PageShell.Render($"{page.Title} · {info.Title}", summary, "notebook", body);
    }

    /// <summary>The first sentence of the notebook.</summary>
    public static IReadOnlyList<Markdig.Syntax.Inlines.Inline> Summary(NotebookDocument notebook) =>
        MarkdownRenderer.Summary(notebook.Cells.Where(cell => cell.Kind == "markdown").Select(cell => cell.Source));

    /// <summary>How the run went, in a few words.</summary>
    public static string RunText(SitePage page)
    {
        var number = page.Number.Length > 0 ? $"Notebook {page.Number} · " : "";
        var cells = page.Cells == 1 ? "1 cell" : $"{page.Cells} cells";
        return string.Create(CultureInfo.InvariantCulture, $"{number}{cells} run in {page.Seconds:0.0} s");
    }

    static string Cells(NotebookDocument notebook, MarkdownRenderer markdown)
    {
        var outputs = new OutputRenderer(markdown);
        var html = new StringBuilder();
        foreach (var cell in notebook.Cells)
            html.AppendLine(cell.Kind switch
            {
                "markdown" => $"""<div class="prose">{markdown.Render(cell.Source)}</div>""",
                "code" => CodeCell(cell, outputs),
                _ => $"""<pre class="raw">{WebUtility.HtmlEncode(cell.Source)}</pre>""",
            });
        return html.ToString();
    }

    static string CodeCell(NotebookCell cell, OutputRenderer outputs)
    {
        var language = cell.KernelName ?? "csharp";
        var label = language == "csharp" ? "C#" : language;
        var count = cell.ExecutionCount is { } number ? $"<span class=\"count\">{number}</span>" : "";
        var results = outputs.Render(cell.Outputs);
        var source = cell.Source.Trim('\n', '\r');
        return $"""
            <div class="cell" role="group" aria-label="{WebUtility.HtmlEncode(label)} cell">
            <div class="source">
            <div class="label" aria-hidden="true">{WebUtility.HtmlEncode(label)}{count}</div>
            {Source(language, source)}
            </div>
            {(results.Length > 0 ? $"<div class=\"outputs\">{results}</div>" : "")}
            </div>
            """;
    }

    // An HTML cell is there to be used. Its source, markup and script, is long and not the lesson.
    static string Source(string language, string source)
    {
        var code = $"""<pre><code class="language-{WebUtility.HtmlEncode(language)}">{WebUtility.HtmlEncode(source)}</code></pre>""";
        return language == "html" ? $"<details><summary>The source of what is shown below</summary>{code}</details>" : code;
    }

    static string TableOfContents(IReadOnlyList<Heading> headings)
    {
        var entries = headings.Where(heading => heading.Level is 2 or 3).ToList();
        if (entries.Count < 2)
            return "";
        var items = string.Concat(entries.Select(heading =>
            $"""<li class="level{heading.Level}"><a href="#{heading.Id}">{heading.Html}</a></li>"""));
        return $"""
            <nav class="contents" aria-label="On this page">
            <details open><summary>On this page</summary><ol>{items}</ol></details>
            </nav>
            """;
    }

    static string Failure(SitePage page) => page.Succeeded ? "" : $"""
        <div class="failure" role="note">
        <strong>This notebook did not run through.</strong> {WebUtility.HtmlEncode(page.Problem)}
        </div>
        """;

    static string Neighbours(SitePage? previous, SitePage? next) => $"""
        <nav aria-label="Course">
        {NextLink(previous, "← Previous")}
        {NextLink(next, "Next →")}
        </nav>
        """;

    static string NextLink(SitePage? page, string text) => page is null ? "" :
        $"""<a href="{Address(page)}" title="{WebUtility.HtmlEncode(page.Title)}">{text}</a>""";

    static string NextCard(SitePage? page, string word, string relation) => page is null ? "<span></span>" :
        $"""<a rel="{relation}" href="{Address(page)}"><small>{word}</small>{WebUtility.HtmlEncode(page.Title)}</a>""";

    static string Address(SitePage page) => Uri.EscapeDataString(page.FileName);
}
