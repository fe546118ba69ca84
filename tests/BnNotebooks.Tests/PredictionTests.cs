using BnNotebooks.Evidence;
using BnNotebooks.Predictions;

namespace BnNotebooks.Tests;

/// <summary>What a notebook's host gets of prompts, outcomes and scores.</summary>
public sealed class PredictionTests
{
    readonly QuestionSheet sheet = new();

    static ChoiceQuestion Choice(string id = "01-first", string text = "Which is first?") => new(id, text, ["with", "without"]);

    static NumberQuestion Number(string id = "01-factor", double? factor = 2, double? within = null) => new(id, "How many?", "times", 1, 100, factor, within);

    static CurveQuestion Curve(params double[] xs) => new("01-path", "How does it fall?", xs, "step", "loss (nats)", 0, 2, null);

    [Fact]
    public void Each_kind_of_question_and_its_outcome_read_sensibly_as_text()
    {
        Assert.Equal("Predict: Which is first?\n  ( ) with\n  ( ) without", Choice().Ask().Text);
        Assert.Equal("Which is first?\n  Outcome: without. It starts well.", Choice().Outcome("without", "It starts well.").Text);
        Assert.Equal("Predict: How many?\n  A number from 1 to 100 times; within a factor of 2 counts as right.", Number().Ask().Text);
        Assert.Equal("How many?\n  Outcome: 4.9 (4.3 to 5.6) times.", Number().Outcome(4.9, "4.9 (4.3 to 5.6)", null).Text);
        Assert.Equal("Predict: How does it fall?\n  A curve: loss (nats), from 0 to 2, for step 1, 10, 100; a mean distance of 0.2 counts as right.", Curve(1, 10, 100).Ask().Text);
        Assert.Equal("How does it fall?\n  Outcome: loss (nats): 2 at 1, 1.5 at 10, 0.5 at 100.", Curve(1, 10, 100).Outcome([2, 1.5, 0.5], null).Text);
    }

    [Fact]
    public void No_text_becomes_an_element_or_ends_an_attribute_early()
    {
        const string hostile = "</li></div><script>alert(1)</script>\"'&";
        var choice = new ChoiceQuestion("01-a", hostile, [hostile, "b"]);
        var number = new NumberQuestion("01-b", hostile, hostile, 1, 2, 2, null);
        var curve = new CurveQuestion("01-c", hostile, [1, 2, 3], hostile, hostile, 0, 1, null);
        sheet.Ask(choice);
        string[] all =
        [
            choice.Ask().Html, choice.Outcome(hostile, hostile).Html, number.Ask().Html, number.Outcome(1, hostile, hostile).Html,
            curve.Ask().Html, curve.Outcome([1, 2, 3], hostile).Html, sheet.Score().Html,
        ];
        Assert.All(all, html =>
        {
            Assert.DoesNotContain("<script>alert", html);
            Assert.DoesNotContain("\"'&", html);
            Assert.DoesNotContain("</li></div>", html.Replace("</li></ul>", ""));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("first")]
    [InlineData("1-first")]
    [InlineData("01-First")]
    [InlineData("01-first\n")]
    [InlineData("01-\"first")]
    [InlineData("01")]
    public void A_malformed_name_is_refused(string id) =>
        Assert.Contains("01-factor", Assert.Throws<ArgumentException>(() => sheet.Ask(Choice(id))).Message);

    [Fact]
    public void A_cell_may_run_twice_but_two_questions_may_not_have_one_name()
    {
        Assert.Equal(sheet.Ask(Choice()), sheet.Ask(Choice()));
        Assert.Contains("Which is first?", Assert.Throws<ArgumentException>(() => sheet.Ask(Choice(text: "Which is last?"))).Message);
        Assert.Throws<ArgumentException>(() => sheet.Ask(Number("01-first")));
    }

    [Fact]
    public void An_outcome_without_a_question_or_of_another_kind_says_what_was_asked()
    {
        sheet.Ask(Choice());
        Assert.Contains("Asked were: 01-first", Assert.Throws<ArgumentException>(() => sheet.Find<ChoiceQuestion>("01-none")).Message);
        Assert.Contains("one of its answers", Assert.Throws<ArgumentException>(() => sheet.Find<NumberQuestion>("01-first")).Message);
        Assert.Contains("with | without", Assert.Throws<ArgumentException>(() => Choice().Outcome("neither", null)).Message);
        Assert.Contains("3 finite numbers", Assert.Throws<ArgumentException>(() => Curve(1, 2, 3).Outcome([1, 2], null)).Message);
        Assert.Throws<ArgumentException>(() => Number().Outcome(double.NaN, null, null));
        Assert.Throws<ArgumentException>(() => Number().Outcome(-1, null, null));
        Assert.Throws<ArgumentException>(() => Predict.Outcome("99-never-asked", new Estimate(1, 0, 2, 1, 1, 3)));
    }

    [Fact]
    public void A_question_that_cannot_be_answered_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ChoiceQuestion("01-a", "?", ["one"]));
        Assert.Throws<ArgumentException>(() => new ChoiceQuestion("01-a", "?", ["one", "one"]));
        Assert.Throws<ArgumentException>(() => new NumberQuestion("01-a", "?", "", 2, 1, 2, null));
        Assert.Throws<ArgumentException>(() => Number(factor: null));
        Assert.Throws<ArgumentException>(() => Number(within: 3));
        Assert.Throws<ArgumentException>(() => new NumberQuestion("01-a", "?", "", 0, 1, 2, null)); // nothing is a factor away from 0
        Assert.Throws<ArgumentException>(() => Curve(1, 2));
        Assert.Throws<ArgumentException>(() => sheet.Ask(Choice(text: " ")));
    }

    [Fact]
    public void The_first_prompt_brings_the_script_along_and_nothing_else_does()
    {
        var first = sheet.Ask(Choice()).Html;
        string[] others = [sheet.Ask(Number()).Html, Choice().Outcome("with", null).Html, sheet.Score().Html];

        Assert.Contains("localStorage", first);
        Assert.All(others, html => Assert.InRange(html.Length, 1, 2000));
        Assert.All(others, html => Assert.EndsWith("bnPredict()</script>", html));
        Assert.DoesNotMatch("""(src|href)=|import\(|fetch|XMLHttp|sendBeacon|https?://(?!www.w3.org/2000/svg)""", first); // nothing is loaded or sent
    }

    [Fact]
    public void A_score_lists_the_questions_and_needs_one()
    {
        Assert.Throws<InvalidOperationException>(() => sheet.Score());
        sheet.Ask(Choice());
        sheet.Ask(Number());
        Assert.Equal("Your predictions in this notebook:\n  - Which is first?\n  - How many?", sheet.Score().Text);
    }
}
