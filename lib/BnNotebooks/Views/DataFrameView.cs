using System.Globalization;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Views;

/// <summary>Shows the head of a data frame.</summary>
public static class DataFrameView
{
    const int ShownRows = 10, ShownColumns = 8;

    /// <summary>The first rows and columns as a table that says how much it leaves out.</summary>
    public static Table Of(DataFrame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        DataFrameColumn[] columns = [.. table.Columns.Take(ShownColumns)];
        var rows = (int)Math.Min(table.Rows.Count, ShownRows);
        return new Table(
            [.. columns.Select(column => column.Name)],
            [.. Enumerable.Range(0, rows).Select(row => (string[])[.. columns.Select(column => Text(column[row]))])])
        {
            Caption = $"{table.Rows.Count} rows × {table.Columns.Count} columns"
                + (rows < table.Rows.Count || columns.Length < table.Columns.Count ? $", showing {rows} × {columns.Length}" : ""),
            FirstNumericColumn = columns.TakeWhile(column => column.DataType == typeof(string)).Count(),
        };
    }

    static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
