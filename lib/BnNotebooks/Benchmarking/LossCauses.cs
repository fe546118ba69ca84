using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks.Benchmarking;

/// <summary>What is known of why a case is not won, by whoever looked into it.</summary>
/// <param name="Cases">Words that all occur in the names of the cases it is about, as in <c>--filter</c>.</param>
/// <param name="Cause">The cause, in a sentence.</param>
public sealed record LossCause(
    [property: JsonPropertyName("cases")] string Cases,
    [property: JsonPropertyName("cause")] string Cause)
{
    /// <summary>Whether it is about this case.</summary>
    public bool IsAbout(BenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Cases.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => result.Key.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>
/// Why cases are not won: what somebody has found out, in <c>data/bench-causes.json</c>; else what the numbers themselves say.
/// </summary>
/// <param name="Known">Causes by hand; the first that is about a case counts.</param>
public sealed record LossCauses(IReadOnlyList<LossCause> Known)
{
    /// <summary>What stands where nobody has found a cause.</summary>
    public const string Unknown = "not looked into";

    // Fewer make no difference; an output of 34 MB has 8,000.
    const long FewPages = 100;

    /// <summary>The causes that the repository carries.</summary>
    public static string CommittedPath => RepositoryRoot.File("data", "bench-causes.json");

    /// <summary>Reads the causes that the repository carries.</summary>
    /// <exception cref="IOException">The file is missing or damaged.</exception>
    public static LossCauses Committed() => Read(CommittedPath);

    /// <summary>Reads causes.</summary>
    /// <param name="path">A JSON array of <see cref="LossCause"/>.</param>
    /// <exception cref="IOException">The file is missing or damaged.</exception>
    public static LossCauses Read(string path) =>
        new(JsonList.Parse<LossCause>(path, File.ReadAllText(path), new JsonSerializerOptions(JsonList.Options)));

    /// <summary>Why a case is not won.</summary>
    /// <param name="result">A result that is not <see cref="BenchmarkResult.Won"/>.</param>
    public string Of(BenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Known.FirstOrDefault(cause => cause.IsAbout(result)) is { } known)
            return known.Cause;
        if (result.OursFreshPages - result.RivalFreshPages > FewPages)
            return FormattableString.Invariant(
                $"fresh memory: the system maps {result.OursFreshPages:N0} pages for a call of ours, {result.RivalFreshPages:N0} for the rival's");
        return result.OursMs < result.BestRivalMs ? "ahead by the median, but not in nineteen of twenty readings" : Unknown;
    }
}
