using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of texts. An empty text is a value, not a null.</summary>
public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string>
{
    readonly List<string> values;

    /// <summary>A column of nulls.</summary>
    public StringDataFrameColumn(string name, long length = 0) : this(name, new string[length])
    {
    }

    /// <summary>A column of these values.</summary>
    public StringDataFrameColumn(string name, IEnumerable<string> values) : base(name, typeof(string))
    {
        ArgumentNullException.ThrowIfNull(values);
        this.values = [.. values];
    }

    /// <summary>The text in a row, or null.</summary>
    public new string this[long rowIndex]
    {
        get => values[(int)rowIndex];
        set => values[(int)rowIndex] = value;
    }

    /// <summary>The texts from the first row to the last.</summary>
    public IEnumerator<string> GetEnumerator() => values.GetEnumerator();

    internal override IList Values => values;
}
