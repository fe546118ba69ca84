namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value as text under one MIME type.</summary>
public class FormattedValue(string mimeType, string value)
{
    /// <summary>What <see cref="Value"/> is.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>The text.</summary>
    public string Value { get; } = value;

    /// <summary>Formats a value under the MIME types asked for, or under those its type prefers.</summary>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes)
    {
        IEnumerable<string> wanted = mimeTypes is { Length: > 0 }
            ? mimeTypes
            : Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object));
        return [.. wanted.Select(mimeType => new FormattedValue(mimeType, value.ToDisplayString(mimeType)))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}: {Value}";
}

/// <summary>A value that was displayed, with the texts it was displayed as.</summary>
public class DisplayedValue(object? value, IReadOnlyList<FormattedValue> formattedValues)
{
    /// <summary>The value itself.</summary>
    public object? Value { get; } = value;

    /// <summary>One text for each MIME type.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues { get; } = formattedValues;
}
