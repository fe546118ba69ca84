namespace BnNotebooks.Checks.Tests;

/// <summary>No right answer is refused, however it is written.</summary>
[Collection("the learner's state")]
public class RightAnswerTests
{
    public static TheoryData<string> Names => [.. RightAnswers.All.Select(answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_right_answer_is_right_in_any_style(string name)
    {
        var result = RightAnswers.All.Single(answer => answer.Name == name).Check();
        Assert.True(result.Status == CheckStatus.Solved, result.ToString());
    }

    [Fact]
    public void There_are_three_of_each_exercise_of_notebook_16() =>
        Assert.InRange(RightAnswers.All.Count(), 3 * BuildExercises.All.Count, int.MaxValue);
}
