using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A named column of values, each of which may be null.</summary>
public abstract class DataFrameColumn : IEnumerable
{
    private protected DataFrameColumn(string name, Type dataType)
    {
        Name = name;
        DataType = dataType;
    }

    /// <summary>The column's name, unique within its frame and case-sensitive.</summary>
    public string Name { get; }

    /// <summary>The type of the values that are not null.</summary>
    public Type DataType { get; }

    /// <summary>The number of values, nulls included.</summary>
    public long Length => Values.Count;

    /// <summary>The value in a row, or null.</summary>
    /// <exception cref="ArgumentException">The new value is of another type than the column's: nothing is converted.</exception>
    public object this[long rowIndex]
    {
        get => Values[(int)rowIndex];
        set => Values[(int)rowIndex] = value is null || value.GetType() == DataType
            ? value
            : throw new ArgumentException($"Column '{Name}' holds {DataType}, and the new value is a {value.GetType()}.", nameof(value));
    }

    IEnumerator IEnumerable.GetEnumerator() => Values.GetEnumerator();

    /// <summary>The values themselves: a list of T? or of string.</summary>
    internal abstract IList Values { get; }
}
