using Microsoft.DotNet.Interactive.Formatting;

namespace System;

/// <summary>Lets any value be displayed from a cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a displayed value; the kernels replace it.</summary>
    internal static Action<DisplayedValue> Show { get; set; } = WriteToConsole;

    internal static void WriteToConsole(DisplayedValue displayed) => Console.WriteLine(displayed.FormattedValues[0].Value);

    /// <summary>Displays a value under the MIME types asked for, or under those its type prefers.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        ShowOne(value, FormattedValue.CreateManyFromObject(value, mimeTypes));

    /// <summary>Displays a text that is already of the MIME type given.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => ShowOne(value, [new(mimeType, value)]);

    static DisplayedValue ShowOne(object? value, IReadOnlyList<FormattedValue> formattedValues)
    {
        var displayed = new DisplayedValue(value, formattedValues);
        Show(displayed);
        return displayed;
    }
}
