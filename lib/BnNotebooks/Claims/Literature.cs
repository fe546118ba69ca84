using BnNotebooks.Views;

namespace BnNotebooks.Claims;

/// <summary>Why the course cites a work.</summary>
public enum WorkKind
{
    /// <summary>It introduces a normalization.</summary>
    Method,

    /// <summary>It asks why or when normalization works.</summary>
    Explanation,

    /// <summary>It does without normalization.</summary>
    Without,

    /// <summary>It uses normalization, or is cited on the slides as if it did.</summary>
    Application,
}

/// <summary>A published work.</summary>
/// <param name="Year">Of the venue, or of the preprint where there is no other.</param>
/// <param name="Authors">Family names; more than five are the first and "et al.".</param>
/// <param name="Title">The full title.</param>
/// <param name="Venue">Where it was published, and its number on arXiv if it has one.</param>
/// <param name="Kind">Why the course cites it.</param>
/// <param name="Note">What it is about, in our words.</param>
public sealed record Work(int Year, string Authors, string Title, string Venue, WorkKind Kind, string Note);

/// <summary>
/// The works that the course cites. Title and venue of each were compared with independent lists and pages.
/// </summary>
public static partial class Literature
{
    /// <summary>The works of some kind, oldest first, as a table.</summary>
    /// <param name="kind">Which.</param>
    public static Table ToTable(WorkKind kind) => new(
        ["year", "work", "published in", "what it is"],
        [.. Works.Where(work => work.Kind == kind).OrderBy(work => work.Year).Select(work => (string[])
            [$"{work.Year}", $"{work.Authors}: {work.Title}", work.Venue, work.Note])])
    {
        FirstNumericColumn = 4, // none: even years read better on the left, before a text
    };
}
