namespace BnNotebooks.Claims;

/// <summary>What became of a statement of the slides or of a work.</summary>
public enum Verdict
{
    /// <summary>It is so.</summary>
    Holds,

    /// <summary>It is so under conditions that the slide or the work does not name.</summary>
    HoldsIf,

    /// <summary>Experiments and literature disagree about it.</summary>
    Contested,

    /// <summary>It is not so.</summary>
    Wrong,

    /// <summary>It could not be checked here.</summary>
    NotVerifiable,
}

/// <summary>Verdicts in words.</summary>
public static class VerdictText
{
    /// <summary>The verdict as the ledger writes it, for example <c>holds if</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string ToText(this Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.HoldsIf => "holds if",
        Verdict.Contested => "contested",
        Verdict.Wrong => "wrong",
        Verdict.NotVerifiable => "not verifiable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Expected one of the verdicts of the enumeration."),
    };

    internal static Verdict? Parse(string text) => Enum.GetValues<Verdict>().Cast<Verdict?>().FirstOrDefault(verdict => verdict!.Value.ToText() == text);
}
