namespace BnNotebooks.Runner.Site;

/// <summary>Says where a link in a notebook leads on the site.</summary>
sealed class PageLinks(IEnumerable<string> notebookNames)
{
    readonly HashSet<string> names = [.. notebookNames];

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
}
