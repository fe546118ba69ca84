using Microsoft.DotNet.Interactive.Formatting;

namespace System;

/// <summary>Lets any value be displayed from a cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Displays a value under the MIME types asked for, or under those its type prefers.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        Formatter.RaiseDisplayed(new(value, FormattedValue.CreateManyFromObject(value, mimeTypes)));

    /// <summary>Displays a text that is already of the MIME type given.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        Formatter.RaiseDisplayed(new(value, [new FormattedValue(mimeType, value)]));
}
