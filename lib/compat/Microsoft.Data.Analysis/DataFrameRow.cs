using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A view of one row of a frame: it shows what the frame holds now.</summary>
public class DataFrameRow : IEnumerable<object>
{
    readonly DataFrame frame;
    readonly long row;

    internal DataFrameRow(DataFrame frame, long row)
    {
        this.frame = frame;
        this.row = row;
    }

    /// <summary>The value in a column, or null.</summary>
    public object this[int index] => frame.Columns[index][row];

    /// <summary>The value in the column of that name, or null.</summary>
    public object this[string columnName] => frame.Columns[columnName][row];

    /// <summary>The values from the first column to the last.</summary>
    public IEnumerator<object> GetEnumerator() => frame.Columns.Select(c => c[row]).GetEnumerator();

    /// <summary>The values with their columns' names.</summary>
    public IEnumerable<KeyValuePair<string, object>> GetValues() => frame.Columns.Select(c => KeyValuePair.Create(c.Name, c[row]));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The rows of a frame.</summary>
public class DataFrameRowCollection : IEnumerable<DataFrameRow>
{
    readonly DataFrame frame;

    internal DataFrameRowCollection(DataFrame frame) => this.frame = frame;

    /// <summary>The number of rows, 0 for a frame without columns.</summary>
    public long Count => frame.Columns.FirstOrDefault()?.Length ?? 0;

    /// <summary>A view of one row.</summary>
    public DataFrameRow this[long index] => new(frame, index);

    /// <summary>The rows from first to last.</summary>
    public IEnumerator<DataFrameRow> GetEnumerator()
    {
        for (var row = 0L; row < Count; row++)
            yield return this[row];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
