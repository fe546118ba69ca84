using System.Net;

namespace BnNotebooks.Predictions;

/// <summary>
/// The HTML of prompts, outcomes and scores: plain text that says all without a script, and data for the script, which makes
/// controls of it and covers outcomes. The first prompt of a notebook brings the script along; what comes after it only calls it.
/// </summary>
static class PredictionHtml
{
    /// <summary>What marks an output as one of these.</summary>
    public const string Marker = "data-bn-predict=";

    const string Frame = "border-left:3px solid #2a8a95;padding:.1em 0 .1em 1em";

    static readonly Lazy<string> script = new(ReadScript);

    /// <summary>A prompt.</summary>
    /// <param name="question">The question.</param>
    /// <param name="kind">The name that the script has for its kind.</param>
    /// <param name="data">What the script needs.</param>
    /// <param name="plain">HTML that stands there until the script puts controls into its place.</param>
    public static string Prompt(Question question, string kind, IEnumerable<(string, string)> data, string plain) => $"""
        <div {Marker}"prompt" style="{Frame}"{Data([("id", question.Id), ("kind", kind), .. data])}>
        <p><strong>Predict.</strong> <span data-question>{WebUtility.HtmlEncode(question.Text)}</span></p>
        <div data-plain>{plain}</div>
        </div>
        """;

    /// <summary>What the first prompt of a notebook brings along for all others.</summary>
    public static string Script => $"\n<script>{script.Value}</script>";

    /// <summary>What every other output has in its place: a host may show it later, or anew.</summary>
    public const string Call = "\n<script>window.bnPredict && bnPredict()</script>";

    /// <summary>An outcome, in HTML and as text.</summary>
    public static PredictionView Outcome(Question question, string kind, IEnumerable<(string, string)> data, string said, string? because)
    {
        var more = because is null ? "" : $" {because}";
        return new($"""
            <div {Marker}"outcome" style="{Frame}"{Data([("id", question.Id), ("kind", kind), .. data])}>
            <div data-result><p>{WebUtility.HtmlEncode(question.Text)}</p><p><strong>Outcome:</strong> {WebUtility.HtmlEncode(said)}.{WebUtility.HtmlEncode(more)}</p></div>
            </div>{Call}
            """, $"{question.Text}\n  Outcome: {said}.{more}");
    }

    /// <summary>A score.</summary>
    /// <param name="items">The questions as HTML list items.</param>
    public static string Score(string items) => $"""
        <div {Marker}"score" style="{Frame}">
        <p><strong>Your predictions in this notebook</strong></p>
        <ul>{items}</ul>
        </div>{Call}
        """;

    static string Data(IEnumerable<(string Name, string Value)> data) =>
        string.Concat(data.Select(item => $" data-{item.Name}=\"{WebUtility.HtmlEncode(item.Value)}\""));

    // It comes with every notebook, so it travels without indents and comments.
    static string ReadScript()
    {
        using var stream = typeof(PredictionHtml).Assembly.GetManifestResourceStream("predictions.js")
            ?? throw new InvalidOperationException("The library was built without its resource predictions.js.");
        var lines = new StreamReader(stream).ReadToEnd().Split('\n').Select(line => line.Trim());
        return string.Join('\n', lines.Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
    }
}
