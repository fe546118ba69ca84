using System.Globalization;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Turns values into text: knows the formatters of each type and the MIME types it prefers.</summary>
public static class Formatter
{
    static readonly Lock Gate = new();
    static readonly List<ITypeFormatter> Registered = []; // the newest first
    static readonly List<(Type Type, string[] MimeTypes)> Preferences = []; // the newest first
    static readonly List<Action<DisplayedValue>> Listeners = [];

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

    /// <summary>Registers a formatter; of two for the same type and MIME type the newer one is used.</summary>
    public static void Register(ITypeFormatter formatter)
    {
        lock (Gate)
            Registered.Insert(0, formatter);
    }

    /// <summary>Registers a formatter that may decline a value by returning false.</summary>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = "text/plain") =>
        Register(new DelegateFormatter(typeof(T), mimeType, (value, context) => formatter((T)value, context)));

    /// <inheritdoc cref="Register{T}(FormatDelegate{T}, string)"/>
    public static void Register(Type type, FormatDelegate<object> formatter, string mimeType = "text/plain") =>
        Register(new DelegateFormatter(type, mimeType, formatter));

    /// <summary>Registers a formatter that writes.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain") =>
        Register(new DelegateFormatter(type, mimeType, (value, context) =>
        {
            formatter(value, context.Writer);
            return true;
        }));

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
        string[]? preferred;
        lock (Gate)
            preferred = MostSpecificFirst(Preferences, preference => preference.Type, type).FirstOrDefault().MimeTypes;
        if (preferred is not null)
            return preferred;
        var own = ConventionFormatting.For(type).PreferredMimeTypes;
        return own.Count > 0 ? own : [DefaultMimeType];
    }

    /// <summary>The value as text under a MIME type.</summary>
    public static string ToDisplayString(this object? obj, string mimeType = "text/plain")
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        if (obj is null || !TryFormat(obj, writer, mimeType))
            DefaultFormatting.Write(obj, writer, mimeType);
        return writer.ToString();
    }

    /// <summary>The value as one formatter writes it.</summary>
    public static string ToDisplayString(this object obj, ITypeFormatter formatter)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(obj, new FormatContext(writer));
        return writer.ToString();
    }

    /// <summary>Hears of each value that is displayed, until the result is disposed of.</summary>
    public static IDisposable SubscribeToDisplayedValues(Action<DisplayedValue> onEvent)
    {
        lock (Gate)
            Listeners.Add(onEvent);
        return new Subscription(onEvent);
    }

    /// <summary>Writes a displayed value where there is nothing to display it on.</summary>
    public static void WriteToConsole(DisplayedValue displayedValue)
    {
        foreach (var formatted in displayedValue.FormattedValues)
            Console.WriteLine(formatted.Value);
    }

    internal static DisplayedValue RaiseDisplayed(DisplayedValue value)
    {
        Action<DisplayedValue>[] listeners;
        lock (Gate)
            listeners = [.. Listeners];
        if (listeners.Length == 0)
            WriteToConsole(value);
        foreach (var listener in listeners)
            listener(value);
        return value;
    }

    // A formatter may write part of a value and then decline it, so each gets a clean writer.
    static bool TryFormat(object value, StringWriter writer, string mimeType)
    {
        ITypeFormatter[] registered;
        lock (Gate)
            registered = [.. MostSpecificFirst(Registered, formatter => formatter.Type, value.GetType())];
        var own = ConventionFormatting.For(value.GetType()).Formatters;
        foreach (var formatter in registered.Concat(own).Where(formatter => formatter.MimeType == mimeType))
        {
            writer.GetStringBuilder().Clear();
            if (formatter.Format(value, new FormatContext(writer)))
                return true;
        }

        writer.GetStringBuilder().Clear();
        return false;
    }

    static IEnumerable<TEntry> MostSpecificFirst<TEntry>(IEnumerable<TEntry> entries, Func<TEntry, Type> typeOf, Type type) =>
        entries
            .Select(entry => (Entry: entry, Distance: Distance(type, typeOf(entry))))
            .Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance) // stable: among equals the newest stays first
            .Select(pair => pair.Entry);

    // How far a type is from the one that something was registered for, or null if that does not serve it.
    static int? Distance(Type type, Type registered)
    {
        const int toAnInterface = 1000;
        const int toObject = 2000;
        if (registered == typeof(object))
            return toObject;
        var steps = 0;
        for (var current = type; current is not null; current = current.BaseType, steps++)
            if (Same(current, registered))
                return steps;
        return type.GetInterfaces().Any(face => Same(face, registered)) ? toAnInterface : null;
    }

    static bool Same(Type type, Type registered) =>
        type == registered || (type.IsGenericType && type.GetGenericTypeDefinition() == registered);

    sealed class Subscription(Action<DisplayedValue> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
                Listeners.Remove(listener);
        }
    }
}
