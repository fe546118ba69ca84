using System.Globalization;

namespace BnNotebooks.Plotting;

/// <content>Dots with intervals, a row each.</content>
public static partial class Panels
{
    const int RowNameWidth = 20; // characters: at 400 pixels more than half is left for the dots

    /// <summary>
    /// Values to be compared, one in a row: a dot, and its 95 % interval as a horizontal line. The first stands at the top.
    /// Rows of one name have one colour, in whatever group they stand.
    /// </summary>
    /// <param name="xAxis">Name and unit of the values.</param>
    /// <param name="reference">Where a thin vertical line stands: 0 for differences, 1 for ratios, null for none.</param>
    /// <param name="rows">The rows from the top.</param>
    /// <exception cref="ArgumentException">There is no row, none has a finite value, or an interval ends before it begins.</exception>
    public static Panel Intervals(string xAxis, double? reference, params IntervalRow[] rows)
    {
        RequireSome(rows);
        Finite(xAxis, rows.Select(row => row.Value));
        if (rows.FirstOrDefault(row => row.Low > row.High) is { } crooked)
            throw new ArgumentException($"The interval of \"{crooked.Name}\" goes from {crooked.Low} to {crooked.High}; expected the lower end first.", nameof(rows));

        var names = new List<string>();
        var placed = new List<(IntervalRow Row, int Place)>();
        string? group = null;
        foreach (var row in rows)
        {
            if (row.Group is not null && row.Group != group)
                names.Add($"<b>{Wrapped.At(RowNameWidth, row.Group)}</b>");
            group = row.Group;
            placed.Add((row, names.Count));
            names.Add(Wrapped.At(RowNameWidth, row.Name));
        }
        string[] distinct = [.. rows.Select(row => row.Name).Distinct()];
        var repeated = distinct.Length < rows.Length;
        var dots = distinct.Select((name, i) => Dots([.. placed.Where(p => p.Row.Name == name && double.IsFinite(p.Row.Value))], repeated ? i : 0));
        return new Panel(xAxis, "", [.. Reference(reference, names.Count), .. dots]) { RowNames = names, SameY = false };
    }

    static IEnumerable<Dictionary<string, object>> Reference(double? at, int rows) => at is not { } x ? [] : [new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["showlegend"] = false,
        ["hoverinfo"] = "skip",
        ["x"] = new[] { x, x },
        ["y"] = new[] { -0.5, rows - 0.5 },
        ["line"] = new Dictionary<string, object> { ["color"] = Theme.Ink, ["width"] = 1 },
    }];

    static Dictionary<string, object> Dots((IntervalRow Row, int Place)[] rows, int color)
    {
        double[] Ends(Func<IntervalRow, double> length) =>
            [.. rows.Select(r => length(r.Row) is var l && double.IsFinite(l) ? Rounded(l) : 0)];
        return new()
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["showlegend"] = false,
            ["x"] = rows.Select(r => Rounded(r.Row.Value)).ToArray(),
            ["y"] = rows.Select(r => (double)r.Place).ToArray(),
            ["hovertext"] = rows.Select(r => Said(r.Row)).ToArray(),
            ["hoverinfo"] = "text",
            ["marker"] = new Dictionary<string, object> { ["color"] = Theme.Color(color), ["size"] = 9 },
            ["error_x"] = new Dictionary<string, object>
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Ends(row => row.High - row.Value),
                ["arrayminus"] = Ends(row => row.Value - row.Low),
                ["color"] = Theme.Color(color),
                ["thickness"] = 2,
                ["width"] = 4,
            },
        };
    }

    static string Said(IntervalRow row) => double.IsFinite(row.Low) && double.IsFinite(row.High)
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Name}: {row.Value:G4} ({row.Low:G4} to {row.High:G4})")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Name}: {row.Value:G4}");
}
