using AngleSharp.Html.Parser;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;

namespace BnNotebooks.Runner.Site;

/// <summary>Prints the book. Only a printed one shows on which sheet a heading came to stand, so it is printed twice.</summary>
static class PrintedBook
{
    // Charts by the hundred, on a machine that may have other work.
    static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>Writes the PDF, whole or not at all.</summary>
    /// <param name="book">The book.</param>
    /// <param name="site">The folder of the site that it was read from.</param>
    /// <param name="pdf">The file to write.</param>
    public static void Write(Book book, string site, string pdf)
    {
        var browser = Chromium.Find();
        var page = Path.Combine(site, Book.FileName);
        var fresh = Path.Combine(site, SiteBuilder.PdfName);
        IReadOnlyList<int?>? sheets = null;
        for (var printing = 1; printing <= 2; printing++)
        {
            File.WriteAllText(page, book.ToHtml(sheets ?? new int?[book.Lines.Count]));
            browser.PrintToPdf(page, fresh, Timeout);
            sheets = SheetsOf(book.Lines, fresh);
        }
        File.Copy(fresh, pdf + ".new", overwrite: true);
        File.Move(pdf + ".new", pdf, overwrite: true);
    }

    /// <summary>Where the lines' headings are, by the outline that the browser made of all headings.</summary>
    internal static IReadOnlyList<int?> SheetsOf(IReadOnlyList<BookLine> lines, string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        if (!document.TryGetBookmarks(out var bookmarks))
            throw new InvalidOperationException($"{pdf} has no outline, by which the contents get their page numbers.");
        List<DocumentBookmarkNode> headings = [.. bookmarks.GetNodes().OfType<DocumentBookmarkNode>()];
        var sheets = new List<int?>();
        var next = 0;
        foreach (var line in lines)
        {
            // Headings of lower levels stand between, and one with a formula may read otherwise: it has no number then.
            var at = headings.FindIndex(next, heading => SameText(heading.Title, Text(line)));
            sheets.Add(at < 0 ? null : headings[at].PageNumber);
            next = at < 0 ? next : at + 1;
        }
        return sheets;
    }

    static string Text(BookLine line)
    {
        using var fragment = new HtmlParser().ParseDocument(line.Html);
        return line.Number is { Length: > 0 } number ? $"{number} {fragment.Body!.TextContent}" : fragment.Body!.TextContent;
    }

    static bool SameText(string one, string other) => Letters(one) == Letters(other);

    static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
