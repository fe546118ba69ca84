using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders a page part by part: a part that cannot be rendered costs itself, and leaves a note in its place.</summary>
sealed class PageParts(string notebook)
{
    readonly List<string> problems = [];

    /// <summary>The number of the cell that the parts belong to.</summary>
    public int Cell { get; set; }

    /// <summary>What could not be shown so far: notebook, cell and reason.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The part as HTML, or where that fails a note, and the text that it should have been made from.</summary>
    /// <param name="what">What the part is, for the note: <c>text</c>, <c>output</c>.</param>
    /// <param name="source">The text to show instead, or an empty string.</param>
    /// <param name="render">Renders it. Whatever it throws is a problem of this part alone.</param>
    public string Render(string what, string source, Func<string> render)
    {
        try
        {
            return render();
        }
        catch (Exception error)
        {
            problems.Add($"{notebook}: the page cannot show the {what} of cell {Cell}: {error.Message}");
            return $"""
                <div class="failure" role="note">This {what} cannot be shown: {WebUtility.HtmlEncode(error.Message)}</div>
                {(source.Length > 0 ? $"<pre class=\"raw\">{WebUtility.HtmlEncode(source)}</pre>" : "")}
                """;
        }
    }
}
