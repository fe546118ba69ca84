using BnNotebooks.Evidence;

namespace BnNotebooks.Predictions;

/// <summary>
/// Predictions that count: a prompt before the finding, its outcome after it, and a score at the end. The reader commits to an
/// answer first; then the outcome shows it beside what was measured. Guesses stay in the reader's browser.
/// </summary>
public static class Predict
{
    static readonly QuestionSheet sheet = new();

    /// <summary>Asks for one of several answers.</summary>
    /// <param name="id">The notebook's number and a name, for example <c>01-first</c>.</param>
    /// <param name="question">What is asked, as plain text.</param>
    /// <param name="answers">2 to 6 different ones, as plain text.</param>
    /// <exception cref="ArgumentException">One of them is not so, or another question has the name.</exception>
    public static PredictionView Choice(string id, string question, params string[] answers) => sheet.Ask(new ChoiceQuestion(id, question, answers));

    /// <summary>Asks for a number. Give either <paramref name="factor"/> or <paramref name="within"/>.</summary>
    /// <param name="id">The notebook's number and a name.</param>
    /// <param name="question">What is asked, as plain text.</param>
    /// <param name="unit">What the number counts, for example <c>times</c>; may be empty.</param>
    /// <param name="from">The smallest number that can be entered.</param>
    /// <param name="to">The largest.</param>
    /// <param name="factor">A guess that is this many times too high or too low still counts as right; above 1, where all numbers are positive.</param>
    /// <param name="within">A guess this far off, in the unit, still counts as right.</param>
    /// <exception cref="ArgumentException">One of them is not so, or another question has the name.</exception>
    public static PredictionView Number(string id, string question, string unit, double from, double to, double? factor = null, double? within = null) =>
        sheet.Ask(new NumberQuestion(id, question, unit, from, to, factor, within));

    /// <summary>Asks for a curve, which is drawn by dragging or with the arrow keys.</summary>
    /// <param name="id">The notebook's number and a name.</param>
    /// <param name="question">What is asked, as plain text.</param>
    /// <param name="xs">3 to 12 places; they stand at equal distances, whatever their values.</param>
    /// <param name="x">The name of the x axis, with its unit.</param>
    /// <param name="y">The name of the y axis, with its unit.</param>
    /// <param name="from">The lower end of the y axis.</param>
    /// <param name="to">The upper end.</param>
    /// <param name="within">The mean distance that still counts as right; without it, a tenth of the y axis.</param>
    /// <exception cref="ArgumentException">One of them is not so, or another question has the name.</exception>
    public static PredictionView Curve(string id, string question, IEnumerable<double> xs, string x, string y, double from, double to, double? within = null) =>
        sheet.Ask(new CurveQuestion(id, question, xs, x, y, from, to, within));

    /// <summary>The outcome of a <see cref="Choice"/>.</summary>
    /// <param name="id">The question's name.</param>
    /// <param name="answer">The right answer, as it is written there.</param>
    /// <param name="because">A sentence to it, or null.</param>
    /// <exception cref="ArgumentException">There is no such question in this run, it is of another kind, or it has no such answer.</exception>
    public static PredictionView Outcome(string id, string answer, string? because = null) => sheet.Find<ChoiceQuestion>(id).Outcome(answer, because);

    /// <summary>The outcome of a <see cref="Number"/>.</summary>
    /// <param name="id">The question's name.</param>
    /// <param name="measured">In the question's unit.</param>
    /// <param name="because">A sentence to it, or null.</param>
    /// <exception cref="ArgumentException">There is no such question in this run, or it is of another kind; or the number is not finite, or not positive where a factor is to be told.</exception>
    public static PredictionView Outcome(string id, double measured, string? because = null) => sheet.Find<NumberQuestion>(id).Outcome(measured, null, because);

    /// <summary>The outcome of a <see cref="Number"/> that was measured over seeds, shown with its interval.</summary>
    /// <inheritdoc cref="Outcome(string, double, string?)"/>
    public static PredictionView Outcome(string id, Estimate measured, string? because = null) =>
        sheet.Find<NumberQuestion>(id).Outcome(measured.Value, measured.ToString(), because);

    /// <summary>The outcome of a <see cref="Curve"/>.</summary>
    /// <param name="id">The question's name.</param>
    /// <param name="measured">A number for each place.</param>
    /// <param name="because">A sentence to it, or null.</param>
    /// <exception cref="ArgumentException">There is no such question in this run, or it is of another kind; or there are more or fewer numbers than places.</exception>
    public static PredictionView Outcome(string id, IEnumerable<double> measured, string? because = null) => sheet.Find<CurveQuestion>(id).Outcome(measured, because);

    /// <summary>How the reader did in this notebook, and which questions are worth another thought. It stands in the last code cell.</summary>
    /// <exception cref="InvalidOperationException">No question was asked in this run.</exception>
    public static PredictionView Score() => sheet.Score();
}
