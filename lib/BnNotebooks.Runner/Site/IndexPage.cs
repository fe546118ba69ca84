using System.Globalization;
using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders the page that lists the notebooks.</summary>
static class IndexPage
{
    /// <summary>The page. The link to the library's reference, or what holds its place, stands as it is.</summary>
    public static string Render(IReadOnlyList<SitePage> pages, SiteInfo info, SiteContents site, string referenceHtml)
    {
        var body = $"""
            {site.Bar("index.html")}
            <main id="content">
            <header class="course-title">
            <h1>{WebUtility.HtmlEncode(info.Title)}</h1>
            <p>{WebUtility.HtmlEncode(info.Description)}</p>
            <p class="eyebrow">{Totals(pages)}</p>
            </header>
            {TryIt.Render(pages, info)}
            {Paths(pages, info.Book)}
            <ol class="notebooks">
            {string.Join('\n', pages.Select(page => Row(page, info.Book.About(page.Notebook.Name))))}
            </ol>
            {LedgerPage.Link(info)}
            {(info.Pdf is null ? "" : $"<p>The whole course to print: <a href=\"{SiteBuilder.PdfName}\">one PDF</a>, with the solutions of the exercises at its end.</p>")}
            {referenceHtml}
            {Packages(info.Packages)}
            </main>
            """;
        return PageShell.Render(info.Title, info.Description, "course", body, [], info.AddressOf("index.html"));
    }

    static string Row(SitePage page, BookEntry? about) => $"""
        <li><a href="{Uri.EscapeDataString(page.FileName)}">
        <span class="number">{WebUtility.HtmlEncode(page.Number)}</span>
        <span class="about"><strong>{WebUtility.HtmlEncode(page.Title)}</strong>
        <span class="summary">{(about is null ? MarkdownText.ToHtml(NotebookPage.Summary(page.Notebook)) : WebUtility.HtmlEncode(about.Sentence))}</span>
        <span class="why">{WebUtility.HtmlEncode(page.Problem)}</span>
        <span class="state {(page.Succeeded ? "ran" : "failed")}">{string.Join(" · ", [.. about is null ? (string[])[] : [$"{about.Minutes} minutes to read"], .. State(page)])}</span></span>
        {(about is null ? "" : $"<img class=\"thumbnail\" src=\"{about.Thumbnail}\" width=\"160\" height=\"100\" alt=\"\" loading=\"lazy\">")}
        </a></li>
        """;

    // Ways through the course, first of all: few read twenty notebooks from the first to the last.
    static string Paths(IReadOnlyList<SitePage> pages, CourseBook book)
    {
        var here = pages.ToDictionary(page => page.Notebook.Name);
        string Link(string notebook) => here.TryGetValue(notebook, out var page)
            ? $"<a href=\"{Uri.EscapeDataString(page.FileName)}\">{WebUtility.HtmlEncode($"{page.Number} {page.Title}".Trim())}</a>"
            : WebUtility.HtmlEncode(notebook);
        return book.Paths.Count == 0 ? "" : $"""
            <section class="paths" aria-labelledby="paths">
            <h2 id="paths">Where to begin</h2>
            <dl>
            {string.Join('\n', book.Paths.Select(path => $"<dt>{WebUtility.HtmlEncode(path.Name)} <span class=\"time\">{Time(path, book)}</span></dt><dd>{WebUtility.HtmlEncode(path.For)} <span class=\"steps\">{string.Join(" → ", path.Notebooks.Select(Link))}</span></dd>"))}
            </dl>
            {TeachersPage.Link}
            </section>
            """;
    }

    static string Time(ReadingPath path, CourseBook book)
    {
        var minutes = path.Notebooks.Sum(notebook => book.About(notebook)?.Minutes ?? 0);
        return minutes < 120 ? $"about {minutes} minutes" : string.Create(CultureInfo.InvariantCulture, $"about {minutes / 60.0:0} hours");
    }

    // Of a notebook that was not run just now nothing is said, unless it failed when it was.
    static string[] State(SitePage page) => page switch
    {
        { Succeeded: false } => ["failed"],
        { Seconds: { } seconds } => [string.Create(CultureInfo.InvariantCulture, $"ran in {seconds:0.0} s")],
        _ => [],
    };

    static string Totals(IReadOnlyList<SitePage> pages)
    {
        var failed = pages.Count(page => !page.Succeeded);
        var notebooks = pages.Count == 1 ? "1 notebook" : $"{pages.Count} notebooks";
        var cells = pages.Sum(page => page.Cells);
        var outcome = failed == 0 ? "none failed" : $"{failed} failed";
        return pages.All(page => page.Seconds is not null)
            ? string.Create(CultureInfo.InvariantCulture, $"{notebooks} · {cells} cells run in {pages.Sum(page => page.Seconds):0.0} s · {outcome}")
            : $"{notebooks} · {cells} cells, with the outputs that the notebooks carry";
    }

    static string Packages(IReadOnlyList<PackageInUse> packages)
    {
        if (packages.Count == 0)
            return "";
        var rows = string.Concat(packages.Select(package => $"""
            <tr><th scope="row">{WebUtility.HtmlEncode(package.Id)}</th>
            <td>{WebUtility.HtmlEncode(package.Version)}</td></tr>
            """));
        return $"""
            <section class="packages" aria-labelledby="packages">
            <h2 id="packages">What the notebooks ran with</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">Package</th><th scope="col">Version</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            </section>
            """;
    }
}
