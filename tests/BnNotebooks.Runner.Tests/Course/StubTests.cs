using BnNotebooks.Checks;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Tests.Execution;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>What a learner fills in can be filled in, and is empty as it comes.</summary>
public class StubTests(SolvedStubs solved) : IClassFixture<SolvedStubs>
{
    public static TheoryData<string> Names => [.. StubFiles.Notebooks];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_solutions_in_place_of_the_stubs_are_right(string name)
    {
        var stubs = CourseFiles.Named(name).Stubs().ToArray();
        var cells = solved.Workspace.Executed(name).Cells.Skip(1).ToArray(); // behind the one that loads the checks
        Assert.Equal(stubs.Length, cells.Length);
        Assert.All(stubs.Zip(cells), pair => Assert.Equal(
            $"{pair.First.Exercise}: stdout: {nameof(CheckStatus.Solved)}\n", $"{pair.First.Exercise}: {string.Join("; ", pair.Second.Described())}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_committed_stubs_are_not_solved_yet(string name) => Assert.All(CourseFiles.Named(name).Stubs(), stub =>
        Assert.Contains("not solved yet", NotebookCell.TextOf(stub.Cell.Outputs.Single()!["data"]!["text/plain"])));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stub_checks_what_it_declares(string name) => Assert.All(CourseFiles.Named(name).Stubs(), stub =>
        Assert.Contains($" {stub.Exercise}(", stub.Cell.Source.Split("\nCheck.")[0]));

    [Fact]
    public void Notebook_16_has_a_stub_for_each_exercise_of_its_own_and_says_whose_functions_it_uses()
    {
        var notebook = CourseFiles.Notebooks.Single(notebook => notebook.Name.StartsWith("16-", StringComparison.Ordinal));
        Assert.Equal(BuildExercises.All.Select(exercise => exercise.Name).Order(), notebook.Stubs().Select(stub => stub.Exercise).Order());
        var code = notebook.Code();
        Assert.All(typeof(Mine).GetProperties().Where(property => code.Contains($"Mine.{property.Name}(", StringComparison.Ordinal)),
            property => Assert.Contains($"\"{property.Name}\"", code)); // in one of the Mine.Whose("…")
    }
}
