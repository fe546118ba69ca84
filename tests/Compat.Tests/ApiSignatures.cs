using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Compat.Tests;

/// <summary>
/// Prints public types and members in the words of the API listings: C# keywords for the common primitive types and CLR
/// names for the rest, nested types with their outer ones but without namespace, <c>T?</c> for nullable values only (the
/// listings know no nullable references), <c>out ref T</c>, and <c>null/default</c> for every default that is not a constant.
/// </summary>
public static class ApiSignatures
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The type's full name as it stands in a listing's header, type parameters included.</summary>
    public static string FullName(Type type) => string.IsNullOrEmpty(type.Namespace) ? Name(type) : $"{type.Namespace}.{Name(type)}";

    /// <summary>What the type is: "static class", "abstract class", "class", "struct", "enum" or "interface".</summary>
    public static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    /// <summary>
    /// The members that the type itself adds. Not those it overrides: an override gives callers nothing new to call, and what
    /// it overrides is held against the listing where it is declared (or, like ToString, is in every type anyway).
    /// </summary>
    public static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        MethodInfo method => IsNew(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        PropertyInfo property => PublicAccessors(property).Any(IsNew),
        ConstructorInfo or FieldInfo or EventInfo => true,
        _ => false, // a nested type is listed, and checked, as a type of its own
    });

    /// <summary>A member as one line of a listing.</summary>
    public static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor.GetParameters())})",
        MethodInfo method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{TypeParameters(method)}"
            + $"({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method.GetParameters())}){Constraints(method)}",
        PropertyInfo property => $"prop {Static(PublicAccessors(property).First())}{Name(property.PropertyType)} {property.Name}"
            + (property.GetIndexParameters() is { Length: > 0 } indices ? $"[{Parameters(indices)}]" : "")
            + $" {{{(property.GetMethod?.IsPublic == true ? " get;" : "")}{(property.SetMethod?.IsPublic == true ? " set;" : "")} }}",
        FieldInfo { IsLiteral: true } constant =>
            $"field const {Name(constant.FieldType)} {constant.Name} = {Invariant(constant.GetRawConstantValue())}",
        FieldInfo field => $"field {(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo { AddMethod: { } add } published => $"event {Static(add)}{Name(published.EventHandlerType!)} {published.Name}",
        _ => throw new NotSupportedException($"No listing has a line for {member.MemberType} {member}."),
    };

    /// <summary>A type as it stands in a signature.</summary>
    public static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsGenericParameter)
            return type.Name;
        var outer = type.DeclaringType is { } declaring ? Name(declaring) + "." : "";
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return outer + type.Name.Split('`')[0] + arguments;
    }

    static bool IsNew(MethodInfo method) => method.GetBaseDefinition().DeclaringType == method.DeclaringType;

    static IEnumerable<MethodInfo> PublicAccessors(PropertyInfo property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(accessor => accessor.IsPublic);

    static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    // The listings tell the types that a parameter is bound to (ValueType for struct and unmanaged), not class or new().
    static string Constraints(MethodInfo method) => string.Concat(
        from parameter in method.IsGenericMethod ? method.GetGenericArguments() : []
        let bounds = parameter.GetGenericParameterConstraints()
        where bounds.Length > 0
        select $" where {parameter.Name} : {string.Join(", ", bounds.Select(Name))}");

    static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + (parameter.IsOut ? "out " : "")
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.IsOptional ? $" = {Default(parameter.DefaultValue)}" : "");

    static string Default(object? value) => value switch
    {
        null or DBNull or Missing => "null/default",
        string text => $"\"{text}\"",
        char character => $"'{character}'",
        _ => Invariant(value),
    };

    static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
