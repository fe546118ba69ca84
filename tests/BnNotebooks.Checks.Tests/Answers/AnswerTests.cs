namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>
/// What the checks say of answers that were written without a look at the exercises' lists of mistakes: wrong ones in the styles that people
/// write, each with words of which a fitting message has one; and right ones.
/// </summary>
[Collection("the learner's state")]
public class AnswerTests(ITestOutputHelper output)
{
    static readonly Answer[] wrong = [.. All("Wrong")];
    static readonly Answer[] right = [.. All("Right")];

    public static TheoryData<string> WrongNames => [.. wrong.Select(answer => answer.Name)];

    public static TheoryData<string> RightNames => [.. right.Select(answer => answer.Name)];

    // Every table of answers: the classes beside this one whose names end so.
    static IEnumerable<Answer> All(string table) => typeof(AnswerTests).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(AnswerTests).Namespace && type.Name.EndsWith("Answers", StringComparison.Ordinal))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .SelectMany(type => (IEnumerable<Answer>)type.GetProperty(table)!.GetValue(null)!);

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void A_wrong_answer_is_called_wrong(string name)
    {
        var result = wrong.Single(answer => answer.Name == name).Check();
        Assert.True(result.Status == CheckStatus.Wrong, result.ToString());
    }

    [Theory]
    [MemberData(nameof(RightNames))]
    public void A_right_answer_is_not_refused(string name)
    {
        var answer = right.Single(answer => answer.Name == name);
        var result = answer.Check();
        wrong.First(other => Exercise(other) == Exercise(answer)).Check(); // so that no test after this one finds it solved
        Assert.True(result.Status == CheckStatus.Solved, result.ToString());
    }

    [Fact]
    public void Of_twenty_wrong_answers_nineteen_are_told_what_they_did()
    {
        var judged = wrong.Select(answer => (Answer: answer, Result: answer.Check())).ToArray();
        var unnamed = judged.Where(one => one.Result.Mistake is null).ToArray();
        var misnamed = judged.Except(unnamed).Where(one => !one.Answer.IsNamedBy(one.Result.Message)).ToArray();
        output.WriteLine($"{wrong.Length} wrong answers to {wrong.Select(Exercise).Distinct().Count()} exercises: {unnamed.Length} not named, {misnamed.Length} misnamed. {right.Length} right answers.");
        foreach (var (answer, result) in unnamed)
            output.WriteLine($"not named: {answer.Name}. {result.Message}");
        foreach (var (answer, result) in misnamed)
            output.WriteLine($"misnamed: {answer.Name}. {result.Message}");
        Assert.True(20 * (unnamed.Length + misnamed.Length) <= wrong.Length, $"{unnamed.Length} not named and {misnamed.Length} misnamed of {wrong.Length}: see the output.");
    }

    [Fact]
    public void There_are_enough_of_both()
    {
        Assert.InRange(wrong.Length, 150, int.MaxValue);
        Assert.InRange(wrong.Select(Exercise).Distinct().Count(), 20, int.MaxValue);
        Assert.InRange(right.Length, 60, int.MaxValue);
    }

    static string Exercise(Answer answer) => answer.Name[..answer.Name.IndexOf(':')];
}
