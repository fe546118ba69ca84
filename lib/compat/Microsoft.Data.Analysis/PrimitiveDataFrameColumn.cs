using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers or of true and false.</summary>
public class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?> where T : unmanaged
{
    readonly List<T?> values;

    /// <summary>A column of these values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values) : base(name, typeof(T)) => this.values = [.. values];

    /// <summary>A column of these values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values) : this(name, values.Select(v => (T?)v))
    {
    }

    /// <summary>A column of nulls.</summary>
    public PrimitiveDataFrameColumn(string name, long length = 0) : this(name, new T?[length])
    {
    }

    /// <summary>The value in a row, or null.</summary>
    public new T? this[long rowIndex]
    {
        get => values[(int)rowIndex];
        set => values[(int)rowIndex] = value;
    }

    /// <summary>The values from the first row to the last.</summary>
    public IEnumerator<T?> GetEnumerator() => values.GetEnumerator();

    internal override IList Values => values;
}

/// <summary>A column of doubles; the only kind of number that the project names by a class of its own.</summary>
public class DoubleDataFrameColumn : PrimitiveDataFrameColumn<double>
{
    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double?> values) : base(name, values)
    {
    }

    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double> values) : base(name, values)
    {
    }

    /// <summary>A column of nulls.</summary>
    public DoubleDataFrameColumn(string name, long length = 0) : base(name, length)
    {
    }
}
