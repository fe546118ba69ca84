namespace BnNotebooks.Views;

/// <summary>
/// A figure to play with: a piece of HTML with its style and script, a file of its own in <c>Web/explorables</c>. A line in
/// it says what helps where its script may not run; the script takes the line away.
/// </summary>
/// <param name="Html">What a host shows.</param>
public sealed record Explorable(string Html)
{
    const string Prefix = "explorables/", Extension = ".html";

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from resource in typeof(Explorable).Assembly.GetManifestResourceNames()
           where resource.StartsWith(Prefix, StringComparison.Ordinal)
           select resource[Prefix.Length..^Extension.Length],
    ];

    /// <summary>The one with a name, as the last expression of a cell.</summary>
    /// <exception cref="ArgumentException">There is none with that name; the message lists those that there are.</exception>
    public static Explorable Show(string name)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"There is no explorable \"{name}\". There are: {string.Join(", ", Names)}.", nameof(name));
        using var stream = typeof(Explorable).Assembly.GetManifestResourceStream(Prefix + name + Extension)!;
        return new(new StreamReader(stream).ReadToEnd());
    }
}
