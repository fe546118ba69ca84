using System.Globalization;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace BnNotebooks.Live.Showing;

/// <summary>What a cell prints and shows, in order, in the forms in which a notebook would have it.</summary>
sealed class CellOutput : TextWriter
{
    // A loop that prints without end must not fill the page's memory.
    const int MostCharacters = 1_000_000;

    readonly List<OutputPart> parts = [];
    readonly StringBuilder line = new();
    int characters;

    public CellOutput() : base(CultureInfo.InvariantCulture) { }

    /// <summary>That of the cell which runs.</summary>
    public static CellOutput Current { get; private set; } = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Begins a cell: from here on <see cref="Console"/> writes here.</summary>
    public static CellOutput Begin()
    {
        Current = new();
        Console.SetOut(Current);
        Console.SetError(Current);
        return Current;
    }

    public override void Write(char value)
    {
        if (++characters < MostCharacters)
            line.Append(value);
        else if (characters == MostCharacters)
            line.Append("\n… and more: what a cell prints is cut off here.\n");
    }

    public override void Write(string? value)
    {
        foreach (var character in value ?? "")
            Write(character);
    }

    /// <summary>Adds a value in the forms that its type prefers.</summary>
    public void Show(object? value)
    {
        EndStream();
        if (value is not null)
            parts.Add(new("display", null, FormsOf(value).ToDictionary(mime => mime, mime => value.ToDisplayString(mime))));
    }

    /// <summary>All parts so far.</summary>
    public IReadOnlyList<OutputPart> Parts()
    {
        EndStream();
        return parts;
    }

    // A kernel of .NET Interactive shows a text and a number as they are.
    static IEnumerable<string> FormsOf(object value) => value is string || value.GetType().IsPrimitive || value is decimal
        ? [PlainTextFormatter.MimeType]
        : Formatter.GetPreferredMimeTypesFor(value.GetType());

    void EndStream()
    {
        if (line.Length > 0)
            parts.Add(new("stream", line.ToString(), null));
        line.Clear();
    }
}

/// <summary>One part of an output: printed text, or a value by its MIME types.</summary>
sealed record OutputPart(string Kind, string? Text, Dictionary<string, string>? Data);
