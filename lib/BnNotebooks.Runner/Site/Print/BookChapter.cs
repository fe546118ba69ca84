using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using BnNotebooks.Checks;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>One notebook in the book: its page with anchors of its own, and its solutions apart from it.</summary>
/// <param name="Id">The anchor of the chapter.</param>
/// <param name="Number">The notebook's number.</param>
/// <param name="Title">The notebook's title.</param>
/// <param name="Sections">Its headings of the second level.</param>
/// <param name="Html">The text, in which a solution's place leads to the end of the book.</param>
/// <param name="SolutionsHtml">The solutions, or an empty string where it has none.</param>
sealed partial record BookChapter(
    string Id, string Number, string Title, IReadOnlyList<BookLine> Sections, string Html, string SolutionsHtml)
{
    /// <summary>Makes a chapter of a page's content, which is changed.</summary>
    public static BookChapter Of(NotebookDocument notebook, IElement main, IReadOnlySet<string> notebooks)
    {
        var page = SitePage.AsCarried(notebook);
        var id = IdOf(notebook.Name);
        OwnAnchors(main, id, notebooks); // before anything is taken out of it
        var solutions = new StringBuilder();
        var count = 0;
        foreach (var place in main.QuerySelectorAll(".prose details, .cell .source code").ToList())
            if (place.LocalName == "details")
                Move(place, NumberBefore(place), () => place.QuerySelector("summary")?.Remove(), () => place.InnerHtml);
            else if (ExerciseIn(place.TextContent) is { } exercise)
                Move(place, exercise.Title, () => { }, () => $"<pre><code class=\"language-csharp\">{WebUtility.HtmlEncode(exercise.SolutionCode)}</code></pre>");

        main.QuerySelector("h1")?.Remove();
        var title = WebUtility.HtmlEncode($"{page.Number} {page.Title}".Trim());
        return new(id, page.Number, page.Title,
            [.. main.QuerySelectorAll("h2[id]").Select(heading => new BookLine(heading.Id!, heading.InnerHtml, Number: null))],
            $"<h1>{title}</h1>\n{main.InnerHtml}",
            solutions.Length == 0 ? "" : $"<section class=\"solutions-of\">\n<h2>{title}</h2>\n{solutions}</section>\n");

        // In the solution's place comes a line that leads to it.
        void Move(IElement place, string name, Action first, Func<string> html)
        {
            var anchor = string.Create(CultureInfo.InvariantCulture, $"{id}-solution-{++count}");
            first();
            solutions.Append($"<div class=\"prose\" id=\"{anchor}\"><h3>{WebUtility.HtmlEncode(name)}</h3>\n{html()}</div>\n");
            var line = main.Owner!.CreateElement("p");
            line.ClassName = "to-solution";
            line.InnerHtml = $"The solution is <a href=\"#{anchor}\">at the end of the book</a>.";
            if (place.LocalName == "details")
                place.Replace(line);
            else
                place.Closest(".cell")!.AppendChild(line);
        }
    }

    static string IdOf(string notebook) => "nb" + notebook.Split('-')[0];

    // What is checked, as its cell names it: Check.Forward(Forward).
    static Exercise? ExerciseIn(string code) => Checked().Matches(code)
        .Select(match => Exercises.All.FirstOrDefault(exercise => exercise.Name == match.Groups[1].Value))
        .FirstOrDefault(exercise => exercise is not null);

    // The exercise before a folded solution begins with its number: **4.**
    static string NumberBefore(IElement details)
    {
        for (var before = details.PreviousElementSibling; before is not null; before = before.PreviousElementSibling)
            if (before.QuerySelector("strong")?.TextContent is { } text && Numbered().Match(text) is { Success: true } number)
                return $"Exercise {number.Groups[1].Value}";
        return "Exercise";
    }

    // Two notebooks may have the same heading or the same cell; and what was a link to a page is one within the book.
    static void OwnAnchors(IElement main, string id, IReadOnlySet<string> notebooks)
    {
        foreach (var element in main.QuerySelectorAll("[id]"))
            element.Id = $"{id}-{element.Id}";
        foreach (var element in main.QuerySelectorAll("[for], [aria-labelledby], [aria-describedby]"))
            foreach (var name in (string[])["for", "aria-labelledby", "aria-describedby"])
                element.RemoveAttribute(name);
        foreach (var link in main.QuerySelectorAll("a[href]"))
        {
            var address = link.GetAttribute("href")!;
            var (file, hash) = address.IndexOf('#') is var at && at >= 0 ? (address[..at], address[(at + 1)..]) : (address, "");
            var notebook = file.EndsWith(".html", StringComparison.Ordinal) ? Uri.UnescapeDataString(file[..^5]) : "";
            var chapter = file.Length == 0 ? id : notebooks.Contains(notebook) ? IdOf(notebook) : null;
            if (chapter is not null)
                link.SetAttribute("href", $"#{chapter}{(hash.Length > 0 ? "-" + hash : "")}");
        }
    }

    [GeneratedRegex(@"\bCheck\.(\w+)\(")]
    private static partial Regex Checked();

    [GeneratedRegex(@"^(\d+)\.")]
    private static partial Regex Numbered();
}
