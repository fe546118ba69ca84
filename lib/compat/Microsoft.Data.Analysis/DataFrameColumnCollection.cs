using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>A frame's columns, all of one length and of different names.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        foreach (var column in columns)
            Add(column);
    }

    /// <summary>The column of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public DataFrameColumn this[string columnName] => this.FirstOrDefault(c => c.Name == columnName)
        ?? throw new ArgumentException(
            $"Column '{columnName}' does not exist. There are: {string.Join(", ", this.Select(c => c.Name))}.", nameof(columnName));

    /// <inheritdoc/>
    protected override void InsertItem(int index, DataFrameColumn column)
    {
        Check(column, this);
        base.InsertItem(index, column);
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, DataFrameColumn column)
    {
        Check(column, this.Where((_, i) => i != index));
        base.SetItem(index, column);
    }

    static void Check(DataFrameColumn column, IEnumerable<DataFrameColumn> others)
    {
        ArgumentNullException.ThrowIfNull(column);
        foreach (var other in others)
        {
            if (other.Name == column.Name)
                throw new ArgumentException($"DataFrame already contains a column called {column.Name}.", nameof(column));
            if (other.Length != column.Length)
                throw new ArgumentException(
                    $"Column lengths are mismatched: '{column.Name}' has {column.Length} values, '{other.Name}' {other.Length}.", nameof(column));
        }
    }
}
