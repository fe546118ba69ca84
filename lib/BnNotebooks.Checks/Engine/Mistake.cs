namespace BnNotebooks.Checks;

/// <summary>A mistake that people make, and a function that makes it: an answer that gives the same numbers made the same mistake.</summary>
/// <param name="Name">The mistake, said to the learner: <c>You added ε to the deviation.</c></param>
/// <param name="Wrong">A function that makes it.</param>
/// <typeparam name="TFunction">The learner's function.</typeparam>
sealed record Mistake<TFunction>(string Name, TFunction Wrong)
{
    /// <summary>Whether it is two mistakes at once. One of them may hide the other, or undo it.</summary>
    public bool IsPair { get; init; }
}

/// <summary>Mistakes of a function that has a switch for each, so that two at once are recognized as well.</summary>
static class Slips
{
    /// <summary>Every slip alone, then every two of them.</summary>
    /// <param name="names">The slips, as sentences to the learner.</param>
    /// <param name="make">The function that makes the slips for which its argument says so.</param>
    /// <param name="rare">Slips that are made alone, so that there are not too many pairs.</param>
    public static Mistake<TFunction>[] Of<TFunction>(string[] names, Func<Func<string, bool>, TFunction> make, params string[] rare) =>
    [
        .. names.Concat(rare).Select(name => new Mistake<TFunction>(name, make(Checked([.. names, .. rare], [name])))),
        .. from second in Enumerable.Range(1, names.Length - 1)
           from first in Enumerable.Range(0, second)
           select new Mistake<TFunction>($"Two things. {names[first]} And: {names[second]}", make(Checked([.. names, .. rare], [names[first], names[second]]))) { IsPair = true },
    ];

    static Func<string, bool> Checked(string[] names, string[] made) => name => Array.IndexOf(names, name) >= 0
        ? Array.IndexOf(made, name) >= 0
        : throw new ArgumentException($"No slip is called '{name}'.");
}
