using System.Collections.Concurrent;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Finds formatters that a type brings along through an attribute class named <c>TypeFormatterSourceAttribute</c>. It is
/// matched by its name, as are the members of what it points to, so that a library needs no reference to this one.
/// </summary>
static class ConventionFormatting
{
    static readonly ConcurrentDictionary<Type, (TypeFormatter[] Formatters, string[] PreferredMimeTypes)> Cache = new();

    public static (TypeFormatter[] Formatters, string[] PreferredMimeTypes) For(Type type) => Cache.GetOrAdd(type, type =>
    {
        var attributes = type.GetCustomAttributes(inherit: true)
            .Where(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute")
            .ToArray();
        return (
            [.. attributes.SelectMany(attribute => FormattersOf(type, (Type)Read(attribute, "FormatterSourceType")!))],
            [.. attributes.SelectMany(attribute => Read(attribute, "PreferredMimeTypes") as string[] ?? [])]);
    });

    static IEnumerable<TypeFormatter> FormattersOf(Type type, Type sourceType)
    {
        var source = Activator.CreateInstance(sourceType, nonPublic: true);
        var formatters = (IEnumerable<object>)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        return formatters.Select(formatter => Wrap(type, formatter));
    }

    static TypeFormatter Wrap(Type type, object formatter)
    {
        var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])
            ?? throw new InvalidOperationException($"{formatter.GetType()} needs a method bool Format(object, TextWriter).");
        return new(type, (string)Read(formatter, "MimeType")!, format.CreateDelegate<Func<object, TextWriter, bool>>(formatter));
    }

    static object? Read(object instance, string property) => instance.GetType().GetProperty(property)?.GetValue(instance);
}
