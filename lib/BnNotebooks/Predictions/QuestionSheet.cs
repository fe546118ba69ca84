using System.Net;
using System.Text.RegularExpressions;

namespace BnNotebooks.Predictions;

/// <summary>The questions that a notebook has asked so far, by their names.</summary>
sealed partial class QuestionSheet
{
    readonly List<Question> asked = [];

    /// <summary>Asks a question. A cell may run twice; two questions may not have one name.</summary>
    /// <exception cref="ArgumentException">The name is malformed, or another question has it; or the question is empty.</exception>
    public PredictionView Ask(Question question)
    {
        if (!Name().IsMatch(question.Id ?? ""))
            throw new ArgumentException($"\"{question.Id}\" names no question; expected the notebook's number and a name in small letters, for example 01-factor.", nameof(question));
        if (string.IsNullOrWhiteSpace(question.Text))
            throw new ArgumentException($"\"{question.Id}\" asks nothing; expected a question.", nameof(question));
        var view = question.Ask();
        var at = asked.FindIndex(other => other.Id == question.Id);
        if (at < 0)
            asked.Add(question);
        else if (asked[at].Ask() != view)
            throw new ArgumentException($"\"{question.Id}\" is asked already, in other words: \"{asked[at].Text}\". Give one of the two another name; where it is one question that you changed, restart the kernel.", nameof(question));
        return view with { Html = view.Html + (asked[0].Id == question.Id ? PredictionHtml.Script : PredictionHtml.Call) };
    }

    /// <summary>The question with a name, of one kind.</summary>
    /// <exception cref="ArgumentException">There is none, or it is of another kind.</exception>
    public T Find<T>(string id) where T : Question =>
        asked.Find(question => question.Id == id) switch
        {
            T question => question,
            null => throw new ArgumentException($"No question \"{id}\" was asked in this run. Run its prompt first. Asked were: {string.Join(", ", asked.Select(question => question.Id))}.", nameof(id)),
            var other => throw other.Expects(other switch
            {
                ChoiceQuestion => "one of its answers",
                NumberQuestion => "a number",
                _ => "a curve, a number for each place",
            }, "of another kind"),
        };

    /// <summary>How the reader did, over all questions.</summary>
    /// <exception cref="InvalidOperationException">None was asked.</exception>
    public PredictionView Score()
    {
        if (asked.Count == 0)
            throw new InvalidOperationException("No question was asked in this run, so there is no score. Run the prompts first: Predict.Choice, Predict.Number, Predict.Curve.");
        return new(
            PredictionHtml.Score(string.Concat(asked.Select(question => $"<li data-id=\"{question.Id}\">{WebUtility.HtmlEncode(question.Text)}</li>"))),
            $"Your predictions in this notebook:\n{string.Join('\n', asked.Select(question => $"  - {question.Text}"))}");
    }

    [GeneratedRegex(@"\A[0-9]{2}[a-z]?(-[a-z0-9]+)+\z")]
    private static partial Regex Name();
}
