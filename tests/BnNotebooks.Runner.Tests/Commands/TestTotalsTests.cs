using BnNotebooks.Runner.Commands;

namespace BnNotebooks.Runner.Tests.Commands;

public sealed class TestTotalsTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bn-totals-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, "8 passed, 0 failed", "", 5, 0, 0, 0, 3, 0, 0, 0)]
    [InlineData(0, "8 passed, 0 failed", "1 skipped", 5, 0, 0, 0, 3, 0, 0, 1)]
    [InlineData(2, "7 passed, 3 failed", "", 5, 1, 0, 0, 2, 1, 1, 0)] // a class that fails to clean up is an error
    [InlineData(7, "5 passed, 1 failed", "exit code 7", 5, 0, 0, 0)] // a project that crashed has counted nothing
    [InlineData(1, "0 passed, 1 failed", "exit code 1")]
    [InlineData(0, "0 passed, 0 failed", "No test ran", 0, 0, 0, 0)]
    public void The_projects_results_add_up(int exitCode, string last, string before, params int[] counts)
    {
        foreach (var project in counts.Chunk(4))
            File.WriteAllText(Path.Combine(folder.FullName, $"{Guid.NewGuid()}.xunit.xml"), $"""
                <assemblies><assembly passed="{project[0]}" failed="{project[1]}" errors="{project[2]}" skipped="{project[3]}" /></assemblies>
                """);

        var lines = TestTotals.Read(folder.FullName, exitCode).Lines;

        Assert.Equal(last, lines[^1]);
        Assert.Equal(before.Length > 0 ? 2 : 1, lines.Count);
        Assert.Contains(before, lines[0]);
    }
}
