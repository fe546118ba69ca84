using BnNotebooks.Runner.Site.Live;

namespace BnNotebooks.Runner.Site;

/// <summary>The site of this course: its name, and what is said of it as a whole.</summary>
static class CourseSite
{
    /// <summary>Writes it. Returns what could not be shown.</summary>
    /// <param name="directory">The folder of the site.</param>
    /// <param name="pages">The notebooks in the order of the course.</param>
    /// <param name="packages">The packages that they ran with; none where they did not run.</param>
    /// <param name="notebooks">The folder of the notebooks.</param>
    public static IReadOnlyList<string> Write(
        string directory, IReadOnlyList<SitePage> pages, IReadOnlyList<PackageInUse> packages, string notebooks)
    {
        var info = new SiteInfo(
            "Batch normalization", "Understand batch normalization by reading, predicting, building, breaking and mending it, in C#.", packages)
        {
            Book = CourseBook.Read(notebooks),
            Engines = EnginePack.All,
            Live = LiveCells.Read(notebooks),
        };
        return SiteBuilder.Write(directory, pages, info, notebooks);
    }
}
