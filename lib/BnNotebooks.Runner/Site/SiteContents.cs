using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>A page that is no notebook.</summary>
/// <param name="File">Its file.</param>
/// <param name="Title">What it is called.</param>
sealed record OtherPage(string File, string Title);

/// <summary>Every page of the site in its order: what the bar of each page lists.</summary>
/// <param name="info">What the pages say about the course as a whole.</param>
/// <param name="notebooks">The notebooks' pages.</param>
/// <param name="others">The pages that come after them.</param>
sealed class SiteContents(SiteInfo info, IReadOnlyList<SitePage> notebooks, IReadOnlyList<OtherPage> others)
{
    // The bell curve of the tab's icon.
    const string Bell = """
        <svg class="bell" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><rect width="32" height="32" rx="7"/><path d="M4 25C12 25 11 7 16 7s4 18 12 18"/></svg>
        """;

    /// <summary>What stands above every page: the way home, the contents, the search, and the pages before and after.</summary>
    /// <param name="here">The file of the page that it stands on.</param>
    public string Bar(string here)
    {
        var place = notebooks.Index().Where(entry => entry.Item.FileName == here).Select(entry => (int?)entry.Index).FirstOrDefault();
        return $"""
            <header class="bar">
            <a class="home" href="index.html">{Bell}<span>{WebUtility.HtmlEncode(info.Title)}</span></a>
            <details class="menu">
            <summary>Contents</summary>
            <nav aria-label="All pages">
            <ol>
            {Item(here, "index.html", "", "All notebooks")}
            {string.Concat(notebooks.Select(page => Item(here, page.FileName, page.Number, page.Title)))}
            {string.Concat(others.Select(page => Item(here, page.File, "", page.Title)))}
            </ol>
            </nav>
            </details>
            {SearchBox.Html}
            {(place is { } at ? Neighbours(notebooks.ElementAtOrDefault(at - 1), notebooks.ElementAtOrDefault(at + 1)) : "")}
            </header>
            """;
    }

    static string Item(string here, string file, string number, string title) =>
        $"""<li><a href="{Uri.EscapeDataString(file)}"{(file == here ? " aria-current=\"page\"" : "")}><span class="number">{WebUtility.HtmlEncode(number)}</span> {WebUtility.HtmlEncode(title)}</a></li>""" + "\n";

    static string Neighbours(SitePage? previous, SitePage? next) => $"""
        <nav class="neighbours" aria-label="Course">
        {Neighbour(previous, "←", "Previous")}
        {Neighbour(next, "→", "Next")}
        </nav>
        """;

    // Where there is room for the arrow alone, its name is still the word's.
    static string Neighbour(SitePage? page, string arrow, string word) => page is null ? "" :
        $"""<a href="{Uri.EscapeDataString(page.FileName)}" title="{WebUtility.HtmlEncode(page.Title)}" aria-label="{word}"><span aria-hidden="true">{(word == "Next" ? $"<span class=\"word\">{word}</span> {arrow}" : $"{arrow} <span class=\"word\">{word}</span>")}</span></a>""";
}
