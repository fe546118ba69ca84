namespace BnNotebooks.Core;

/// <summary>Looks up what a user asks for by a word.</summary>
internal static class NamedTable
{
    /// <summary>What a name stands for; an unknown one is answered with those that are known.</summary>
    public static TValue Find<TValue>(this OrderedDictionary<string, TValue> known, string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return known.TryGetValue(name, out var value)
            ? value
            : throw new ArgumentException($"Expected one of {string.Join(", ", known.Keys)}, but it is '{name}'.", parameter);
    }
}
