namespace BnNotebooks.Checks.Tests;

/// <summary>Every exercise accepts its solution and recognizes each of its mistakes.</summary>
public class ExerciseTests
{
    public static TheoryData<string> Names => [.. Exercises.All.Select(exercise => exercise.Name)];

    static Exercise Named(string name) => Exercises.All.Single(exercise => exercise.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_solution_is_right(string name)
    {
        var result = Named(name).CheckSolution();
        Assert.True(result.Status == CheckStatus.Solved, result.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_mistake_is_wrong_and_called_by_its_name(string name) => Assert.All(Named(name).CheckMistakes(pairs: false), one =>
    {
        Assert.Equal(CheckStatus.Wrong, one.Result.Status);
        Assert.Equal(one.Mistake, one.Result.Mistake);
    });

    // One of two may hide the other: then it is the one to mend first. Or it undoes the other, and the answer is right.
    [Theory]
    [MemberData(nameof(Names))]
    public void Two_mistakes_at_once_are_recognized_too(string name) => Assert.All(Named(name).CheckMistakes(pairs: true), two =>
        Assert.True(two.Result.Status == CheckStatus.Solved || two.Result.Mistake is not null, two.Mistake + "\n" + two.Result));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_a_check_of_its_name_hints_and_a_solution_to_read(string name)
    {
        Assert.NotNull(typeof(Check).GetMethod(name));
        Assert.NotEmpty(Named(name).Hints);
        Assert.NotEmpty(Named(name).SolutionCode);
    }
}
