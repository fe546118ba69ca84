using System.Globalization;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Data;

/// <summary>
/// Reads the project's tables: a line of names, then lines of cells between commas, without quotes. LoadCsv would read 1,5 in
/// quotes as 15, take 1e999 and NaN for numbers, and fail without a word on the line.
/// </summary>
static class CsvFile
{
    const int Limit = 64 << 20; // bytes; our largest table has 270,000

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The name of each column that matters, null for any, and what it holds: doubles, ints or strings.</param>
    /// <exception cref="InvalidDataException">Something is not as it should be; the message names the file and the line.</exception>
    public static DataFrame Read(string path, params (string? Name, Type Type)[] columns)
    {
        if (new FileInfo(path).Length is > Limit and var length)
            throw new InvalidDataException($"{path} has {length} bytes; expected a table of at most {Limit}.");
        using var lines = File.ReadLines(path).GetEnumerator();
        string[] names = lines.MoveNext() ? lines.Current.Split(',') : [];
        if (names.Length != columns.Length)
            throw Wrong(1, $"there are {names.Length} columns; expected {columns.Length}");
        for (var column = 0; column < names.Length; column++)
            if (columns[column].Name is { } expected && expected != names[column])
                throw Wrong(1, $"column {column + 1} is called '{names[column]}'; expected '{expected}'");

        List<string[]> rows = [];
        while (lines.MoveNext())
        {
            rows.Add(lines.Current.Split(','));
            if (rows[^1].Length != columns.Length)
                throw Wrong(rows.Count + 1, $"there are {rows[^1].Length} cells; expected {columns.Length}");
        }
        return rows.Count > 0
            ? new DataFrame(columns.Select((column, place) => Column(column.Type, place)))
            : throw Wrong(1, "no row follows; expected at least one");

        DataFrameColumn Column(Type type, int place) =>
            type == typeof(string) ? new StringDataFrameColumn(names[place], Cells(place, "a word", cell => cell.Length > 0 ? cell : null)!)
            : type == typeof(int) ? new Int32DataFrameColumn(names[place], Cells<int?>(place, "a whole number",
                cell => int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null))
            : new DoubleDataFrameColumn(names[place], Cells<double?>(place, "a finite number",
                cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null));

        IEnumerable<T> Cells<T>(int place, string expected, Func<string, T?> parse) => rows.Select((cells, row) =>
            parse(cells[place]) ?? throw Wrong(row + 2, $"'{names[place]}' is '{cells[place]}'; expected {expected}"));

        InvalidDataException Wrong(int line, string what) => new($"{path}, line {line}: {what}.");
    }
}
