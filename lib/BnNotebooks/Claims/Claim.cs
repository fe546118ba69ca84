using System.Text.RegularExpressions;

namespace BnNotebooks.Claims;

/// <summary>One checkable statement of the slides or of a published work, and what became of it.</summary>
public sealed partial record Claim
{
    internal const string IdsAre = "a name of small letters, digits and hyphens such as affine-fixes-statistics";

    /// <summary>Whether a text can be an <see cref="Id"/>: a measurement's file is named after it, so no path can.</summary>
    internal static bool IsId(string text) => Ids().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Ids();

    /// <summary>A short name by which notebooks refer to it, for example <c>affine-fixes-statistics</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the slide, from 1 to 24, or null where another work says it (<see cref="Source"/>).</summary>
    public int? Slide { get; init; }

    /// <summary>The work that says it, as <c>authors year, title, venue</c>, or null where the deck does.</summary>
    public string? Source { get; init; }

    /// <summary>Who says it, for short: <c>slide 14</c>, or <c>Zhu, Chen, He, LeCun and Liu 2025</c>.</summary>
    public string SaidBy => Source is null ? $"slide {Slide}" : Work().Match(Source).Groups["short"].Value;

    internal const string SourcesAre = "a work as 'authors year, title, venue'";

    /// <summary>Whether a text can be a <see cref="Source"/>.</summary>
    internal static bool IsSource(string text) => Work().IsMatch(text);

    [GeneratedRegex(@"\A(?<short>\p{L}[^\d]* (19|20)\d\d), \S.*\S, \S.*\z")]
    private static partial Regex Work();

    /// <summary>What the slide or the work says, in our words.</summary>
    public required string Statement { get; init; }

    /// <summary>What became of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one or two sentences: what was seen, or under which condition it holds.</summary>
    public required string Finding { get; init; }

    /// <summary>The notebook that shows and measures it, for example <c>05-parameters-and-working</c>.</summary>
    public required string Notebook { get; init; }

    /// <summary>The id of the notebook's cell whose chart or table decides it, or null where its box says all.</summary>
    public string? Cell { get; init; }

    /// <summary>What the notebook is called for short: <c>05</c>, or <c>05b</c> for one that was put behind it.</summary>
    internal string NotebookNumber => Notebook.Split('-')[0];

    /// <summary>The notebook's measurement that decides it, or null where evidence or the literature does, or nothing can.</summary>
    public ClaimTest? Test { get; init; }

    /// <summary>
    /// The study in <c>data/evidence</c> that decides it, or null. The verdict is then a function of the study's results, and in
    /// <see cref="Finding"/> a name such as <c>{faster-training/gain}</c> stands for a sentence that they compose.
    /// </summary>
    public string? Evidence { get; init; }

    /// <summary>What has been published about it, or null.</summary>
    public string? Literature { get; init; }
}

/// <summary>A measurement, and what it must give for a claim's verdict to stand.</summary>
public sealed record ClaimTest
{
    /// <summary>The experiment that decides, in words: data, network, what is changed, how many seeds.</summary>
    public required string Experiment { get; init; }

    /// <summary>What is measured, with its unit.</summary>
    public required string Metric { get; init; }

    /// <summary>The smallest value with which the verdict stands, or null for no such bound.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The largest value with which the verdict stands, or null for no such bound.</summary>
    public double? AtMost { get; init; }

    /// <summary>What was measured when the ledger was written.</summary>
    public required double Measured { get; init; }

    /// <summary>Whether the verdict stands with a value. With NaN it does not, nor with an infinite one: that is no measurement.</summary>
    /// <param name="value">What was measured.</param>
    public bool Stands(double value) => double.IsFinite(value) && value >= (AtLeast ?? double.NegativeInfinity) && value <= (AtMost ?? double.PositiveInfinity);
}
