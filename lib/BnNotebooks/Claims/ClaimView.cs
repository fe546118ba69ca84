using System.Globalization;
using BnNotebooks.Views;

namespace BnNotebooks.Claims;

/// <summary>Shows claims.</summary>
public static class ClaimView
{
    /// <summary>The box at the end of a notebook: what the slide says, the verdict, and what we found.</summary>
    /// <param name="ledger">The claims to show, usually <see cref="Ledger.Only"/> some.</param>
    public static Table Box(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return AllText(["the slide says", "verdict", "we found"],
            [.. ledger.Claims.Select(claim => (string[])[$"{claim.Statement} (slide {claim.Slide})", claim.Verdict.ToText(), Found(claim)])]);
    }

    /// <summary>The whole ledger.</summary>
    /// <param name="ledger">The claims to show.</param>
    public static Table Of(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        string[] Row(Claim claim) =>
            [$"{claim.Slide}", claim.Statement, claim.Verdict.ToText(), Found(claim), claim.Literature ?? "", claim.Notebook ?? ""];
        return AllText(["slide", "statement", "verdict", "we found", "literature", "notebook"], [.. ledger.Claims.Select(Row)]) with
        {
            Caption = string.Join(", ", Enum.GetValues<Verdict>()
                .Select(verdict => (verdict, Count: ledger.Claims.Count(claim => claim.Verdict == verdict)))
                .Where(entry => entry.Count > 0).Select(entry => $"{entry.verdict.ToText()}: {entry.Count}")),
        };
    }

    /// <summary>What was measured again, beside what the ledger says.</summary>
    /// <param name="results">What <see cref="Ledger.Measure"/> gave.</param>
    public static Table Of(IReadOnlyList<ClaimResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return AllText(["claim", "verdict", "metric", "stands if", "in the ledger", "now", ""],
            [.. results.Select(result => (string[])
            [
                result.Claim.Id, result.Claim.Verdict.ToText(), result.Claim.Test!.Metric, Bounds(result.Claim.Test),
                Number(result.Claim.Test.Measured), Number(result.Measured), result.Agrees ? "agrees" : "DISAGREES",
            ])]);
    }

    /// <summary>A test's bounds in words.</summary>
    internal static string Bounds(ClaimTest test) => (test.AtLeast, test.AtMost) switch
    {
        ({ } low, { } high) => $"from {Number(low)} to {Number(high)}",
        ({ } low, null) => $"of at least {Number(low)}",
        (null, { } high) => $"of at most {Number(high)}",
        _ => "of any size",
    };

    static string Found(Claim claim) => claim.Test is { } test ? $"{claim.Finding} Measured: {test.Metric}: {Number(test.Measured)}." : claim.Finding;

    static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    static Table AllText(string[] columns, string[][] rows) => new(columns, rows) { FirstNumericColumn = columns.Length };
}
