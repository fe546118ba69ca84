using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>
/// Whether a cell gave in the page what its notebook has recorded: the same words, and the same numbers beyond rounding. The page
/// adds in vectors of another width, so a sum of floats can differ in its last digit, and what is printed of it, too.
/// </summary>
static partial class SameOutput
{
    const string Chart = "application/vnd.plotly.v1+json", Plain = "text/plain", Html = "text/html";

    // Floats have seven digits; sums of hundreds of them keep about five.
    const double Relative = 1e-4;

    // Below this a number is itself a rounding error ("largest difference 1.2e-7"), and one of another size is as good.
    const double Noise = 1e-5;

    /// <summary>How the two differ, or null where they do not.</summary>
    public static string? Difference(JsonArray recorded, JsonArray given)
    {
        var (before, now) = (recorded.OfType<JsonObject>().Select(Recorded).ToList(), given.OfType<JsonObject>().Select(Given).ToList());
        if (before.Count != now.Count)
            return $"{before.Count} outputs are recorded, {now.Count} came";
        return before.Zip(now, (a, b) => a.Kind == b.Kind ? Between(a.Value, b.Value) : $"recorded as {a.Kind}, came as {b.Kind}")
            .FirstOrDefault(difference => difference is not null);
    }

    static (string Kind, JsonNode Value) Recorded(JsonObject output) => output["output_type"]!.GetValue<string>() switch
    {
        "stream" => ("stream", NotebookCell.TextOf(output["text"])),
        "error" => ("error", ""),
        _ => Richest(output["data"]!.AsObject()),
    };

    static (string Kind, JsonNode Value) Given(JsonObject output) => output["kind"]!.GetValue<string>() == "stream"
        ? ("stream", output["text"]!)
        : Richest(output["data"]!.AsObject());

    // The text of a table says what its HTML says.
    static (string Kind, JsonNode Value) Richest(JsonObject data)
    {
        var kind = data.ContainsKey(Chart) ? Chart : data.ContainsKey(Plain) ? Plain : Html;
        var value = data[kind]!;
        if (kind == Chart)
            return (kind, value as JsonObject ?? JsonNode.Parse(NotebookCell.TextOf(value))!);
        return (kind, NotebookCell.TextOf(value));
    }

    static string? Between(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (null, null) => null,
        (JsonObject x, JsonObject y) when x.Count == y.Count => x.Select(entry =>
            y.TryGetPropertyValue(entry.Key, out var other) ? Between(entry.Value, other) : $"{entry.Key} is missing").FirstOrDefault(found => found is not null),
        (JsonArray x, JsonArray y) when x.Count == y.Count => x.Zip(y, Between).FirstOrDefault(found => found is not null),
        (JsonValue x, JsonValue y) => BetweenTexts(Text(x), Text(y)),
        _ => $"{Short(a)} is recorded, {Short(b)} came",
    };

    static string Text(JsonValue value) => value.TryGetValue<string>(out var text) ? text : value.ToJsonString();

    static string? BetweenTexts(string a, string b)
    {
        if (a == b)
            return null;
        if (Number().Replace(a, "#") != Number().Replace(b, "#"))
            return $"\"{Short(a)}\" is recorded, \"{Short(b)}\" came";
        return Number().Matches(a).Zip(Number().Matches(b), (x, y) => Same(x.Value, y.Value) ? null : $"{x.Value} is recorded, {y.Value} came, in \"{Short(a)}\"")
            .FirstOrDefault(found => found is not null);
    }

    static bool Same(string a, string b)
    {
        var (x, y) = (Value(a), Value(b));
        var (size, apart) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Abs(x - y));
        return size < Noise || apart <= Relative * size || apart <= 1.01 * Math.Min(LastDigit(a), LastDigit(b));
    }

    static double Value(string number) => double.Parse(number.Replace('−', '-'), CultureInfo.InvariantCulture);

    // The unit of the last digit that is printed: 0.01 of 3.14, 1e-8 of 1.2e-7. A whole number is a count, and exact.
    static double LastDigit(string number)
    {
        var parts = number.Replace('−', '-').Split('e', 'E');
        if (!parts[0].Contains('.', StringComparison.Ordinal) && parts.Length == 1)
            return 0;
        var decimals = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return Math.Pow(10, (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - decimals);
    }

    static string Short(object? value) => value?.ToString() is { } text ? text.Length <= 160 ? text : text[..160] + "…" : "nothing";

    [GeneratedRegex(@"[-−]?\d+(?:\.\d+)?(?:[eE][-+−]?\d+)?")]
    private static partial Regex Number();
}
