namespace BnNotebooks.Runner.Site;

/// <summary>The page for teachers: <c>docs/teaching.md</c>, which this assembly embeds, as a page of the site.</summary>
static class TeachersPage
{
    public const string FileName = "teaching.html";

    /// <summary>The line on the index that leads to it.</summary>
    public const string Link = $"""<p class="teachers">To teach it: <a href="{FileName}">a page for teachers</a> says what to show, what students get wrong, and how long it takes.</p>""";

    /// <summary>The page.</summary>
    public static string Render(SiteInfo info, SiteContents site)
    {
        // In the repository the file lies beside the notebooks' folder; on the site all pages lie together.
        using var reader = new StreamReader(typeof(TeachersPage).Assembly.GetManifestResourceStream("teaching.md")!);
        var markdown = new MarkdownRenderer(new PageLinks(info.Book.Notebooks.Select(entry => entry.Notebook)));
        var body = $"""
            {site.Bar(FileName)}
            <main id="content">
            {markdown.Render(reader.ReadToEnd().Replace("../notebooks/", "", StringComparison.Ordinal))}
            </main>
            """;
        return PageShell.Render($"For teachers · {info.Title}", "What to show, what students get wrong, and how long it takes.", "course", body, [], info.AddressOf(FileName));
    }
}
