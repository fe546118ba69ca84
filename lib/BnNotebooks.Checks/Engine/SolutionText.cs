namespace BnNotebooks.Checks;

/// <summary>The text of a solution: the lines between <c>// solution of NAME</c> and <c>// end</c> in the file that compiled it.</summary>
static class SolutionText
{
    static readonly Lazy<string[]> lines = new(() => [.. typeof(SolutionText).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("exercises/", StringComparison.Ordinal)).SelectMany(Lines)]);

    public static string Of(string exercise)
    {
        var start = Array.FindIndex(lines.Value, line => line.Trim() == $"// solution of {exercise}");
        if (start < 0)
            throw new InvalidOperationException($"No file of exercises has a line '// solution of {exercise}'.");
        string[] body = [.. lines.Value.Skip(start + 1).TakeWhile(line => line.Trim() != "// end")];
        return string.Join('\n', body.Select(Shown));
    }

    // As a cell would have it: four spaces less, and without 'static'.
    static string Shown(string line)
    {
        var shown = line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line;
        return shown.StartsWith("static ", StringComparison.Ordinal) ? shown["static ".Length..] : shown;
    }

    static IEnumerable<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(SolutionText).Assembly.GetManifestResourceStream(resource)!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
