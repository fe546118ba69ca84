using System.Globalization;
using System.Numerics.Tensors;
using TorchSharp;

namespace BnNotebooks.Views;

/// <summary>Shows a tensor: its shape, and its first and last numbers.</summary>
public static class TensorView
{
    const int Shown = 6; // rows and columns; of more, the first and the last three

    /// <summary>The tensor as a table. Of more than two dimensions the first matrix is shown, and said so.</summary>
    public static Table Of(Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Of(tensor, "System.Numerics.Tensors", "float32");
    }

    /// <summary>A libtorch tensor in the same form.</summary>
    public static Table Of(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var plain = tensor.detach();
        using var floats = plain.to_type(torch.ScalarType.Float32);
        return Of(floats.ToTensor(), "TorchSharp", tensor.dtype.ToString().ToLowerInvariant());
    }

    static Table Of(Tensor<float> tensor, string library, string type)
    {
        var lengths = tensor.Lengths.ToArray();
        var shape = lengths.Length == 0 ? "scalar" : string.Join(" × ", lengths);
        var slice = lengths.Length > 2 ? $", showing [{string.Join(", ", Enumerable.Repeat("0", lengths.Length - 2))}, :, :]" : "";
        var columns = lengths.Length == 0 ? 1 : (int)lengths[^1];
        var rows = lengths.Length < 2 ? 1 : (int)lengths[^2];
        var values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);

        int[] shownRows = Picked(rows), shownColumns = Picked(columns);
        string Cell(int row, int column) => row < 0 || column < 0 ? "…" : Text(values[row * columns + column]);
        return new Table(
            [.. shownColumns.Select(_ => "")],
            values.Length == 0 ? [] : [.. shownRows.Select(row => (string[])[.. shownColumns.Select(column => Cell(row, column))])])
        {
            Caption = $"tensor {shape}, {type} ({library}){slice}",
            FirstNumericColumn = 0,
        };
    }

    /// <summary>The indices to show, −1 for the gap between the first and the last ones.</summary>
    static int[] Picked(int length) => length <= Shown + 1
        ? [.. Enumerable.Range(0, length)]
        : [.. Enumerable.Range(0, Shown / 2), -1, .. Enumerable.Range(length - Shown / 2, Shown / 2)];

    static string Text(float value) => !float.IsFinite(value) || value == 0 || (Math.Abs(value) is >= 1e-4f and < 1e5f)
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.000e+0", CultureInfo.InvariantCulture);
}
