using System.Text.RegularExpressions;
using BnNotebooks.Predictions;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>Every question of the course is answered once, after it was asked, and counted at the end.</summary>
public partial class PredictionRulesTests
{
    public static TheoryData<string> Names => CourseFiles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_question_has_one_outcome_below_it_and_a_notebook_with_questions_ends_with_the_score(string name)
    {
        NotebookCell[] code = [.. CourseFiles.Named(name).Cells.Where(cell => cell.Kind == "code")];
        var said = code.Index().SelectMany(cell => Called().Matches(cell.Item.Source)
            .Select(match => (Cell: cell.Index, Asks: match.Groups["kind"].Value != "Outcome", Id: match.Groups["id"].Value))).ToArray();
        string[] asked = [.. said.Where(call => call.Asks).Select(call => call.Id)];
        if (asked.Length == 0)
        {
            Assert.Empty(said);
            return;
        }
        Assert.Distinct(asked);
        Assert.All(asked, id => Assert.StartsWith(name.Split('-')[0] + "-", id));
        Assert.Equal(asked.Order(), said.Where(call => !call.Asks).Select(call => call.Id).Order());
        Assert.All(said.Where(call => call.Asks), ask => Assert.True(
            said.Single(call => !call.Asks && call.Id == ask.Id).Cell > ask.Cell, $"{ask.Id} has its outcome before its question"));
        Assert.Equal("Predict.Score()", code[^1].Source.Trim());
        Assert.DoesNotContain("**Predict.**", CourseFiles.Named(name).Prose()); // one way to ask
    }

    [Fact]
    public void The_committed_prompts_bring_the_script_of_today()
    {
        string[] scripts = [.. CourseFiles.Notebooks.SelectMany(notebook => notebook.Cells).SelectMany(cell => cell.Outputs)
            .Select(output => NotebookCell.TextOf(output!["data"]?[MimeTypes.Html])).Where(html => html.Contains("window.bnPredict =", StringComparison.Ordinal))];
        Assert.NotEmpty(scripts);
        Assert.All(scripts, html => Assert.EndsWith(PredictionHtml.Script, html)); // if not: dotnet bn.cs run --update
    }

    [GeneratedRegex("Predict\\.(?<kind>Choice|Number|Curve|Outcome)\\(\\s*\"(?<id>[^\"]*)\"")]
    private static partial Regex Called();
}
