using System.Globalization;

namespace BnNotebooks.Runner.Execution;

/// <summary>A name that fits no notebook. The message lists those there are.</summary>
sealed class UnknownNotebookException(string message) : Exception(message);

/// <summary>Finds notebooks by the names that people type.</summary>
static class NotebookFolder
{
    /// <summary>All notebooks of the folder, or those named, in the order of their numbers.</summary>
    /// <param name="folder">Where the notebooks are.</param>
    /// <param name="names">Names with or without <c>.ipynb</c>, or their numbers such as <c>08</c> or <c>05b</c>; none for all.</param>
    /// <exception cref="UnknownNotebookException">There is no such notebook, or none at all.</exception>
    public static IReadOnlyList<NotebookFile> Find(string folder, IReadOnlyCollection<string> names)
    {
        var all = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal).Select(path => new NotebookFile(path)).ToList()
            : [];
        if (all.Count == 0)
            throw new UnknownNotebookException($"There are no notebooks in {Path.GetFullPath(folder)}.");
        if (names.Count == 0)
            return all;

        foreach (var name in names)
            if (!all.Any(file => Fits(file, name)))
                throw new UnknownNotebookException(
                    $"There is no notebook \"{name}\". There are:{string.Concat(all.Select(file => $"\n  {file.Name}"))}");
        return [.. all.Where(file => names.Any(name => Fits(file, name)))];
    }

    static bool Fits(NotebookFile file, string name)
    {
        var bare = Path.GetFileName(name);
        if (bare.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
            bare = Path.GetFileNameWithoutExtension(bare);
        return bare == file.Name || (Number(bare) is { } wanted && Number(file.Name.Split('-')[0]) == wanted);
    }

    /// <summary>The number of a notebook, and the letter of one that was put behind it: 5 and "b" for <c>05b</c>.</summary>
    static (int, string)? Number(string text)
    {
        var digits = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, text[digits.Length..]) : null;
    }
}
