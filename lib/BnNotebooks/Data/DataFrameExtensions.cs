using System.Numerics.Tensors;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Data;

/// <summary>From tables to tensors.</summary>
public static class DataFrameExtensions
{
    /// <summary>The names of the columns that hold numbers, in order.</summary>
    public static string[] NumericColumns(this DataFrame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Columns.Where(column => column.DataType == typeof(double)).Select(column => column.Name)];
    }

    /// <summary>The numbers of one column.</summary>
    /// <exception cref="ArgumentException">The column holds something else than doubles, or a value is missing.</exception>
    public static double[] Values(this DataFrame table, string column)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table[column] is not PrimitiveDataFrameColumn<double> numbers)
            throw new ArgumentException($"Column \"{column}\" holds {table[column].DataType.Name}; expected Double.", nameof(column));
        return [.. numbers.Select((value, row) => value ?? throw new ArgumentException($"Column \"{column}\" has no value in row {row}.", nameof(column)))];
    }

    /// <summary>The numeric columns as a matrix (rows, columns) of 32-bit floats.</summary>
    public static Tensor<float> ToTensor(this DataFrame table)
    {
        var columns = table.NumericColumns().Select(table.Values).ToArray();
        var rows = checked((int)table.Rows.Count);
        var values = new float[rows * columns.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns.Length; column++)
                values[row * columns.Length + column] = (float)columns[column][row];
        return Tensor.Create(values, [rows, columns.Length]);
    }

    /// <summary>One column of a matrix (rows, columns), for example to draw it.</summary>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public static double[] Column(this Tensor<float> matrix, int index)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rank != 2)
            throw new ArgumentException($"Expected a matrix (rows, columns); got [{string.Join(", ", matrix.Lengths.ToArray())}].", nameof(matrix));
        return [.. Enumerable.Range(0, (int)matrix.Lengths[0]).Select(row => (double)matrix[row, index])];
    }
}
