using System.Text.RegularExpressions;
using BnNotebooks.Checks;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Tests.Execution;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>The cells of the course that the learner fills in.</summary>
static partial class StubFiles
{
    /// <summary>The names of the notebooks that have any.</summary>
    public static IEnumerable<string> Notebooks => CourseFiles.Notebooks.Where(notebook => notebook.Stubs().Any()).Select(notebook => notebook.Name);

    /// <summary>A notebook's stubs, each with the exercise that checks it.</summary>
    public static IEnumerable<(NotebookCell Cell, string Exercise)> Stubs(this NotebookDocument notebook) =>
        from cell in notebook.Cells
        where cell.Kind == "code" && cell.Source.Contains("throw new NotImplementedException()", StringComparison.Ordinal)
        let check = LastLine().Match(cell.Source)
        where check.Success
        select (cell, check.Groups["name"].Value);

    /// <summary>The cell with the exercise's solution in place of the stub; it prints how the check found it.</summary>
    public static string Solved(NotebookCell cell, string exercise) =>
        $"{Exercises.Named(exercise).SolutionCode}\n\nConsole.WriteLine({LastLine().Match(cell.Source).Value.Trim()}.Status);";

    [GeneratedRegex(@"^Check\.(?<name>\w+)\(.*\)\s*\z", RegexOptions.Multiline)]
    private static partial Regex LastLine();
}

/// <summary>
/// One run of the stubs of all notebooks, solved: a kernel for each notebook, which loads the checks and nothing else, so that
/// it takes seconds and not the minutes of the whole course.
/// </summary>
public sealed class SolvedStubs : IAsyncLifetime
{
    internal Workspace Workspace { get; } = new();

    internal string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var checks = Path.Combine(CourseFiles.Root, "lib", "BnNotebooks", "bin", "BnNotebooks.Checks.dll");
        foreach (var name in StubFiles.Notebooks)
            Workspace.Add(name,
            [
                $"#r \"{checks}\"\nusing BnNotebooks.Checks;",
                .. CourseFiles.Named(name).Stubs().Select(stub => new Cell(StubFiles.Solved(stub.Cell, stub.Exercise))),
            ]);
        (_, Output, _) = await Workspace.RunAsync("--jobs", "2");
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }
}
