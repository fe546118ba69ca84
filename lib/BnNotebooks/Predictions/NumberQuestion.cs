using System.Globalization;
using System.Net;

namespace BnNotebooks.Predictions;

/// <summary>A number with a unit.</summary>
sealed class NumberQuestion : Question
{
    readonly string unit;
    readonly double from, to, factor, within;

    public NumberQuestion(string id, string text, string unit, double from, double to, double? factor, double? within) : base(id, text)
    {
        if (!(double.IsFinite(from) && double.IsFinite(to) && from < to))
            throw new ArgumentException($"\"{id}\" asks for a number from {from} to {to}; the first must be the smaller, and both finite.", nameof(from));
        if (factor is null == within is null)
            throw new ArgumentException($"\"{id}\" must say how near counts as right: either factor: 1.5, or within: 3 (in its unit).", nameof(factor));
        if (factor is { } f && !(double.IsFinite(f) && f > 1 && from > 0) || within is { } w && !(double.IsFinite(w) && w > 0))
            throw new ArgumentException($"\"{id}\": a factor is above 1 and needs positive numbers, a distance is above 0; it has factor {factor}, within {within}, from {from}.", nameof(factor));
        (this.unit, this.from, this.to, this.factor, this.within) = (unit, from, to, factor ?? 0, within ?? 0);
    }

    string Near => factor > 0 ? $"within a factor of {Shown.Of(factor)}" : $"within {Shown.Of(within)} {unit}".TrimEnd();

    string Range => $"A number from {Shown.Of(from)} to {Shown.Of(to)} {unit}".TrimEnd() + $"; {Near} counts as right.";

    public override PredictionView Ask() => new(
        PredictionHtml.Prompt(this, "number", [("unit", unit), ("from", Exact(from)), ("to", Exact(to))], $"<p>{WebUtility.HtmlEncode(Range)}</p>"),
        $"Predict: {Text}\n  {Range}");

    /// <summary>The outcome.</summary>
    /// <param name="measured">In the question's unit, finite.</param>
    /// <param name="said">How it is shown, for example with its interval, or null.</param>
    /// <param name="because">A sentence more, or null.</param>
    public PredictionView Outcome(double measured, string? said, string? because) =>
        double.IsFinite(measured) && (factor == 0 || measured > 0)
            ? PredictionHtml.Outcome(this, "number",
                [("value", Exact(measured)), ("factor", Exact(factor)), ("within", Exact(within)), ("unit", unit), ("near", Near)],
                $"{said ?? Shown.Of(measured)} {unit}".TrimEnd(), because)
            : throw Expects(factor > 0 ? "a positive number" : "a finite number", Shown.Of(measured));

    static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
