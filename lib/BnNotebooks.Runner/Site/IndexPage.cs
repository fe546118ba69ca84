using System.Globalization;
using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders the page that lists the notebooks.</summary>
static class IndexPage
{
    /// <summary>The page. The link to the library's reference, or what holds its place, stands as it is.</summary>
    public static string Render(IReadOnlyList<SitePage> pages, SiteInfo info, string referenceHtml)
    {
        var body = $"""
            <main id="content">
            <header class="course-title">
            <h1>{WebUtility.HtmlEncode(info.Title)}</h1>
            <p>{WebUtility.HtmlEncode(info.Description)}</p>
            <p class="eyebrow">{Totals(pages)}</p>
            </header>
            <ol class="notebooks">
            {string.Join('\n', pages.Select(Row))}
            </ol>
            {referenceHtml}
            {Packages(info.Packages)}
            </main>
            """;
        return PageShell.Render(info.Title, info.Description, "course", body, []);
    }

    static string Row(SitePage page) => $"""
        <li><a href="{Uri.EscapeDataString(page.FileName)}">
        <span class="number">{WebUtility.HtmlEncode(page.Number)}</span>
        <span class="about"><strong>{WebUtility.HtmlEncode(page.Title)}</strong>
        <span class="summary">{MarkdownText.ToHtml(NotebookPage.Summary(page.Notebook))}</span>
        <span class="why">{WebUtility.HtmlEncode(page.Problem)}</span></span>
        <span class="state {(page.Succeeded ? "ran" : "failed")}">{State(page)}</span>
        </a></li>
        """;

    static string State(SitePage page) => page.Succeeded
        ? string.Create(CultureInfo.InvariantCulture, $"ran in {page.Seconds:0.0} s")
        : "failed";

    static string Totals(IReadOnlyList<SitePage> pages)
    {
        var failed = pages.Count(page => !page.Succeeded);
        var notebooks = pages.Count == 1 ? "1 notebook" : $"{pages.Count} notebooks";
        var cells = pages.Sum(page => page.Cells);
        var outcome = failed == 0 ? "none failed" : $"{failed} failed";
        var seconds = pages.Sum(page => page.Seconds);
        return string.Create(
            CultureInfo.InvariantCulture, $"{notebooks} · {cells} cells run in {seconds:0.0} s · {outcome}");
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
