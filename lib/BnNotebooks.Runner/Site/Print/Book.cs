using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// The whole course as one page to be printed: title, contents, every notebook, and at the end the solutions. It is made of the
/// pages of a site, and needs what lies beside them.
/// </summary>
/// <param name="Title">The course's title.</param>
/// <param name="Description">The sentence below it.</param>
/// <param name="Chapters">The notebooks.</param>
sealed record Book(string Title, string Description, IReadOnlyList<BookChapter> Chapters)
{
    /// <summary>The file of the page, below the site.</summary>
    public const string FileName = "book.html";

    const string Solutions = "Solutions";

    // What only a screen can do, and what says where one is on the site. Outcomes stand there as text; what draws on them is left
    // out, and the folded source of questions is no part of the text.
    const string OnScreenOnly = "script:not([type='application/json']), nav, .eyebrow, .launch, .anchor, button, input, select, form, noscript, .asks > details";

    /// <summary>Reads the book from the pages of a site.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="notebooks">The notebooks in their order.</param>
    public static Book Read(string site, IReadOnlyList<NotebookDocument> notebooks)
    {
        var parser = new HtmlParser();
        var names = notebooks.Select(notebook => notebook.Name).ToHashSet();
        using var index = parser.ParseDocument(File.ReadAllText(Path.Combine(site, "index.html")));
        return new(index.QuerySelector("h1")!.TextContent, index.QuerySelector(".course-title p")!.TextContent, [.. notebooks.Select(Chapter)]);

        BookChapter Chapter(NotebookDocument notebook)
        {
            using var page = parser.ParseDocument(File.ReadAllText(Path.Combine(site, notebook.Name + ".html")));
            var main = page.QuerySelector("main")!;
            foreach (var element in main.QuerySelectorAll(OnScreenOnly).ToList())
                element.Remove();
            return BookChapter.Of(notebook, main, names);
        }
    }

    /// <summary>The lines of the contents, in order: where each leads, and its text.</summary>
    public IReadOnlyList<BookLine> Lines =>
    [
        .. Chapters.SelectMany(chapter => chapter.Sections.Prepend(new BookLine(chapter.Id, WebUtility.HtmlEncode(chapter.Title), chapter.Number))),
        new BookLine("solutions", Solutions, ""),
    ];

    /// <summary>The page.</summary>
    /// <param name="sheets">The number of the sheet on which each line's place is, as far as that is known; null before the first printing.</param>
    public string ToHtml(IReadOnlyList<int?>? sheets)
    {
        // The frame's own titles are no headings, so that the outline begins with the first notebook.
        var body = $"""
            <main id="content">
            <section class="title-page">
            <p class="book-title">{WebUtility.HtmlEncode(Title)}</p>
            <p>{WebUtility.HtmlEncode(Description)}</p>
            </section>
            <section class="book-contents">
            <p class="book-heading">Contents</p>
            <ol>
            {string.Concat(Lines.Select((line, i) => Entry(line, sheets?[i])))}
            </ol>
            </section>
            {string.Concat(Chapters.Select(chapter => $"<article id=\"{chapter.Id}\">\n{chapter.Html}\n</article>\n"))}
            <article id="solutions">
            <h1>{Solutions}</h1>
            {string.Concat(Chapters.Select(chapter => chapter.SolutionsHtml))}
            </article>
            </main>
            """;
        return PageShell.Render(Title, Description, "book notebook", body, []);
    }

    static string Entry(BookLine line, int? sheet) => $"""
        <li{(line.Number is null ? "" : " class=\"chapter\"")}><a href="#{line.Id}"><span class="number">{line.Number}</span> <span>{line.Html}</span> <span class="sheet">{sheet}</span></a></li>

        """;
}

/// <summary>A line of the book's contents.</summary>
/// <param name="Id">The anchor that it leads to.</param>
/// <param name="Html">Its text.</param>
/// <param name="Number">The number of the notebook that begins there, an empty one for what is none; null for a section of it.</param>
sealed record BookLine(string Id, string Html, string? Number);
