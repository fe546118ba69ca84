using BnNotebooks.Evidence;

namespace BnNotebooks.Claims;

/// <summary>A claim that evidence decides, and what follows from the evidence: from all seeds, and from each half of them alone.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="All">The verdict of all seeds.</param>
/// <param name="Odd">The verdict of the odd ones.</param>
/// <param name="Even">The verdict of the even ones.</param>
public sealed record EvidenceVerdict(Claim Claim, Verdict All, Verdict Odd, Verdict Even)
{
    /// <summary>What follows: the verdict of all seeds, if each half of them says the same; else the claim is contested.</summary>
    public Verdict Decided => Odd == All && Even == All ? All : Verdict.Contested;

    /// <summary>Whether the ledger says what follows.</summary>
    public bool Agrees => Claim.Verdict == Decided;

    /// <summary>The claims of a ledger that evidence decides.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <exception cref="FileNotFoundException">A study's evidence is missing.</exception>
    /// <exception cref="InvalidDataException">No study judges such a claim.</exception>
    public static IReadOnlyList<EvidenceVerdict> Of(Ledger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return [.. ledger.Claims.Where(claim => claim.Evidence is not null).Select(Of)];
    }

    /// <summary>What follows for one claim.</summary>
    /// <param name="claim">A claim that evidence decides.</param>
    public static EvidenceVerdict Of(Claim claim)
    {
        var (results, judgement) = (EvidenceFile.Read(claim.Evidence!), Judging(claim));
        return new EvidenceVerdict(claim, judgement.Verdict(results),
            judgement.Verdict(results.Where(int.IsOddInteger)), judgement.Verdict(results.Where(int.IsEvenInteger)));
    }

    internal static Judgement Judging(Claim claim) =>
        StudyList.Named(claim.Evidence!).Judgements.SingleOrDefault(judgement => judgement.Claim == claim.Id)
        ?? throw new InvalidDataException($"The ledger says that the evidence '{claim.Evidence}' decides '{claim.Id}', but that study does not judge it.");
}
