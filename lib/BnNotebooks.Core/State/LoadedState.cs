namespace BnNotebooks.Core;

/// <summary>What became of a state that a layer has loaded.</summary>
/// <param name="Missing">The layer's names that the state does not have: what they stand for stays as it was.</param>
/// <param name="Unexpected">The state's names that the layer does not have: left out.</param>
/// <param name="Converted">The names whose elements were of another type, such as F16 or F64, and were rounded to the layer's.</param>
public sealed record LoadedState(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Converted)
{
    /// <summary>The layers' names for what a state calls otherwise: PyTorch's older and newer weight norm, for example.</summary>
    internal static string Translate(string name) => name
        .Replace("parametrizations.weight.original0", "weight_g").Replace("parametrizations.weight.original1", "weight_v");

    /// <summary>
    /// Whether a strict loading passes over a name that only one side has: how many batches some running statistics have seen. Older
    /// batch norms did not count them, and to frozen ones it is nothing.
    /// </summary>
    internal static bool IsOptional(string name, IReadOnlyDictionary<string, StateTensor> own)
    {
        const string Counter = "num_batches_tracked";
        return name.EndsWith(Counter, StringComparison.Ordinal) && own.ContainsKey($"{name[..^Counter.Length]}running_mean");
    }

    /// <summary>A few of the names, for messages.</summary>
    internal static string Show(IReadOnlyList<string> names) => names.Count == 0 ? "none"
        : string.Join(", ", names.Take(5).Select(name => $"'{name}'")) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    /// <summary>Whether a tensor can take another's place: of its shape, or one number for another, and both whole numbers or both not.</summary>
    internal static bool Fits(StateTensor given, StateTensor mine) =>
        (given.Shape.SequenceEqual(mine.Shape) || (mine.Shape.Count == 0 && given.Shape is [1])) && given.DType != "BOOL"
        && given.DType.Contains('F') == mine.DType.Contains('F');
}
