using System.Globalization;
using BnNotebooks.Evidence;
using BnNotebooks.Views;

namespace BnNotebooks.Claims;

/// <summary>Shows claims.</summary>
public static class ClaimView
{
    /// <summary>
    /// The box at the end of a notebook: what the slide or the work says, the verdict, and what we found. What the notebook measured is
    /// kept for <c>dotnet bn.cs claims</c>.
    /// </summary>
    /// <param name="claims">The claims' names, and for those with a test what this notebook measured; null for the others.</param>
    /// <exception cref="ArgumentException">There is no claim of that name, or a measurement is missing or not asked for.</exception>
    public static Table Box(params (string Id, double? Measured)[] claims)
    {
        var box = Box(Ledger.Read(), claims);
        foreach (var (id, measured) in claims)
            if (measured is { } value)
                Measurements.Save(id, value);
        return box;
    }

    /// <summary>The box over a ledger other than <c>data/claims.json</c>; keeps nothing.</summary>
    internal static Table Box(Ledger ledger, params (string Id, double? Measured)[] claims) =>
        AllText([Speaker([.. claims.Select(entry => ledger[entry.Id])]), "verdict", "we found"],
            [.. claims.Select(entry => Row(ledger[entry.Id], entry.Measured))]);

    static string Speaker(Claim[] claims) => claims.All(claim => claim.Source is null) ? "the slide says"
        : claims.All(claim => claim.Source is not null) ? "the paper says" : "it is said";

    static string[] Row(Claim claim, double? measured) => (claim.Test, measured) switch
    {
        (null, null) when claim.Evidence is not null => [Said(claim), Decided(claim), Found(claim)],
        ({ } test, { } value) =>
        [
            Said(claim),
            test.Stands(value) ? claim.Verdict.ToText() : $"in the ledger: {claim.Verdict.ToText()}; this run does not bear it out",
            $"{claim.Finding} Measured: {test.Metric}: {Number(value)}.",
        ],
        (null, null) => [Said(claim), claim.Verdict.ToText(), Found(claim)],
        ({ } test, null) => throw new ArgumentException(
            $"The claim '{claim.Id}' is decided by a measurement ({test.Metric}); give the box what the notebook measured.", nameof(claim)),
        (null, { } value) => throw new ArgumentException(
            $"The box was given {value} for '{claim.Id}', but data/claims.json has no test for it; add one, or give null.", nameof(claim)),
    };

    /// <summary>The whole ledger.</summary>
    /// <param name="ledger">The claims to show.</param>
    public static Table Of(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return AllText(["said by", "statement", "verdict", "rests on", "we found", "notebook"],
            [.. ledger.Claims.Select(claim => (string[])[claim.SaidBy, claim.Statement, claim.Verdict.ToText(), RestsOn(claim), Found(claim), claim.NotebookNumber])]) with
        {
            Caption = string.Join(", ", Enum.GetValues<Verdict>()
                .Select(verdict => (verdict, Count: ledger.Claims.Count(claim => claim.Verdict == verdict)))
                .Where(entry => entry.Count > 0).Select(entry => $"{entry.verdict.ToText()}: {entry.Count}")),
        };
    }

    /// <summary>What a verdict rests on: evidence of many seeds, a measurement without chance, the literature, or nothing that was found.</summary>
    /// <param name="claim">The claim.</param>
    public static string RestsOn(Claim claim) => claim switch
    {
        null => throw new ArgumentNullException(nameof(claim)),
        { Evidence: not null } => "evidence",
        { Test: not null } => "measurement",
        { Verdict: Verdict.NotVerifiable } => "nothing found",
        _ => "literature",
    };

    /// <summary>What was measured again, beside what the ledger says.</summary>
    /// <param name="results">What <see cref="Ledger.Compare"/> gave.</param>
    public static Table Of(IReadOnlyList<ClaimResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return AllText(["notebook", "claim", "verdict", "in the ledger", "now", "stands with a value", ""],
            [.. results.Select(result => (string[])
            [
                result.Claim.NotebookNumber, result.Claim.Id, result.Claim.Verdict.ToText(),
                Number(result.Claim.Test!.Measured), Number(result.Measured), Bounds(result.Claim.Test),
                result.Agrees ? "agrees" : double.IsNaN(result.Measured) ? "NOT MEASURED" : "DISAGREES",
            ])]);
    }

    /// <summary>What follows from the committed evidence, beside what the ledger says.</summary>
    /// <param name="verdicts">What <see cref="EvidenceVerdict.Of(Ledger)"/> gave.</param>
    public static Table Of(IReadOnlyList<EvidenceVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return AllText(["notebook", "claim", "evidence", "verdict in the ledger", "of all seeds", "of the odd", "of the even", ""],
            [.. verdicts.Select(entry => (string[])
            [
                entry.Claim.NotebookNumber, entry.Claim.Id, entry.Claim.Evidence!, entry.Claim.Verdict.ToText(),
                entry.All.ToText(), entry.Odd.ToText(), entry.Even.ToText(), entry.Agrees ? "agrees" : "DISAGREES",
            ])]);
    }

    /// <summary>The claims that no measurement decides, with what is said about them elsewhere.</summary>
    /// <param name="ledger">The claims.</param>
    public static Table WithoutTest(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return AllText(["notebook", "claim", "verdict", "literature"],
            [.. ledger.Claims.Where(claim => claim.Test is null && claim.Evidence is null).Select(claim => (string[])
                [claim.NotebookNumber, claim.Id, claim.Verdict.ToText(), claim.Literature ?? ""])]);
    }

    /// <summary>A test's bounds in words.</summary>
    internal static string Bounds(ClaimTest test) => (test.AtLeast, test.AtMost) switch
    {
        ({ } low, { } high) => $"from {Number(low)} to {Number(high)}",
        ({ } low, null) => $"of at least {Number(low)}",
        (null, { } high) => $"of at most {Number(high)}",
        _ => "of any size",
    };

    static string Said(Claim claim) => $"{claim.Statement} ({claim.SaidBy})";

    /// <summary>Why the verdict is what it is: the finding, with its sentences composed, and what was measured or counted.</summary>
    /// <param name="claim">The claim.</param>
    public static string Found(Claim claim) => claim switch
    {
        null => throw new ArgumentNullException(nameof(claim)),
        { Test: { } test } => $"{claim.Finding} Measured: {test.Metric}: {Number(test.Measured)}.",
        { Evidence: { } evidence } =>
            $"{Prose.FillBraces(claim.Finding)} Evidence ({StudyList.Named(evidence).Seeds} seeds, {evidence}): {EvidenceVerdict.Judging(claim).Sentence(EvidenceFile.Read(evidence))}.",
        _ => Prose.FillBraces(claim.Finding),
    };

    /// <summary>The verdict that follows from the evidence, and the ledger's where that is another.</summary>
    static string Decided(Claim claim) => EvidenceVerdict.Of(claim).Decided is var verdict && verdict == claim.Verdict
        ? verdict.ToText()
        : $"{verdict.ToText()}; in the ledger: {claim.Verdict.ToText()}";

    static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    static Table AllText(string[] columns, string[][] rows) => new(columns, rows) { FirstNumericColumn = columns.Length };
}
