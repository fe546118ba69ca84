using BnNotebooks.Runner.Site.Live;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// Writes the course as static pages: one a notebook and an index. They load nothing from the network and work from a
/// web server as well as straight from the disk.
/// </summary>
public static class SiteBuilder
{
    /// <summary>What a PDF of the whole course is called on the site.</summary>
    public const string PdfName = "course.pdf";

    /// <summary>
    /// Writes the site beside its place, then swaps it in whole: a reader finds the old site or the new one, and a
    /// notebook that is no longer in the course leaves no page behind.
    /// </summary>
    /// <param name="directory">The folder of the site. What is in it is replaced, but for the library's reference.</param>
    /// <param name="pages">The notebooks in the order of the course.</param>
    /// <param name="info">What the pages say about the course as a whole.</param>
    /// <param name="notebooks">The folder of the notebooks, which holds the pictures that they show.</param>
    /// <returns>What could not be shown, a line each that begins with the notebook's name. All else is there.</returns>
    /// <exception cref="IOException">The folder cannot be written; the old site is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing the folder is not permitted; the old site is still there.</exception>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<SitePage> pages, SiteInfo info, string notebooks)
    {
        var problems = new List<string>();
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var fresh = place + ".new";
        var stale = place + ".old";

        // An earlier run may have been killed at any point, even between the two renames of the swap.
        if (!Directory.Exists(place) && Directory.Exists(stale))
            Directory.Move(stale, place);
        Delete(fresh);
        Delete(stale);
        try
        {
            WritePages(fresh, pages, info, notebooks, Reference.OnIndex(place), problems);
            Swap(fresh, place, stale);
            Reference.Keep(stale, place);
        }
        finally
        {
            Delete(fresh);
        }
        Delete(stale);
        return problems;
    }

    static void WritePages(
        string directory, IReadOnlyList<SitePage> pages, SiteInfo info, string notebooks, string reference, List<string> problems)
    {
        foreach (var page in pages.Where(IsNamedAsIndex))
            problems.Add($"{page.Notebook.Name}: its page would replace the list of the notebooks. Give the notebook another name.");
        pages = [.. pages.Where(page => !IsNamedAsIndex(page))];

        Directory.CreateDirectory(directory);
        SiteAssets.CopyTo(Path.Combine(directory, "assets"));
        foreach (var engine in info.Engines)
            engine.WriteTo(Path.Combine(directory, "assets", "engines"));
        var site = new SiteContents(info, pages, Others(info));
        var links = new PageLinks(pages.Select(page => page.Notebook.Name), notebooks);
        var sections = new List<PageSection>();
        foreach (var page in pages)
        {
            var (html, found) = NotebookPage.Render(page, Neighbour(pages, page, -1), Neighbour(pages, page, 1), info, site, links);
            problems.AddRange(found);
            Write(page.FileName, html);
        }
        foreach (var page in pages.Where(page => info.Live.AnyIn(page.Notebook)))
            PlainNotebook.WriteTo(Path.Combine(directory, "assets", "notebooks"), page.Notebook);
        if (info.Ledger is { } ledger)
            Write(LedgerPage.FileName, new LedgerPage(ledger, pages).Render(info, site));
        Write(TeachersPage.FileName, TeachersPage.Render(info, site));
        if (PlaygroundPage.IsPartOf(info))
            Write(PlaygroundPage.FileName, PlaygroundPage.Render(info, site));
        File.WriteAllText(Path.Combine(directory, "index.html"), Formulas.Set(IndexPage.Render(pages, info, site, reference)));
        File.WriteAllText(Path.Combine(directory, "assets", SearchIndex.FileName), SearchIndex.ToScript(sections));
        if (info.Pdf is { } pdf)
            File.Copy(pdf, Path.Combine(directory, PdfName));
        foreach (var entry in info.Book.Notebooks.Where(entry => pages.Any(page => page.Notebook.Name == entry.Notebook)))
            links.Picture(entry.Thumbnail);
        foreach (var picture in links.Pictures)
            SiteAssets.Copy(File.OpenRead(Path.Combine(notebooks, picture)), Path.Combine(directory, picture));

        void Write(string file, string html)
        {
            File.WriteAllText(Path.Combine(directory, file), Formulas.Set(html));
            sections.AddRange(PageSections.Of(file, html));
        }
    }

    static IReadOnlyList<OtherPage> Others(SiteInfo info) =>
    [
        .. PlaygroundPage.IsPartOf(info) ? (OtherPage[])[new(PlaygroundPage.FileName, "The playground")] : [],
        .. info.Ledger is null ? (OtherPage[])[] : [new(LedgerPage.FileName, "The ledger of claims")],
        new(TeachersPage.FileName, "For teachers"),
    ];

    static SitePage? Neighbour(IReadOnlyList<SitePage> pages, SitePage page, int step) => pages.ElementAtOrDefault(pages.ToList().IndexOf(page) + step);

    static bool IsNamedAsIndex(SitePage page) => page.FileName.Equals("index.html", StringComparison.OrdinalIgnoreCase);

    static void Swap(string fresh, string place, string stale)
    {
        if (Directory.Exists(place))
            Directory.Move(place, stale);
        try
        {
            Directory.Move(fresh, place);
        }
        catch when (Directory.Exists(stale))
        {
            Directory.Move(stale, place);
            throw;
        }
    }

    static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
