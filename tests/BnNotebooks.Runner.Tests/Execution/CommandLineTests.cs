using System.Diagnostics;

namespace BnNotebooks.Runner.Tests.Execution;

public sealed class CommandLineTests : IDisposable
{
    readonly Workspace workspace = new();

    public CommandLineTests()
    {
        workspace.Add("00-start-here", Cell.Html("0"));
        workspace.Add("08-examples", Cell.Html("8"));
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task An_unknown_name_lists_the_names_and_exits_with_2()
    {
        var (exitCode, _, errors) = await workspace.RunAsync("09-nothing");

        Assert.Equal(2, exitCode);
        Assert.Contains("\"09-nothing\"", errors);
        Assert.Contains("00-start-here", errors);
        Assert.Contains("08-examples", errors);
        Assert.False(Directory.Exists(workspace.Out));
    }

    [Theory]
    [InlineData("08-examples", "08")]
    [InlineData("08-examples.ipynb", "8")]
    public async Task Notebooks_are_found_by_name_file_name_and_number_and_run_once(string name, string number)
    {
        var (exitCode, _, _) = await workspace.RunAsync(name, number);

        Assert.Equal(0, exitCode);
        Assert.Equal(["08-examples"], workspace.Report()["notebooks"]!.AsArray().Select(notebook => (string?)notebook!["name"]));
    }

    [Theory]
    [InlineData("05", "05-first")]
    [InlineData("05b", "05b-behind-it")]
    [InlineData("5b", "05b-behind-it")]
    public async Task A_number_with_a_letter_is_a_notebook_of_its_own(string number, string name)
    {
        workspace.Add("05-first", Cell.Html("5"));
        workspace.Add("05b-behind-it", Cell.Html("5b"));

        var (exitCode, _, _) = await workspace.RunAsync(number);

        Assert.Equal(0, exitCode);
        Assert.Equal([name], workspace.Report()["notebooks"]!.AsArray().Select(notebook => (string?)notebook!["name"]));
    }

    [Theory]
    [InlineData("--jobs", "0")]
    [InlineData("--jobs", "many")]
    [InlineData("--timeout", "-1")]
    [InlineData("--timeout", "NaN")]
    [InlineData("--timeout", "1,5")]
    [InlineData("--out", "")]
    [InlineData("--notebooks", " ")]
    [InlineData("--nonsense", "1")]
    public async Task A_wrong_option_is_named_and_exits_with_2(string option, string value)
    {
        var (exitCode, output, errors) = await workspace.RunAsync(option, value);

        Assert.Equal(2, exitCode);
        Assert.Contains(option, output + errors);
        Assert.False(Directory.Exists(workspace.Out));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_named_before_anything_runs()
    {
        var file = workspace.PathOf("08-examples");
        var (exitCode, output, errors) = await workspace.RunAsync("--out", Path.Combine(file, "out"));

        Assert.Equal(1, exitCode);
        Assert.Contains(Path.Combine(file, "out"), errors);
        Assert.DoesNotContain("08-examples: ", output);
    }

    [Theory]
    [InlineData(30)] // where not even the console would load
    [InlineData(200)]
    public void Too_few_file_handles_are_named_with_what_to_do(int handles)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        var runner = Path.Combine(AppContext.BaseDirectory, "BnNotebooks.Runner");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"ulimit -n {handles} && exec {runner} run"]) { RedirectStandardError = true })!;

        Assert.Equal(
            $"This shell lets a program open {handles} files; the Runner needs 256. Raise the limit first: ulimit -n 1024\n",
            shell.StandardError.ReadToEnd());
        shell.WaitForExit();
        Assert.Equal(1, shell.ExitCode);
    }

    [Fact]
    public async Task A_folder_without_notebooks_is_named_and_exits_with_2()
    {
        foreach (var file in Directory.GetFiles(workspace.Notebooks))
            File.Delete(file);

        var (exitCode, _, errors) = await workspace.RunAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(workspace.Notebooks, errors);
    }
}
