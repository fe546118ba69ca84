using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Finds formatters that a type brings along through an attribute class named <c>TypeFormatterSourceAttribute</c>. It is
/// matched by its name, as are the members of what it points to, so that a library needs no reference to this one.
/// </summary>
static class ConventionFormatting
{
    public sealed record Found(IReadOnlyList<ITypeFormatter> Formatters, IReadOnlyList<string> PreferredMimeTypes);

    static readonly ConcurrentDictionary<Type, Found> Cache = new();

    public static Found For(Type type) => Cache.GetOrAdd(type, static type =>
    {
        var attributes = type.GetCustomAttributes(inherit: true)
            .Where(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute")
            .ToArray();
        return new Found(
            [.. attributes.SelectMany(attribute => FormattersOf(type, (Type)Read(attribute, "FormatterSourceType")!))],
            [.. attributes.SelectMany(attribute => Read(attribute, "PreferredMimeTypes") as string[] ?? [])]);
    });

    static IEnumerable<ITypeFormatter> FormattersOf(Type type, Type sourceType)
    {
        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        var formatters = (IEnumerable<object>)Method(sourceType, "CreateTypeFormatters")!.Invoke(source, null)!;
        return formatters.Select(formatter => formatter as ITypeFormatter ?? Wrap(type, formatter)).ToArray();
    }

    static DelegateFormatter Wrap(Type type, object formatter)
    {
        var method = Method(formatter.GetType(), "Format", typeof(object), typeof(TextWriter))
            ?? throw new InvalidOperationException($"{formatter.GetType()} needs a method bool Format(object, TextWriter).");
        var format = method.CreateDelegate<Func<object, TextWriter, bool>>(formatter);
        return new(type, (string)Read(formatter, "MimeType")!, (value, context) => format(value, context.Writer));
    }

    static object? Read(object instance, string property) => instance.GetType().GetProperty(property)?.GetValue(instance);

    static MethodInfo? Method(Type type, string name, params Type[] parameters) => type.GetMethod(name, parameters);
}
