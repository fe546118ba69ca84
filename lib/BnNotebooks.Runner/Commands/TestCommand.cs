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
        var results = RepositoryRoot.File("out", "tests");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        // One project after another: each uses all cores, and measures nothing while others run. Where none of a
        // project's tests passes the filter, the platform would call that a failure (8).
        var exitCode = Tool.Run("dotnet",
        [
            "test", "--solution", RepositoryRoot.File("BnNotebooks.sln"), "-c", "Release", "--no-build",
            "--max-parallel-test-modules", "1", "--ignore-exit-code", "8",
            "--results-directory", results, "--report-xunit-xml",
            .. filter is null ? (string[])[] : ["--filter-method", $"*{filter}*"],
        ]);
        var totals = TestTotals.Read(results, exitCode);
        if (totals.Remark is not null)
            Console.WriteLine(totals.Remark);
        Console.WriteLine(totals);
        return totals is { Passed: > 0, Failed: 0 } ? ExitCode.Ok : ExitCode.Failed;
    }
}

/// <summary>What a run of the tests came to.</summary>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Failed">How many failed, a project that ended without a word among them.</param>
/// <param name="Skipped">How many were skipped; their reasons stand above.</param>
/// <param name="Remark">What the numbers do not say.</param>
sealed record TestTotals(int Passed, int Failed, int Skipped, string? Remark = null)
{
    /// <summary>Adds up the results' files in a folder.</summary>
    public static TestTotals Read(string folder, int exitCode)
    {
        var assemblies = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.xml").SelectMany(file => XDocument.Load(file).Descendants("assembly")).ToArray()
            : [];
        int Sum(string attribute) => assemblies.Sum(assembly => (int?)assembly.Attribute(attribute) ?? 0);
        var totals = new TestTotals(Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped"));
        return exitCode != 0 && totals.Failed == 0
                ? totals with { Failed = 1, Remark = $"dotnet test ended with exit code {exitCode} and named no failed test: counted as one failure." }
            : totals.Passed + totals.Failed == 0 ? totals with { Remark = "No test ran." }
            : totals;
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
