namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of one type under one MIME type.</summary>
public interface ITypeFormatter
{
    /// <summary>What is written, for example <c>text/html</c>.</summary>
    string MimeType { get; }

    /// <summary>The type this formatter was registered for; it serves derived types too.</summary>
    Type Type { get; }

    /// <summary>Writes the value, or returns false to leave it to the next formatter.</summary>
    bool Format(object instance, FormatContext context);
}

/// <summary>Writes a value, or returns false to leave it to the next formatter.</summary>
public delegate bool FormatDelegate<T>(T value, FormatContext context);

/// <summary>Where a value is being written to.</summary>
public class FormatContext(TextWriter writer) : IDisposable
{
    /// <summary>The text under construction.</summary>
    public TextWriter Writer { get; } = writer;

    /// <summary>Flushes the writer, which belongs to whoever made it.</summary>
    public void Dispose() => Writer.Flush();
}

/// <summary>A formatter made of a delegate.</summary>
sealed class DelegateFormatter(Type type, string mimeType, FormatDelegate<object> format) : ITypeFormatter
{
    public string MimeType => mimeType;

    public Type Type => type;

    public bool Format(object instance, FormatContext context) => format(instance, context);
}
