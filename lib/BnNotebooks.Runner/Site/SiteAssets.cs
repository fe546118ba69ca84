using System.Reflection;

namespace BnNotebooks.Runner.Site;

/// <summary>The scripts, styles and fonts of the pages, embedded in this assembly and in the library's.</summary>
static class SiteAssets
{
    const string Prefix = "site/";

    /// <summary>plotly.js, which the library embeds too for the charts in an editor.</summary>
    public static Stream OpenPlotly() => Open(Assembly.Load("BnNotebooks"), "plotly.min.js");

    /// <summary>One of this assembly's own assets, by its path below the assets folder.</summary>
    public static Stream Open(string path) => Open(typeof(SiteAssets).Assembly, Prefix + path);

    /// <summary>Writes all of them into a folder.</summary>
    public static void CopyTo(string directory)
    {
        foreach (var resource in typeof(SiteAssets).Assembly.GetManifestResourceNames())
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
                Copy(Open(resource[Prefix.Length..]), Path.Combine(directory, resource[Prefix.Length..]));
        Copy(OpenPlotly(), Path.Combine(directory, "vendor", "plotly.min.js"));
        foreach (var picture in TryIt.Pictures)
            Copy(Open(Assembly.Load("BnNotebooks"), "explorables/" + picture), Path.Combine(directory, "explorables", picture));
    }

    /// <summary>Writes an asset to a file, and closes it.</summary>
    public static void Copy(Stream asset, string path)
    {
        using (asset)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            asset.CopyTo(file);
        }
    }

    static Stream Open(Assembly assembly, string name) => assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{assembly.GetName().Name} does not embed \"{name}\". Build it again.");
}
