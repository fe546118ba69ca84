using BnNotebooks.Views;

namespace BnNotebooks.Clinic;

/// <summary>Shows a case of the clinic.</summary>
public static class Case
{
    /// <summary>What was measured before the cure and after it.</summary>
    /// <param name="what">What was measured, and in what unit.</param>
    /// <param name="before">With the mistake.</param>
    /// <param name="after">Without it.</param>
    public static Table Show(string what, Outcome before, Outcome after) => Show((what, before, after));

    /// <summary>The same for several measurements.</summary>
    /// <param name="rows">What was measured, before and after.</param>
    public static Table Show(params (string What, Outcome Before, Outcome After)[] rows)
    {
        var seeds = rows.Max(row => Math.Max(row.Before.Values.Count, row.After.Values.Count));
        return new Table(["", "before", "after"],
            [.. rows.Select(row => (string[])[row.What, $"{row.Before}", $"{row.After}"])])
        {
            Caption = seeds > 1 ? $"{seeds} seeds: mean (lowest to highest)" : "no chance in it: the same with any seed",
        };
    }
}
