using System.Net;
using System.Text;

namespace BnNotebooks.Views;

/// <summary>A small table of text: what tensors, comparisons and data frames become before a notebook shows them.</summary>
/// <param name="Columns">The headings. Empty headings are allowed.</param>
/// <param name="Rows">The rows, each as long as <paramref name="Columns"/>.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A line above the table, or null.</summary>
    public string? Caption { get; init; }

    /// <summary>Columns from this one on hold numbers and are aligned to the right.</summary>
    public int FirstNumericColumn { get; init; } = 1;

    /// <summary>The table as HTML that needs no style sheet and follows the host's light or dark text colour.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("""<div style="overflow-x:auto"><table style="border-collapse:collapse;font-variant-numeric:tabular-nums">""");
        if (Caption is not null)
            html.Append($"""<caption style="text-align:left;padding:4px 0;font-weight:600">{WebUtility.HtmlEncode(Caption)}</caption>""");
        if (Columns.Any(heading => heading.Length > 0))
            html.Append("<thead>").Append(Row("th", Columns)).Append("</thead>");
        html.Append("<tbody>");
        foreach (var row in Rows)
            html.Append(Row("td", row));
        return html.Append("</tbody></table></div>").ToString();
    }

    string Row(string tag, IReadOnlyList<string> cells)
    {
        var html = new StringBuilder("<tr>");
        for (var i = 0; i < cells.Count; i++)
        {
            var align = i >= FirstNumericColumn ? "right" : "left";
            var cell = cells[i].Length > 0 ? tag : "td"; // an empty header cell would be read out as one
            html.Append($"""<{cell} style="text-align:{align};padding:2px 10px;border-bottom:1px solid rgba(127,127,127,0.35)">{WebUtility.HtmlEncode(cells[i])}</{cell}>""");
        }
        return html.Append("</tr>").ToString();
    }

    /// <summary>The table as text in columns, for hosts that show no HTML.</summary>
    public string ToText()
    {
        var header = Columns.Any(heading => heading.Length > 0);
        IEnumerable<IReadOnlyList<string>> lines = header ? Rows.Prepend(Columns) : Rows;
        int[] widths = [.. Enumerable.Range(0, Columns.Count).Select(column => lines.Select(line => line[column].Length).DefaultIfEmpty().Max())];
        string Line(IReadOnlyList<string> cells) => string.Join("  ", cells.Select((cell, i) =>
            i >= FirstNumericColumn ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
        return string.Join('\n', (Caption is null ? [] : new[] { Caption }).Concat(lines.Select(Line)));
    }
}
