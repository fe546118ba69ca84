using System.Text.Json;

namespace BnNotebooks.Claims;

/// <summary>
/// The statements of the slides and their verdicts, read from <c>data/claims.json</c>: a list of objects with the properties of
/// <see cref="Claim"/> in camel case, verdicts in words.
/// </summary>
/// <param name="claims">The claims in the order of the file.</param>
public sealed class Ledger(IReadOnlyList<Claim> claims)
{
    /// <summary>All claims, in the order of the file.</summary>
    public IReadOnlyList<Claim> Claims => claims;

    /// <summary>The claim with a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Claim this[string id] => claims.FirstOrDefault(claim => claim.Id == id)
        ?? throw new ArgumentException($"data/claims.json has no claim '{id}'. It has: {string.Join(", ", claims.Select(claim => claim.Id))}.", nameof(id));

    /// <summary>Some of the claims, for one notebook's box.</summary>
    /// <param name="ids">Their names, in the order in which they are shown.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Ledger Only(params string[] ids) => new([.. ids.Select(id => this[id])]);

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
        var claims = Parse(path);
        if (claims.CountBy(claim => claim.Id).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new InvalidDataException($"{path}: there are two claims '{twice}'; names must differ.");
        foreach (var claim in claims)
            if (WhatIsWrong(claim) is { } wrong)
                throw new InvalidDataException($"{path}: claim '{claim.Id}' {wrong}");
        return new Ledger(claims);
    }

    /// <summary>Measures again what decides the claims, each experiment once.</summary>
    /// <param name="experiments">The experiments by name; each returns its measurement for a metric.</param>
    /// <returns>The claims that have a test, with what was measured.</returns>
    /// <exception cref="ArgumentException">A claim names an experiment that is not among them.</exception>
    public IReadOnlyList<ClaimResult> Measure(IReadOnlyDictionary<string, Func<double>> experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        Claim[] tested = [.. claims.Where(claim => claim.Test is not null)];
        foreach (var claim in tested)
            if (!experiments.ContainsKey(claim.Test!.Experiment))
                throw new ArgumentException(
                    $"Claim '{claim.Id}' is decided by the experiment '{claim.Test.Experiment}', and there are only {string.Join(", ", experiments.Keys)}.", nameof(experiments));
        var values = tested.Select(claim => claim.Test!.Experiment).Distinct().ToDictionary(name => name, name => experiments[name]());
        return [.. tested.Select(claim => new ClaimResult(claim, values[claim.Test!.Experiment]))];
    }

    static Claim[] Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Claim[]>(File.ReadAllBytes(path), ClaimJson.Options) ?? [];
        }
        catch (JsonException error)
        {
            // The message names the place: "… Path: $[3].verdict | LineNumber: 24 | BytePositionInLine: 20."
            throw new InvalidDataException($"{path} is not a ledger: {error.Message}", error);
        }
    }

    static string? WhatIsWrong(Claim claim) => claim switch
    {
        { Slide: < 1 or > 24 } => $"is on slide {claim.Slide}; the deck has slides 1 to 24.",
        _ when string.IsNullOrWhiteSpace(claim.Statement) || string.IsNullOrWhiteSpace(claim.Finding) => "lacks its statement or its finding.",
        { Test: { AtLeast: null, AtMost: null } } => "has a test without a bound; give atLeast, atMost or both.",
        { Test: { } test } when !test.Stands(test.Measured) =>
            $"has the verdict '{claim.Verdict.ToText()}', which asks for a measurement {ClaimView.Bounds(test)}, but measured is {test.Measured}.",
        { Verdict: Verdict.Holds or Verdict.HoldsIf or Verdict.Wrong, Test: null, Literature: null } =>
            $"has the verdict '{claim.Verdict.ToText()}' and nothing that it rests on; give a test or the literature.",
        _ => null,
    };
}

/// <summary>A claim and what was measured for it just now.</summary>
/// <param name="Claim">The claim, which has a test.</param>
/// <param name="Measured">The measurement.</param>
public sealed record ClaimResult(Claim Claim, double Measured)
{
    /// <summary>Whether the verdict stands with it.</summary>
    public bool Agrees => Claim.Test!.Stands(Measured);
}
