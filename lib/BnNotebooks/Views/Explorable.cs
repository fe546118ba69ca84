namespace BnNotebooks.Views;

/// <summary>
/// A figure to play with, a file of its own in <c>Web/explorables</c>. Some bring their script and move wherever it may run; a line in
/// them says what helps where it may not, and the script takes the line away. The others are a picture of their start with the C#
/// that they run; the course's pages bring those to life.
/// </summary>
/// <param name="Html">What a host shows.</param>
public sealed record Explorable(string Html)
{
    /// <summary>What stands in the HTML of every one that needs a page to come to life, and in no other.</summary>
    public const string Marker = "data-bn-explorable=\"";

    const string Prefix = "explorables/", Extension = ".html";

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from resource in typeof(Explorable).Assembly.GetManifestResourceNames()
           where resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.EndsWith(Extension, StringComparison.Ordinal)
           select resource[Prefix.Length..^Extension.Length],
    ];

    /// <summary>The one with a name, as the last expression of a cell.</summary>
    /// <exception cref="ArgumentException">There is none with that name; the message lists those that there are.</exception>
    public static Explorable Show(string name)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"There is no explorable \"{name}\". There are: {string.Join(", ", Names)}.", nameof(name));
        using var html = new StreamReader(Open(name + Extension));
        return new(WithPicture(html.ReadToEnd(), name + ".png"));
    }

    // The picture is a file beside the HTML; a notebook carries it with it.
    static string WithPicture(string html, string picture)
    {
        var address = $"src=\"{picture}\"";
        if (!html.Contains(address, StringComparison.Ordinal))
            return html;
        using var memory = new MemoryStream();
        using (var file = Open(picture))
            file.CopyTo(memory);
        return html.Replace(address, $"src=\"data:image/png;base64,{Convert.ToBase64String(memory.ToArray())}\"", StringComparison.Ordinal);
    }

    static Stream Open(string file) => typeof(Explorable).Assembly.GetManifestResourceStream(Prefix + file)
        ?? throw new FileNotFoundException($"The library does not embed \"{file}\". Build it again.", file);
}
