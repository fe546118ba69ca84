using System.Collections;
using System.Globalization;

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

    /// <inheritdoc/>
    public override long NullCount => values.LongCount(v => v is null);

    /// <summary>The value in a row, or null.</summary>
    public new T? this[long rowIndex]
    {
        get => values[(int)rowIndex];
        set => values[(int)rowIndex] = value;
    }

    /// <summary>Adds a value at the end.</summary>
    public void Append(T? value) => values.Add(value);

    /// <summary>The mean of the values that are not null, 0 for an empty column. Floats are added up as floats.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public override double Mean()
    {
        if (typeof(T) == typeof(bool))
            throw new NotSupportedException($"Column '{Name}' holds {DataType}, which has no mean.");
        if (Length == 0)
            return 0;
        var sum = 0.0;
        foreach (var value in values.Where(v => v is not null))
        {
            sum += Convert.ToDouble(value, CultureInfo.InvariantCulture);
            sum = typeof(T) == typeof(float) ? (float)sum : sum;
        }
        return sum / (Length - NullCount);
    }

    /// <summary>The values from the first row to the last.</summary>
    public IEnumerator<T?> GetEnumerator() => values.GetEnumerator();

    internal override IList Values => values;

    internal override DataFrameColumn Pick(IEnumerable<int> rows) =>
        new PrimitiveDataFrameColumn<T>(Name, rows.Select(row => values[row]));
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

    internal override DataFrameColumn Pick(IEnumerable<int> rows) =>
        new DoubleDataFrameColumn(Name, rows.Select(row => this[row]));
}
