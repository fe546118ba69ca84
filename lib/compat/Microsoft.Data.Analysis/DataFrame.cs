using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A table: named columns of one length.</summary>
public class DataFrame
{
    /// <summary>A frame of these columns, which it shares with whoever holds them.</summary>
    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        Columns = new DataFrameColumnCollection(columns);
        Rows = new DataFrameRowCollection(this);
    }

    /// <summary>A frame of these columns, which it shares with whoever holds them.</summary>
    public DataFrame(params DataFrameColumn[] columns) : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    /// <summary>The columns.</summary>
    public DataFrameColumnCollection Columns { get; }

    /// <summary>The rows.</summary>
    public DataFrameRowCollection Rows { get; }

    /// <summary>The value in a row and a column, or null.</summary>
    public object this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    /// <summary>The column of that name.</summary>
    public DataFrameColumn this[string columnName] => Columns[columnName];

    /// <summary>Reads a file of separated values; see the overload that takes a stream.</summary>
    public static DataFrame LoadCsv(string filename, char separator = ',', bool header = true, string[] columnNames = null,
        Type[] dataTypes = null, int numRows = -1, int guessRows = 10, bool addIndexColumn = false, Encoding encoding = null,
        bool renameDuplicatedColumns = false, CultureInfo cultureInfo = null)
    {
        using var file = File.OpenRead(filename);
        return LoadCsv(file, separator, header, columnNames, dataTypes, numRows, guessRows, addIndexColumn, encoding,
            renameDuplicatedColumns, cultureInfo);
    }

    /// <summary>
    /// Reads separated values. An empty cell is null unless its column holds strings; the word null is null in any.
    /// A row with too few cells ends in nulls.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// The types are not given (the real package guesses, and guesses Single for every number), or another option that the
    /// project does not use is.
    /// </exception>
    /// <exception cref="FormatException">A cell is not of its column's type, or there is no line at all.</exception>
    /// <exception cref="OverflowException">A whole number does not fit its column's type.</exception>
    public static DataFrame LoadCsv(Stream csvStream, char separator = ',', bool header = true, string[] columnNames = null,
        Type[] dataTypes = null, long numberOfRowsToRead = -1, int guessRows = 10, bool addIndexColumn = false,
        Encoding encoding = null, bool renameDuplicatedColumns = false, CultureInfo cultureInfo = null,
        Func<IEnumerable<string>, Type> guessTypeFunction = null)
    {
        if (dataTypes is null || addIndexColumn || renameDuplicatedColumns || guessTypeFunction is not null)
            throw new NotSupportedException(
                "This stand-in for Microsoft.Data.Analysis reads CSV only with dataTypes given, and neither adds an index column "
                + "nor renames columns.");
        using var reader = new StreamReader(csvStream, encoding ?? Encoding.UTF8, leaveOpen: true);
        var lines = new CsvLines(reader, separator).ToList();
        if (lines.Count == 0)
            throw new FormatException("Empty file");
        var names = columnNames ?? (header ? lines[0] : new string[dataTypes.Length]);
        if (names.Length != dataTypes.Length)
            throw new ArgumentException($"{dataTypes.Length} types are given for {names.Length} columns.", nameof(dataTypes));
        var frame = new DataFrame(dataTypes.Select((type, i) =>
            EmptyColumn(type, string.IsNullOrEmpty(names[i]) ? $"Column{i}" : names[i])));
        var rows = lines.Skip(header ? 1 : 0).Take(numberOfRowsToRead < 0 ? int.MaxValue : (int)numberOfRowsToRead);
        foreach (var row in rows)
            frame.Append(row, cultureInfo ?? CultureInfo.CurrentCulture);
        return frame;
    }

    void Append(string[] cells, CultureInfo culture)
    {
        if (cells.Length > Columns.Count)
            throw new ArgumentException($"A row has {cells.Length} cells and the DataFrame {Columns.Count} columns.");
        for (var i = 0; i < Columns.Count; i++)
        {
            var column = Columns[i];
            var cell = i < cells.Length ? cells[i] : null;
            var isNull = cell is null || cell.Equals("null", StringComparison.OrdinalIgnoreCase)
                || (cell.Length == 0 && column.DataType != typeof(string));
            column.Values.Add(isNull ? null : Convert.ChangeType(cell, column.DataType, culture));
        }
    }

    static DataFrameColumn EmptyColumn(Type type, string name) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => new StringDataFrameColumn(name),
        TypeCode.Double => new DoubleDataFrameColumn(name),
        TypeCode.Single => new PrimitiveDataFrameColumn<float>(name),
        TypeCode.Int32 => new PrimitiveDataFrameColumn<int>(name),
        TypeCode.Int64 => new PrimitiveDataFrameColumn<long>(name),
        TypeCode.Boolean => new PrimitiveDataFrameColumn<bool>(name),
        _ => throw new NotSupportedException(
            $"This stand-in for Microsoft.Data.Analysis reads string, double, float, int, long and bool columns; '{name}' is to be {type}."),
    };
}
