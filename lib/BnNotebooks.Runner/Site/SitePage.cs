using BnNotebooks.Claims;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site.Live;

namespace BnNotebooks.Runner.Site;

/// <summary>One notebook of the site, with its outputs, and how its run went.</summary>
/// <param name="Notebook">The executed notebook.</param>
/// <param name="Seconds">How long the run took; null where nothing was run, and the page shows what the notebook carries.</param>
/// <param name="Cells">How many code cells ran, or have outputs of an earlier run.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Error">What went wrong, in a line or two, or null.</param>
public sealed record SitePage(NotebookDocument Notebook, double? Seconds, int Cells, int Failed, string? Error)
{
    /// <summary>A notebook as it lies there, with the outputs that it carries. Nothing is said of a run.</summary>
    public static SitePage AsCarried(NotebookDocument notebook)
    {
        var cells = notebook.Cells.Where(cell => cell.Kind == "code").ToList();
        var failed = cells.Count(cell => cell.Outputs.Any(output => (string?)output?["output_type"] == "error"));
        return new(notebook, Seconds: null, cells.Count, failed, Error: null) { IsStale = !CommittedOutputs.AreOfTheCodeIn(notebook) };
    }

    /// <summary>Whether the outputs came from other code than the notebook has now, or from none that is known.</summary>
    public bool IsStale { get; init; }

    /// <summary>The file name of the page.</summary>
    public string FileName => Notebook.Name + ".html";

    /// <summary>The number that the notebook's name starts with (<c>08</c>, or <c>05b</c>), or an empty string.</summary>
    public string Number => char.IsAsciiDigit(Notebook.Name[0]) ? Notebook.Name.Split('-')[0] : "";

    /// <summary>The title without a number that repeats <see cref="Number"/>: "8. Examples" becomes "Examples".</summary>
    public string Title
    {
        get
        {
            var title = Notebook.Title;
            var digits = string.Concat(title.TakeWhile(char.IsAsciiDigit));
            if (!int.TryParse(digits, out var number) || !int.TryParse(Number, out var own) || number != own)
                return title;
            var rest = title[digits.Length..].TrimStart(' ', '.', ':', '·', '-', '–', '—');
            return rest.Length > 0 ? rest : title;
        }
    }

    /// <summary>Whether the run went through.</summary>
    public bool Succeeded => Failed == 0 && Error is null;

    /// <summary>What went wrong, or an empty string.</summary>
    public string Problem => Succeeded ? "" : Error ?? (Failed == 1 ? "1 cell failed." : $"{Failed} cells failed.");
}

/// <summary>What the pages say about the course as a whole.</summary>
/// <param name="Title">The name of the course.</param>
/// <param name="Description">One sentence about it.</param>
/// <param name="Packages">The packages that the notebooks ran with.</param>
public sealed record SiteInfo(string Title, string Description, IReadOnlyList<PackageInUse> Packages)
{
    /// <summary>What each notebook finds, and in which order to read.</summary>
    public CourseBook Book { get; init; } = CourseBook.Empty;

    /// <summary>What of the library runs in the pages.</summary>
    public IReadOnlyList<EnginePack> Engines { get; init; } = [];

    /// <summary>Which cells run in their page.</summary>
    public LiveCells Live { get; init; } = LiveCells.None;

    /// <summary>The claims and their verdicts, or null for a site without a page of them.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>The repository on GitHub, <c>https://github.com/OWNER/NAME</c>, or null where it is not known: then no page leads there.</summary>
    public string? Repository { get; init; }

    /// <summary>Where the site is published, <c>https://…/</c>, or null where it is not known: then no page names its picture for other sites.</summary>
    public string? Address { get; init; }

    internal Uri? AddressOf(string file) => Address is null ? null : new Uri(new Uri(Address.TrimEnd('/') + "/"), file);

    /// <summary>A PDF of the whole course to put beside the pages, or null.</summary>
    public string? Pdf { get; init; }
}
