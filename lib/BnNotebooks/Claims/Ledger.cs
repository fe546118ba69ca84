using System.Text.Json;
using System.Text.RegularExpressions;

namespace BnNotebooks.Claims;

/// <summary>
/// The statements of the slides and of other works, and their verdicts, read from <c>data/claims.json</c>: a list of objects with the properties of
/// <see cref="Claim"/> in camel case, verdicts in words.
/// </summary>
/// <param name="claims">The claims in the order of the file.</param>
public sealed partial class Ledger(IReadOnlyList<Claim> claims)
{
    /// <summary>All claims, in the order of the file.</summary>
    public IReadOnlyList<Claim> Claims => claims;

    /// <summary>The claims of the deck alone.</summary>
    public Ledger OfTheDeck => new([.. claims.Where(claim => claim.Source is null)]);

    /// <summary>The claims of other works alone.</summary>
    public Ledger OfOtherWorks => new([.. claims.Where(claim => claim.Source is not null)]);

    /// <summary>The claim with a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Claim this[string id] => claims.FirstOrDefault(claim => claim.Id == id)
        ?? throw new ArgumentException($"data/claims.json has no claim '{id}'. It has: {string.Join(", ", claims.Select(claim => claim.Id))}.", nameof(id));

    /// <summary>Reads <c>data/claims.json</c>.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">Something in it is wrong; the message says what, and in which claim.</exception>
    public static Ledger Read() => Read(RepositoryRoot.File("data", "claims.json"));

    /// <summary>Reads a ledger.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">Something in it is wrong; the message says what, and in which claim.</exception>
    public static Ledger Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The claim ledger is missing ({path}). Get it back with: git checkout -- data/claims.json", path);
        var claims = JsonList.Parse<Claim>(path, File.ReadAllText(path), ClaimJson.Options);
        if (claims.CountBy(claim => claim.Id).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new InvalidDataException($"{path}: there are two claims '{twice}'; names must differ.");
        foreach (var claim in claims)
            if (WhatIsWrong(claim) is { } wrong)
                throw new InvalidDataException($"{path}: claim '{claim.Id}' {wrong}");
        return new Ledger(claims);
    }

    /// <summary>Holds what was measured just now against the verdicts.</summary>
    /// <param name="measured">The measurements by the claims' names, as <see cref="Measurements.Read"/> gives them.</param>
    /// <returns>The claims that have a test, with what was measured, or NaN where nothing was.</returns>
    public IReadOnlyList<ClaimResult> Compare(IReadOnlyDictionary<string, double> measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return [.. claims.Where(claim => claim.Test is not null).Select(claim => new ClaimResult(claim, measured.GetValueOrDefault(claim.Id, double.NaN)))];
    }

    /// <summary>The ledger with the measurements of just now in place of the earlier ones.</summary>
    /// <param name="results">What <see cref="Compare"/> gave.</param>
    /// <exception cref="ArgumentException">A verdict does not stand with its new measurement, so it has to be thought over first.</exception>
    public Ledger With(IReadOnlyList<ClaimResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.FirstOrDefault(result => !result.Agrees) is { } wrong)
            throw new ArgumentException($"The verdict on '{wrong.Claim.Id}' does not stand with {wrong.Measured}; change the verdict or the bound first.", nameof(results));
        var now = results.ToDictionary(result => result.Claim.Id, result => result.Measured);
        return new Ledger([.. claims.Select(claim => now.TryGetValue(claim.Id, out var value) ? claim with { Test = claim.Test! with { Measured = value } } : claim)]);
    }

    /// <summary>Writes the ledger to <c>data/claims.json</c>.</summary>
    public void Write() => Write(RepositoryRoot.File("data", "claims.json"));

    /// <summary>Writes the ledger, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(claims, ClaimJson.Options) + "\n");

    static string? WhatIsWrong(Claim claim) => claim switch
    {
        _ when !Claim.IsId(claim.Id) => $"has no name for a claim; expected {Claim.IdsAre}.",
        { Slide: null, Source: null } => $"has neither a slide nor a source; give the slide's number, or in source {Claim.SourcesAre}.",
        { Slide: not null, Source: not null } => "has a slide and a source; either the deck says it or another work.",
        { Source: { } source } when !Claim.IsSource(source) => $"has the source '{source}'; expected {Claim.SourcesAre}.",
        { Slide: < 1 or > 24 } => $"is on slide {claim.Slide}; the deck has slides 1 to 24.",
        _ when !NotebookName().IsMatch(claim.Notebook) => $"names the notebook '{claim.Notebook}'; expected a name such as 05-parameters-and-working.",
        _ when string.IsNullOrWhiteSpace(claim.Statement) || string.IsNullOrWhiteSpace(claim.Finding) => "lacks its statement or its finding.",
        { Test: { AtLeast: null, AtMost: null } } => "has a test without a bound; give atLeast, atMost or both.",
        { Test: { } test } when !test.Stands(test.Measured) =>
            $"has the verdict '{claim.Verdict.ToText()}', which asks for a measurement {ClaimView.Bounds(test)}, but measured is {test.Measured}.",
        { Test: not null, Evidence: not null } => "has a test and evidence; one of them decides, not both.",
        { Verdict: Verdict.Holds or Verdict.HoldsIf or Verdict.Wrong, Test: null, Evidence: null, Literature: null } =>
            $"has the verdict '{claim.Verdict.ToText()}' and nothing that it rests on; give evidence, a test or the literature.",
        _ => null,
    };

    [GeneratedRegex(@"\A[01][0-9][a-z]?-[a-z0-9-]+\z")]
    private static partial Regex NotebookName();
}

/// <summary>A claim and what was measured for it just now.</summary>
/// <param name="Claim">The claim, which has a test.</param>
/// <param name="Measured">The measurement, or NaN where there is none.</param>
public sealed record ClaimResult(Claim Claim, double Measured)
{
    /// <summary>Whether the verdict stands with it.</summary>
    public bool Agrees => Claim.Test!.Stands(Measured);
}
