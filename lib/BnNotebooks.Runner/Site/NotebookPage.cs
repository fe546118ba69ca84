using System.Globalization;
using System.Net;
using System.Text;
using BnNotebooks.Predictions;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Views;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders one notebook as a page.</summary>
static class NotebookPage
{
    // Beside the text the contents of a page are open; above it they would push the text down. It stands right behind them, so
    // that nothing moves after it has been seen.
    const string Unfold = "document.currentScript.previousElementSibling.firstElementChild.open = matchMedia(\"(min-width: 78rem)\").matches";

    /// <summary>The page, with links to the ones before and after it in the course, and what of it could not be shown.</summary>
    public static (string Html, IReadOnlyList<string> Problems) Render(
        SitePage page, SitePage? previous, SitePage? next, SiteInfo info, SiteContents site, PageLinks links)
    {
        var markdown = new MarkdownRenderer(links);
        var parts = new PageParts(page.Notebook.Name);
        var outputs = new OutputRenderer(markdown, parts);
        var content = Cells(page.Notebook, info.Live, markdown, outputs, parts);
        if (markdown.Headings.All(heading => heading.Level != 1))
            content = $"<h1>{WebUtility.HtmlEncode(page.Title)}</h1>\n{content}";
        var contents = TableOfContents(markdown.Headings);
        var body = $"""
            {site.Bar(page.FileName)}
            <div class="columns">
            {contents}
            <main id="content">
            <p class="eyebrow">{RunText(page)}</p>
            {LaunchLinks.Of(info.Repository, page.Notebook.Name)}
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
        return (PageShell.Render($"{page.Title} · {info.Title}", summary, "notebook", body, [.. outputs.Scripts, SafeHtml.Hash(Unfold)], info.AddressOf(page.FileName)), parts.Problems);
    }

    /// <summary>The anchor of a cell on its notebook's page.</summary>
    public static string Anchor(string cellId) => WebUtility.HtmlEncode("cell-" + cellId);

    /// <summary>The first sentence of the notebook.</summary>
    public static IReadOnlyList<Markdig.Syntax.Inlines.Inline> Summary(NotebookDocument notebook) =>
        MarkdownRenderer.Summary(notebook.Cells.Where(cell => cell.Kind == "markdown").Select(cell => cell.Source));

    /// <summary>How the run went, in a few words; where nothing was run, where the outputs are from.</summary>
    public static string RunText(SitePage page)
    {
        var number = page.Number.Length > 0 ? $"Notebook {page.Number} · " : "";
        var cells = page.Cells == 1 ? "1 cell" : $"{page.Cells} cells";
        return page.Seconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{number}{cells} run in {seconds:0.0} s")
            : $"{number}{cells}, with the outputs of {(page.IsStale ? "an earlier version of them" : "their last run")}";
    }

    static string Cells(NotebookDocument notebook, LiveCells live, MarkdownRenderer markdown, OutputRenderer outputs, PageParts parts)
    {
        var html = new StringBuilder();
        var ids = new HashSet<string>();
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            parts.Cell = index + 1;
            var role = cell.Kind == "code" ? live.RoleOf(notebook, cell) : CellRole.OfAPageThatRunsNothing;
            html.Append(LiveHtml.PageBar(role, notebook.Name));
            html.AppendLine(cell.Kind switch
            {
                "markdown" => $"""<div class="prose">{parts.Render("text", cell.Source, () => markdown.Render(cell.Source))}</div>""",
                "code" => parts.Render("source", cell.Source, () => CodeCell(cell, role, outputs, ids)),
                _ => $"""<pre class="raw">{WebUtility.HtmlEncode(cell.Source)}</pre>""",
            });
        }
        return html.ToString();
    }

    // The first cell of a name has it as its anchor; in a sound notebook there is no second.
    static string CodeCell(NotebookCell cell, CellRole role, OutputRenderer outputs, HashSet<string> ids)
    {
        var id = cell.Id.Length > 0 && ids.Add(cell.Id) ? $" id=\"{Anchor(cell.Id)}\"" : "";
        var language = cell.KernelName ?? "csharp";
        var label = language == "csharp" ? "C#" : language;
        var count = cell.ExecutionCount is { } number ? $"<span class=\"count\">{number}</span>" : "";
        var results = outputs.Render(cell.Outputs);
        var source = cell.Source.Trim('\n', '\r');
        var code = $"""
            <div class="source">
            <div class="label" aria-hidden="true">{WebUtility.HtmlEncode(label)}{count}</div>
            <pre><code class="language-{WebUtility.HtmlEncode(language)}">{WebUtility.HtmlEncode(source)}</code></pre>
            {LiveHtml.Remark(role, cell)}{LiveHtml.CellBar(role)}
            </div>
            """;
        // A question, its outcome, or a figure to play with is read as prose; whoever wants its source unfolds it, below.
        if (results.Contains(PredictionHtml.Marker, StringComparison.Ordinal) || results.Contains(Explorable.Marker, StringComparison.Ordinal))
            return $"""
                <div class="cell asks"{id}{LiveHtml.Attribute(role, cell)}>
                <div class="outputs">{results}</div>
                <details><summary>C#</summary>{code}</details>
                </div>
                """;
        return $"""
            <div class="cell"{id}{LiveHtml.Attribute(role, cell)} role="group" aria-label="{WebUtility.HtmlEncode(label)} cell">
            {code}
            {(results.Length > 0 ? $"<div class=\"outputs\">{results}</div>" : "")}
            </div>
            """;
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
            <details><summary>On this page</summary><ol>{items}</ol></details>
            </nav><script>{Unfold}</script>
            """;
    }

    static string Failure(SitePage page) => page.Succeeded ? "" : $"""
        <div class="failure" role="note">
        <strong>{(page.Seconds is null ? "The outputs are of a run that failed." : "This notebook did not run through.")}</strong> {WebUtility.HtmlEncode(page.Problem)}
        </div>
        """;

    static string NextCard(SitePage? page, string word, string relation) => page is null ? "<span></span>" :
        $"""<a rel="{relation}" href="{Address(page)}"><small>{word}</small>{WebUtility.HtmlEncode(page.Title)}</a>""";

    static string Address(SitePage page) => Uri.EscapeDataString(page.FileName);
}
