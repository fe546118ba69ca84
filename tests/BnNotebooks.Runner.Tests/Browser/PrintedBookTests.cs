using System.Text.RegularExpressions;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Site;
using UglyToad.PdfPig;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The course as one PDF.</summary>
public sealed class PrintedBookTests(PrintedBookTests.Printed printed) : IClassFixture<PrintedBookTests.Printed>
{
    /// <summary>A book of two notebooks, and its PDF.</summary>
    public sealed class Printed : IDisposable
    {
        readonly TemporaryFolder folder = new();

        public Printed()
        {
            var first = Notebook.Of("01-one",
                Notebook.Markdown("# 1. One\n\nText with a [link to the second](02-two.ipynb#a-section) and [one on the page](#a-section)."),
                Notebook.Markdown("## A section\n\n**4.** What is it?\n\n<details><summary>Solution</summary>\n\nIt is forty-two, see [the second](02-two.ipynb).\n\n</details>"),
                Notebook.Code("plot", Notebook.ChartOutput("A chart of bars")),
                Notebook.Code("double[,] Forward() => throw;\n\nCheck.Forward(Forward)", Notebook.Stream("not solved yet")));
            var second = Notebook.Of("02-two", Notebook.Markdown("# 2. Two\n\nMore."), Notebook.Markdown("## A section\n\nEnd. " + string.Concat(Enumerable.Repeat("word ", 1500))), Notebook.Markdown("## The last\n\nDone."));
            Site = folder.PathOf("site");
            Assert.Empty(SiteBuilder.Write(Site, [SitePage.AsCarried(first), SitePage.AsCarried(second)], new SiteInfo("The course", "A sentence.", []), folder.PathOf()));
            Book = Book.Read(Site, [first, second]);
            Html = Book.ToHtml(null);
            Pdf = new(() =>
            {
                Assert.SkipUnless(Chromium.IsInstalled(), "No Chromium on this machine: nothing can be printed.");
                PrintedBook.Write(Book, Site, folder.PathOf("course.pdf"));
                return folder.PathOf("course.pdf");
            });
        }

        public string Site { get; }

        internal Book Book { get; }

        public string Html { get; }

        public Lazy<string> Pdf { get; }

        public void Dispose() => folder.Dispose();
    }

    [Fact]
    public void Solutions_stand_at_the_end_and_where_they_were_a_line_leads_there()
    {
        var (text, solutions) = (printed.Html.Split("<article id=\"solutions\">")[0], printed.Html.Split("<article id=\"solutions\">")[1]);
        Assert.DoesNotContain("forty-two", text);
        Assert.Matches("(?s)<h2>01 One</h2>.*id=\"nb01-solution-1\"><h3>Exercise 4</h3>.*forty-two", solutions);
        Assert.Matches("(?s)id=\"nb01-solution-2\"><h3>Batch norm, forward</h3>.*language-csharp.*double\\[,\\] Forward\\(", solutions);
        Assert.DoesNotContain("02 Two", solutions);
        Assert.Equal(2, Regex.Count(text, "The solution is <a href=\"#nb01-solution-[12]\">at the end of the book</a>"));
    }

    [Fact]
    public void Every_anchor_is_the_books_own_and_every_link_to_a_notebook_leads_within_it()
    {
        var ids = Regex.Matches(printed.Html, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Regex.Matches(printed.Html, "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value), anchor => Assert.Contains(anchor, ids));
        Assert.Contains("href=\"#nb02-a-section\">link to the second", printed.Html);
        Assert.Contains("href=\"#nb02\">the second", printed.Html);
        Assert.DoesNotMatch("<(button|input|nav|details)|\\.ipynb|href=\"0[12]-", printed.Html);
    }

    [Fact]
    public void The_pdf_has_numbered_pages_contents_that_name_them_and_charts_as_vectors()
    {
        using var pdf = PdfDocument.Open(printed.Pdf.Value);
        string TextOf(int page) => string.Join(' ', pdf.GetPage(page).GetWords().Select(word => word.Text));
        var pages = Enumerable.Range(1, pdf.NumberOfPages).Select(TextOf).ToList();
        Assert.StartsWith("The course A sentence.", pages[0]);
        Assert.All(pages.Index(), page => Assert.EndsWith($" {page.Index + 1}", page.Item));

        int PageOf(string text) => pages.FindIndex(2, page => page.Contains(text, StringComparison.Ordinal)) + 1;
        foreach (var line in (string[])[$"01 One {PageOf("Text with a link")}", $"02 Two {PageOf("More.")}", $"The last {PageOf("Done.")}", $"Solutions {PageOf("forty-two")}"])
            Assert.Contains(line, pages[1]);
        Assert.True(PageOf("forty-two") > PageOf("Done."));

        var chart = pdf.GetPage(PageOf("A chart of bars"));
        Assert.Empty(chart.GetImages());
        Assert.True(chart.Paths.Count > 3, $"{chart.Paths.Count} paths");
    }
}
