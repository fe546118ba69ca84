namespace Microsoft.Data.Analysis;

/// <summary>The rows of a frame.</summary>
public class DataFrameRowCollection
{
    readonly DataFrame frame;

    internal DataFrameRowCollection(DataFrame frame) => this.frame = frame;

    /// <summary>The number of rows, 0 for a frame without columns.</summary>
    public long Count => frame.Columns.FirstOrDefault()?.Length ?? 0;
}
