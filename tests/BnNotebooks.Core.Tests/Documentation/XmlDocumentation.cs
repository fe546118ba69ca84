using System.Xml.Linq;
using System.Xml.XPath;

namespace BnNotebooks.Core.Tests.Documentation;

/// <summary>The library's XML documentation, as the compiler writes it beside the assembly.</summary>
internal static class XmlDocumentation
{
    /// <summary>What is said of each type and member, by its id such as <c>T:BnNotebooks.Core.Linear`1</c>.</summary>
    public static IReadOnlyDictionary<string, XElement> Members { get; } =
        XDocument.Load(Path.ChangeExtension(typeof(Layer<>).Assembly.Location, "xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>All that a page on a member shows: its own words, and those that it takes over from another by name.</summary>
    public static string Page(string id)
    {
        var member = Members[id];
        var inherited = member.Elements("inheritdoc").Where(element => element.Attribute("cref") is not null).SelectMany(element =>
            Members[element.Attribute("cref")!.Value].XPathSelectElements("." + (element.Attribute("path")?.Value ?? "/*")));
        return string.Concat(member.Elements().Concat(inherited));
    }
}
