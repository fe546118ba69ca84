namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of one type, and of types derived from it, under one MIME type.</summary>
/// <param name="Type">The type it was registered for.</param>
/// <param name="MimeType">What is written.</param>
/// <param name="Format">Writes a value.</param>
sealed record TypeFormatter(Type Type, string MimeType, Action<object, TextWriter> Format)
{
    /// <summary>How far a type is from the one that something was registered for, or null if that does not serve it.</summary>
    public static int? Distance(Type type, Type registered)
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
}
