using System.Globalization;
using System.Net;
using System.Text.Json;

namespace BnNotebooks.Predictions;

/// <summary>A curve through a few given places, drawn by dragging. The places stand at equal distances, whatever their values.</summary>
sealed class CurveQuestion : Question
{
    readonly double[] xs;
    readonly string x, y, frame;
    readonly double from, to, within;

    public CurveQuestion(string id, string text, IEnumerable<double> xs, string x, string y, double from, double to, double? within) : base(id, text)
    {
        this.xs = [.. xs];
        if (this.xs.Length is < 3 or > 12 || !this.xs.All(double.IsFinite))
            throw new ArgumentException($"\"{id}\" needs 3 to 12 finite places on its x axis; it has {this.xs.Length}.", nameof(xs));
        if (!(double.IsFinite(from) && double.IsFinite(to) && from < to))
            throw new ArgumentException($"\"{id}\" has a y axis from {from} to {to}; the first must be the smaller, and both finite.", nameof(from));
        (this.x, this.y, this.from, this.to) = (x, y, from, to);
        this.within = within ?? 0.1 * (to - from);
        if (!(this.within > 0))
            throw new ArgumentException($"\"{id}\": the mean distance that counts as right is above 0; it is {within}.", nameof(within));
        frame = JsonSerializer.Serialize(new { x = this.xs.Select(Shown.Of), xName = x, yName = y, from, to });
    }

    string Near => $"a mean distance of {Shown.Of(within)} counts as right";

    public override PredictionView Ask()
    {
        var range = $"A curve: {y}, from {Shown.Of(from)} to {Shown.Of(to)}, for {x} {string.Join(", ", xs.Select(Shown.Of))}; {Near}.";
        return new(PredictionHtml.Prompt(this, "curve", [("frame", frame)], $"<p>{WebUtility.HtmlEncode(range)}</p>"), $"Predict: {Text}\n  {range}");
    }

    /// <summary>The outcome.</summary>
    /// <param name="measured">A finite number for each place.</param>
    /// <param name="because">A sentence more, or null.</param>
    public PredictionView Outcome(IEnumerable<double> measured, string? because)
    {
        double[] ys = [.. measured];
        if (ys.Length != xs.Length || !ys.All(double.IsFinite))
            throw Expects($"{xs.Length} finite numbers, one for each place", $"{ys.Length} numbers: {string.Join(", ", ys.Select(Shown.Of))}");
        var points = string.Join(", ", xs.Zip(ys, (at, value) => $"{Shown.Of(value)} at {Shown.Of(at)}"));
        return PredictionHtml.Outcome(this, "curve",
            [("frame", frame), ("values", JsonSerializer.Serialize(ys)), ("within", within.ToString("R", CultureInfo.InvariantCulture)), ("near", Near)],
            $"{y}: {points}", because);
    }
}
