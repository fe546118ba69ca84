using System.Text.RegularExpressions;

namespace Compat.Tests;

/// <summary>
/// What a real package offers, read from a text file: a line <c>## kind Namespace.Type : Base</c> for each public type, and
/// below it one indented line for each public member that the type declares. Interfaces and protected members are not listed.
/// </summary>
public sealed class ApiListing
{
    sealed record ListedType(string Kind, string? Base, List<string> Members);

    readonly Dictionary<string, ListedType> types = [];

    public ApiListing(IEnumerable<string> lines)
    {
        ListedType? current = null;
        foreach (var line in lines)
        {
            var header = Regex.Match(line, @"^## (?<kind>[a-z ]+) (?<name>.+?)(?: : (?<base>.+))?$");
            if (header.Success)
            {
                current = new(header.Groups["kind"].Value, header.Groups["base"] is { Success: true } b ? b.Value : null, []);
                types[header.Groups["name"].Value] = current;
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                current?.Members.Add(line.Trim());
            }
        }
    }

    /// <summary>All that a stand-in's type has and the real one has not, each with what the listing says instead.</summary>
    public IEnumerable<string> Offences(Type type)
    {
        var name = ApiSignatures.FullName(type);
        if (!types.TryGetValue(name, out var listed))
        {
            var namesakes = types.Keys.Where(key => Regex.IsMatch(key, $@"(^|\.){Regex.Escape(type.Name.Split('`')[0])}\b")).Take(5);
            return [Offence($"{ApiSignatures.Kind(type)} {name}", namesakes)];
        }
        return HeaderOffences(type, name, listed).Concat(
            from member in ApiSignatures.Members(type)
            let line = ApiSignatures.Line(member)
            where !listed.Members.Any(real => Allows(real, line))
            select Offence($"{name}: {line}", NearestTo(member.Name, line, listed.Members)));
    }

    IEnumerable<string> HeaderOffences(Type type, string name, ListedType listed)
    {
        if (ApiSignatures.Kind(type) != listed.Kind)
            yield return Offence($"{name} is a {ApiSignatures.Kind(type)}", [$"{listed.Kind} {name}"]);

        // A stand-in may leave out a base class, or classes between it and a further one: what uses it compiles all the same.
        if (type.BaseType is { } parent && parent != typeof(object) && !BasesOf(listed).Contains(ApiSignatures.Name(parent)))
            yield return Offence($"{name} derives from {ApiSignatures.Name(parent)}", [$"{name} : {string.Join(" : ", BasesOf(listed))}"]);
    }

    /// <summary>The base classes from the nearest up to the first that is not listed.</summary>
    List<string> BasesOf(ListedType listed)
    {
        List<string> bases = [];
        for (var parent = listed.Base; parent is not null && !bases.Contains(parent); parent = BaseOf(parent))
            bases.Add(parent);
        return bases;
    }

    /// <summary>The base of a type written as in a signature: that of the listed type, with this one's type arguments in it.</summary>
    string? BaseOf(string type)
    {
        var (name, arguments) = SplitArguments(type);
        foreach (var (key, listed) in types)
        {
            var (listedName, parameters) = SplitArguments(key);
            if (listed.Base is not null && parameters.Count == arguments.Count && ("." + listedName).EndsWith("." + name, StringComparison.Ordinal))
                return Regex.Replace(listed.Base, @"\w+", word => parameters.IndexOf(word.Value) is var i and >= 0 ? arguments[i] : word.Value);
        }
        return null;
    }

    /// <summary><c>A&lt;B&lt;C, D&gt;, E&gt;</c> as <c>A</c> with <c>B&lt;C, D&gt;</c> and <c>E</c>.</summary>
    static (string Name, List<string> Arguments) SplitArguments(string type)
    {
        var open = type.IndexOf('<');
        if (open < 0)
            return (type, []);
        List<string> arguments = [""];
        var depth = 0;
        foreach (var c in type[(open + 1)..^1])
        {
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0)
                arguments.Add("");
            else
                arguments[^1] += c;
        }
        return (type[..open], [.. arguments.Select(argument => argument.Trim())]);
    }

    /// <summary>The same line, or a property of which the stand-in has only one of the two accessors.</summary>
    static bool Allows(string real, string line) => line == real || (real.StartsWith("prop ", StringComparison.Ordinal)
        && (line == real.Replace(" set;", "") || line == real.Replace(" get;", "")));

    /// <summary>The real members of the same name, those that begin most alike first.</summary>
    static IEnumerable<string> NearestTo(string name, string line, List<string> members)
    {
        var word = Regex.Escape(name == ".ctor" ? "new" : name);
        return members.Where(m => Regex.IsMatch(m, $@"(?<![\w.]){word}(<[\w, ]*>)?(\(|\[| \{{| =|$)"))
            .OrderByDescending(m => m.Zip(line).TakeWhile(pair => pair.First == pair.Second).Count())
            .Take(5);
    }

    static string Offence(string what, IEnumerable<string> instead)
    {
        var listed = instead.ToList();
        return listed.Count == 0
            ? $"{what}{Environment.NewLine}    the real package has nothing of that name"
            : what + string.Concat(listed.Select(line => $"{Environment.NewLine}    real: {line}"));
    }
}
