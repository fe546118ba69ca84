namespace BnNotebooks.Runner.Site;

/// <summary>
/// The library's reference: a folder of the course's site, and a link to it on the index. Either may be there first, and each
/// outlives the other's renewal.
/// </summary>
static class Reference
{
    const string Folder = "api";

    const string Link = """<p class="reference"><a href="api/index.html">The library's reference</a>: every type and member, with its formula and its source.</p>""";

    // Where the link goes as soon as it leads somewhere.
    const string Place = "<!-- the library's reference is not built -->";

    /// <summary>What stands on the index of a site that is written now.</summary>
    /// <param name="oldSite">The folder of the site that it takes the place of.</param>
    public static string OnIndex(string oldSite) => File.Exists(Path.Combine(oldSite, Folder, "index.html")) ? Link : Place;

    /// <summary>Takes the reference over from the site that was there before.</summary>
    public static void Keep(string oldSite, string site)
    {
        if (Directory.Exists(Path.Combine(oldSite, Folder)))
            Directory.Move(Path.Combine(oldSite, Folder), Path.Combine(site, Folder));
    }

    /// <summary>Puts pages that have just been made into a site, and the link to them on its index, if there is one yet.</summary>
    /// <returns>The first of the pages.</returns>
    public static string Put(string pages, string site)
    {
        var folder = Path.Combine(site, Folder);
        Directory.CreateDirectory(site);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(pages, folder);

        var index = Path.Combine(site, "index.html");
        if (File.Exists(index))
            File.WriteAllText(index, File.ReadAllText(index).Replace(Place, Link, StringComparison.Ordinal));
        return Path.Combine(folder, "index.html");
    }
}
