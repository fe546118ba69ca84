using System.Globalization;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Turns values into text: knows the formatters of each type and the MIME types it prefers.</summary>
public static class Formatter
{
    static readonly Lock Gate = new();
    static readonly List<TypeFormatter> Registered = []; // the newest first
    static readonly List<(Type Type, string[] MimeTypes)> Preferences = []; // the newest first

    static Formatter() => ResetToDefault();

    /// <summary>The MIME type of values whose type has no preference.</summary>
    public static string DefaultMimeType { get; set; } = HtmlFormatter.MimeType;

    /// <summary>Forgets every registration and preference.</summary>
    public static void ResetToDefault()
    {
        lock (Gate)
        {
            Registered.Clear();
            Preferences.Clear();
            Preferences.Add((typeof(string), [PlainTextFormatter.MimeType]));
            DefaultMimeType = HtmlFormatter.MimeType;
        }
    }

    /// <summary>Registers a formatter that writes; of two for the same type and MIME type the newer one is used.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain")
    {
        lock (Gate)
            Registered.Insert(0, new(type, mimeType, formatter));
    }

    /// <inheritdoc cref="Register(Type, Action{object, TextWriter}, string)"/>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain") =>
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);

    /// <summary>Registers a formatter that returns the text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain") =>
        Register(typeof(T), (value, writer) => writer.Write(formatter((T)value)), mimeType);

    /// <summary>Sets under which MIME types, all at once, values of a type are shown.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        lock (Gate)
            Preferences.Insert(0, (type, preferredMimeTypes));
    }

    /// <summary>The MIME types under which values of a type are shown.</summary>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type type)
    {
        lock (Gate)
            return MostSpecificFirst(Preferences, preference => preference.Type, type).FirstOrDefault().MimeTypes ?? [DefaultMimeType];
    }

    /// <summary>The value as text under a MIME type.</summary>
    public static string ToDisplayString(this object? obj, string mimeType = "text/plain")
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        if (obj is not null && Find(obj.GetType(), mimeType) is { } formatter)
            formatter.Format(obj, writer);
        else
            DefaultFormatting.Write(obj, writer, mimeType);
        return writer.ToString();
    }

    static TypeFormatter? Find(Type type, string mimeType)
    {
        lock (Gate)
            return MostSpecificFirst(Registered, formatter => formatter.Type, type).FirstOrDefault(formatter => formatter.MimeType == mimeType);
    }

    static IEnumerable<TEntry> MostSpecificFirst<TEntry>(IEnumerable<TEntry> entries, Func<TEntry, Type> typeOf, Type type) =>
        entries
            .Select(entry => (Entry: entry, Distance: TypeFormatter.Distance(type, typeOf(entry))))
            .Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance) // stable: among equals the newest stays first
            .Select(pair => pair.Entry);
}
