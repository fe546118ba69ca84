using System.Globalization;
using System.Net;
using System.Text;

namespace BnNotebooks.Checks;

/// <summary>How far the learner has come with an exercise.</summary>
public enum CheckStatus
{
    /// <summary>Nothing is written yet: the stub throws <see cref="NotImplementedException"/>, or a part is null.</summary>
    NotSolved,

    /// <summary>There is an answer, and it is not right.</summary>
    Wrong,

    /// <summary>The answer is right on all inputs.</summary>
    Solved,
}

/// <summary>What a check has to say about an answer.</summary>
/// <param name="Title">What the exercise is called.</param>
/// <param name="Status">How far the learner has come.</param>
/// <param name="Message">What is the matter, in a sentence or two.</param>
public sealed record CheckResult(string Title, CheckStatus Status, string Message)
{
    /// <summary>The mistake that was recognized, or null.</summary>
    public string? Mistake { get; init; }

    /// <summary>What was compared, in the order in which it is computed: its name, and the largest relative error, or null where there is nothing yet.</summary>
    public IReadOnlyList<(string Name, double? RelativeError)> Parts { get; init; } = [];

    /// <summary>The largest relative error that counts as right.</summary>
    public double Tolerance { get; init; }

    /// <summary>What the learner can do next, or null.</summary>
    public string? Next { get; init; }

    string Verdict => Status switch { CheckStatus.Solved => "right", CheckStatus.Wrong => "not right yet", _ => "not solved yet" };

    char Mark => Status switch { CheckStatus.Solved => '✓', CheckStatus.Wrong => '✗', _ => '○' };

    /// <summary>The result as lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Mark} {Title}: {Verdict}. {Message}");
        foreach (var (name, error) in Parts)
            text.Append($"\n  {Sign(error)} {name}: {Words(error)}");
        return (Next is null ? text : text.Append($"\n{Next}")).ToString();
    }

    /// <summary>The result as HTML that needs no style sheet and follows the host's light or dark text colour.</summary>
    public string ToHtml()
    {
        var colour = Status switch { CheckStatus.Solved => "#2e9e5b", CheckStatus.Wrong => "#d9663b", _ => "#8a8a8a" };
        var html = new StringBuilder($"""<div style="border-left:4px solid {colour};padding:4px 12px;margin:6px 0;overflow-wrap:anywhere"><strong>{Mark} {Text(Title)}: {Verdict}.</strong> {Text(Message)}""");
        if (Parts.Count > 0)
        {
            html.Append("""<ul style="list-style:none;padding:0;margin:6px 0 0 0;font-variant-numeric:tabular-nums">""");
            foreach (var (name, error) in Parts)
                html.Append($"<li>{Sign(error)} {Text(name)}: {Words(error)}</li>");
            html.Append("</ul>");
        }
        if (Next is not null)
            html.Append($"""<div style="margin-top:6px;opacity:0.8">{Text(Next)}</div>""");
        return html.Append("</div>").ToString();
    }

    char Sign(double? error) => error is null ? '○' : error <= Tolerance ? '✓' : '✗';

    static string Words(double? error) => error switch
    {
        null => "nothing yet",
        double.PositiveInfinity => "cannot be compared",
        { } value => $"relative error {value.ToString("0.0e+0", CultureInfo.InvariantCulture)}",
    };

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
