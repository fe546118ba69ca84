namespace BnNotebooks.Runner.Site;

/// <summary>Says where a link in a notebook leads on the site.</summary>
/// <param name="notebookNames">The notebooks that have a page.</param>
/// <param name="folder">Where the notebooks and their pictures lie.</param>
sealed class PageLinks(IEnumerable<string> notebookNames, string folder = ".")
{
    static readonly HashSet<string> PictureTypes =
        new([".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"], StringComparer.OrdinalIgnoreCase);

    readonly HashSet<string> names = [.. notebookNames];
    readonly SortedSet<string> pictures = new(StringComparer.Ordinal);
    readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;

    /// <summary>The pictures that pages show: their paths below the notebooks' folder, and so below the site's.</summary>
    public IReadOnlyCollection<string> Pictures => pictures;

    /// <summary>
    /// The address to use on a page: the page of a notebook, a heading, a web address; or null where the link leads to a
    /// file that the site does not carry.
    /// </summary>
    public string? Resolve(string url)
    {
        // Editors disagree on the case of a heading's id, so ours are all lower case.
        var hash = url.IndexOf('#');
        var fragment = hash < 0 ? "" : url[hash..].ToLowerInvariant();
        var path = hash < 0 ? url : url[..hash];
        if (path.Length == 0)
            return fragment.Length > 1 ? fragment : null;
        if (path.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return url;

        var file = Uri.UnescapeDataString(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path);
        var isPage = file.EndsWith(".ipynb", StringComparison.Ordinal) && names.Contains(file[..^".ipynb".Length]);
        return isPage ? Uri.EscapeDataString(file[..^".ipynb".Length]) + ".html" + fragment : null;
    }

    /// <summary>The address of a picture on a page: one within the notebooks' folder, or a data address; else null.</summary>
    public string? Picture(string url)
    {
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            return url;
        var path = Uri.UnescapeDataString(url);
        if (path.Contains('\0') || !PictureTypes.Contains(Path.GetExtension(path)))
            return null;
        var file = Path.GetFullPath(path, root);
        if (!file.StartsWith(root, StringComparison.Ordinal) || !File.Exists(file))
            return null;
        var parts = file[root.Length..].Split(Path.DirectorySeparatorChar);
        pictures.Add(Path.Combine(parts));
        return string.Join('/', parts.Select(Uri.EscapeDataString));
    }
}
