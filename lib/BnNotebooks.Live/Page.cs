using BnNotebooks.Live.Showing;

namespace BnNotebooks.Live;

/// <summary>What a cell can call without a name before it, as in a notebook.</summary>
public static class Page
{
    /// <summary>Shows a value below the cell, among what it prints.</summary>
    public static void display(object? value) => CellOutput.Current.Show(value);

    /// <inheritdoc cref="display(object?)"/>
    public static T Display<T>(this T value)
    {
        display(value);
        return value;
    }
}
