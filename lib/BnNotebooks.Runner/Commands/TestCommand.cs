using System.CommandLine;
using System.Xml.Linq;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>test</c>: every test project through <c>dotnet test</c>; the last line is <c>N passed, N failed</c>.</summary>
static class TestCommand
{
    public static Command Create()
    {
        var filter = new Option<string?>("--filter") { Description = "Only tests whose full name contains this text." };
        var command = new Command("test", "Runs every test project; the last line is `N passed, N failed`.") { filter };
        command.SetAction(parsed => Run(parsed.GetValue(filter)));
        return command;
    }

    static int Run(string? filter)
    {
        TestNeeds.Install();
        var results = Directory.CreateTempSubdirectory("bn-tests-"); // of this run alone: two may go on at once
        // One project after another: each uses all cores, and measures nothing while others run. Where none of a
        // project's tests passes the filter, the platform would call that a failure (8).
        var exitCode = Tool.Run("dotnet",
        [
            "test", "--solution", RepositoryRoot.File("BnNotebooks.sln"), "-c", "Release", "--no-build",
            "--max-parallel-test-modules", "1", "--ignore-exit-code", "8",
            "--results-directory", results.FullName, "--report-xunit-xml",
            .. filter is null ? (string[])[] : ["--filter-method", $"*{filter}*"],
        ]);
        var totals = TestTotals.Read(results.FullName, exitCode);
        results.Delete(recursive: true);
        foreach (var line in totals.Lines)
            Console.WriteLine(line);
        return totals is { Passed: > 0, Failed: 0 } ? ExitCode.Ok : ExitCode.Failed;
    }
}

/// <summary>What a run of the tests came to.</summary>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Failed">How many failed; a run that failed without a failed test counts as one.</param>
/// <param name="Lines">Says so, with what else is to be said before it.</param>
sealed record TestTotals(int Passed, int Failed, IReadOnlyList<string> Lines)
{
    /// <summary>Adds up the results' files in a folder.</summary>
    public static TestTotals Read(string folder, int exitCode)
    {
        var assemblies = Directory.GetFiles(folder, "*.xml").SelectMany(file => XDocument.Load(file).Descendants("assembly")).ToArray();
        int Sum(string attribute) => assemblies.Sum(assembly => (int?)assembly.Attribute(attribute) ?? 0);
        int passed = Sum("passed"), failed = Sum("failed") + Sum("errors"), skipped = Sum("skipped");
        List<string> lines = [];
        if (skipped > 0)
            lines.Add($"{skipped} skipped, for the reasons above");
        if (exitCode != 0 && failed == 0)
        {
            lines.Add($"dotnet test ended with exit code {exitCode} and named no failed test: counted as one failure.");
            failed = 1;
        }
        if (passed + failed == 0)
            lines.Add("No test ran.");
        return new(passed, failed, [.. lines, $"{passed} passed, {failed} failed"]);
    }
}
