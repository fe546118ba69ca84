using System.Reflection;
using System.Xml.Linq;
using static BnNotebooks.Core.Tests.Documentation.XmlDocumentation;

namespace BnNotebooks.Core.Tests.Documentation;

/// <summary>That every public member has some documentation is for the compiler to say; here is what it must say.</summary>
public sealed class DocumentationTests
{
    static readonly Type[] WithoutFormula = [typeof(Sequential<>), typeof(Mlp<>), typeof(Identity<>), typeof(Parameter<>)];

    static IEnumerable<Type> Public => typeof(Layer<>).Assembly.GetExportedTypes();

    /// <summary>What computes: layers, losses, an optimizer, and functions.</summary>
    public static TheoryData<string> Computing =>
    [
        .. Public.Where(type => type.IsGenericType && !type.IsAbstract).Except(WithoutFormula).Append(typeof(ChannelStatistics))
            .Select(type => $"T:{type.FullName}"),
        .. Members.Keys.Where(id => id.StartsWith($"M:{typeof(Initialization).FullName}.", StringComparison.Ordinal)
            && IsPublic(typeof(Initialization), id)),
        $"T:{typeof(BatchNormFolding).FullName}",
        $"T:{typeof(BatchNormalization).FullName}",
        $"T:{typeof(PreciseBatchNorm).FullName}",
    ];

    [Theory]
    [MemberData(nameof(Computing))]
    public void What_computes_shows_its_formula(string id) => Assert.Contains("<code>", Page(id));

    [Theory]
    [MemberData(nameof(Computing))]
    public void What_computes_names_its_source(string id) => Assert.Matches(@"\p{Lu}\p{L}+( et al\.)? \(?(19|20)\d\d", Page(id));

    [Fact]
    public void Every_member_has_a_summary_or_that_of_another() => Assert.Empty(Members
        .Where(member => string.IsNullOrWhiteSpace(member.Value.Element("summary")?.Value) && member.Value.Element("inheritdoc") is null)
        .Select(member => member.Key));

    [Fact]
    public void Every_public_type_has_a_summary_of_its_own() => Assert.Empty(Public
        .Where(type => string.IsNullOrWhiteSpace(Members[$"T:{type.FullName}"].Element("summary")?.Value)).Select(type => type.Name));

    [Fact]
    public void A_method_of_the_public_explains_its_parameters_and_its_result()
    {
        var unexplained = from type in Public
                          from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                          where !method.IsSpecialName
                          let documented = Members.Where(member => IsOf(member.Key, type, method)).Select(member => member.Value).ToArray()
                          where documented.Length > 0 && !documented.Any(member => member.Element("inheritdoc") is not null || Explains(member, method))
                          select $"{type.Name}.{method.Name}";
        Assert.Empty(unexplained);
    }

    static bool Explains(XElement member, MethodInfo method) =>
        method.GetParameters().All(parameter => member.Elements("param").Any(element => element.Attribute("name")?.Value == parameter.Name && element.Value.Length > 0));

    static bool IsOf(string id, Type type, MethodInfo method) =>
        id == $"M:{type.FullName}.{method.Name}"
        || id.StartsWith($"M:{type.FullName}.{method.Name}(", StringComparison.Ordinal)
        || id.StartsWith($"M:{type.FullName}.{method.Name}``", StringComparison.Ordinal);

    static bool IsPublic(Type type, string id) => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => IsOf(id, type, method));
}
