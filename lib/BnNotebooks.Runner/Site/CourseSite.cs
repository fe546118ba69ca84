using BnNotebooks.Claims;
using BnNotebooks.Runner.Site.Live;

namespace BnNotebooks.Runner.Site;

/// <summary>Where the course and its pages are to be found; null where that is not known. <see cref="SiteInfo"/> says what each is.</summary>
sealed record SitePlaces(string? Repository, string? Address, string? Pdf);

/// <summary>The site of this course: its name, and what is said of it as a whole.</summary>
static class CourseSite
{
    /// <summary>Writes it. Returns what could not be shown.</summary>
    /// <param name="directory">The folder of the site.</param>
    /// <param name="pages">The notebooks in the order of the course.</param>
    /// <param name="packages">The packages that they ran with; none where they did not run.</param>
    /// <param name="notebooks">The folder of the notebooks.</param>
    /// <param name="places">Where the course and its pages are to be found, as far as that is known.</param>
    /// <param name="engines">Whether what runs in the pages comes along; it weighs megabytes.</param>
    public static IReadOnlyList<string> Write(
        string directory, IReadOnlyList<SitePage> pages, IReadOnlyList<PackageInUse> packages, string notebooks, SitePlaces? places = null,
        bool engines = true)
    {
        if (engines && EnginePack.All.FirstOrDefault(engine => !engine.IsBuilt) is { } missing)
        {
            Console.Error.WriteLine($"The engine \"{missing.Name}\" is not built, so nothing runs in these pages. For that: dotnet bn.cs build");
            engines = false;
        }
        var info = new SiteInfo(
            "Batch normalization", "Understand batch normalization by reading, predicting, building, breaking and mending it, in C#.", packages)
        {
            Book = CourseBook.Read(notebooks),
            Engines = engines ? EnginePack.All : [],
            Live = engines ? LiveCells.Read(notebooks) : LiveCells.None,
            Ledger = Ledger.Read(),
            Repository = places?.Repository,
            Address = places?.Address,
            Pdf = places?.Pdf,
        };
        return SiteBuilder.Write(directory, pages, info, notebooks);
    }
}
