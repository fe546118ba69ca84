using System.Runtime.Versioning;
using BnNotebooks.Runner.Commands;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Execution;

/// <summary>What becomes of a run's results when a part of them cannot be written.</summary>
public sealed class ResultTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    RunOptions Options => RunOptions.Default with { Folder = workspace.Notebooks, Out = workspace.Out, Update = true };

    static RunParts Parts(Action? addImages = null, Action? writeSite = null) => new(
        () => new([], null), _ => Do(addImages), (_, _) => [], (_, _, _) => Do(writeSite));

    static IReadOnlyList<string> Do(Action? part)
    {
        part?.Invoke();
        return [];
    }

    // Finished before it began: what is tested here comes after the cells.
    sealed class Finished : INotebookExecutor
    {
        public Task<NotebookRun> RunAsync(NotebookFile file, CancellationToken cancellation)
        {
            var document = file.Read();
            document.Cells[0].Outputs = [];
            return Task.FromResult(new NotebookRun(new(file.Name, 1, 1, 0, 0, 0, null), document));
        }
    }

    async Task<(RunReport Report, IReadOnlyList<string> Problems)> WriteAsync(RunParts parts)
    {
        var runner = new NotebookRunner(Options, parts);
        var files = NotebookFolder.Find(workspace.Notebooks, []);
        using var taken = runner.Prepare();
        return runner.Write(files, await runner.ExecuteAsync(files, new Finished(), default), default);
    }

    [Fact]
    public async Task Pages_that_cannot_be_written_cost_neither_the_report_nor_the_updates()
    {
        workspace.Add("01-a", "1");

        var (report, problems) = await WriteAsync(Parts(writeSite: () => throw new ArgumentException("nested too deep")));

        Assert.Equal(["The pages could not be written: nested too deep"], problems);
        Assert.Null(Assert.Single(report.Notebooks).Error);
        Assert.Null(workspace.Report("01-a")["error"]);
        Assert.Empty(NotebookDocument.Load(workspace.PathOf("01-a")).Cells[0].Outputs);
    }

    [Fact]
    public async Task Charts_that_cannot_be_drawn_cost_the_updates_and_not_the_report()
    {
        workspace.Add("01-a", "1");

        var (_, problems) = await WriteAsync(Parts(addImages: () => throw new ArgumentException("no browser")));

        Assert.Empty(problems);
        Assert.EndsWith("there are no images of the charts: no browser", (string?)workspace.Report("01-a")["error"]);
        Assert.Contains("stale", File.ReadAllText(workspace.PathOf("01-a")));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_written_fails_its_notebook_alone()
    {
        workspace.Add("01-a", "1");
        workspace.Add("02-b", "1");
        Directory.CreateDirectory(Path.Combine(workspace.Out, "notebooks", "01-a.ipynb"));

        var (report, _) = await WriteAsync(Parts());

        Assert.Contains("copy was not written", report.Notebooks[0].Error);
        Assert.Null(report.Notebooks[1].Error);
    }

    [Fact]
    public async Task Ctrl_C_while_results_are_written_exits_with_130()
    {
        File.WriteAllText(workspace.PathOf("01-corrupt"), "{"); // needs no kernel
        using var pressed = new CancellationTokenSource();

        Assert.Equal(ExitCode.Interrupted, await RunCommand.RunAsync(Options, Parts(writeSite: pressed.Cancel), pressed.Token));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task An_updated_notebook_keeps_its_mode_and_its_link_however_long_its_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes, and links only for some.");
        var name = "01-" + new string('x', 246); // 255 with the extension, the most there can be
        workspace.Add(name, "1");
        var target = Path.Combine(workspace.Notebooks, "target");
        File.Move(workspace.PathOf(name), target);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(target, Mode);
        File.CreateSymbolicLink(workspace.PathOf(name), "target");

        var (report, _) = await WriteAsync(Parts());

        Assert.Null(report.Notebooks[0].Error);
        Assert.DoesNotContain("stale", File.ReadAllText(target));
        Assert.Equal("target", new FileInfo(workspace.PathOf(name)).LinkTarget);
        Assert.Equal(Mode, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task A_second_run_with_the_same_folder_for_results_says_who_is_in_it_and_the_third_gets_it()
    {
        workspace.Add("01-a", "1");
        using (new NotebookRunner(Options, Parts()).Prepare())
        {
            var (exitCode, _, errors) = await workspace.RunAsync();

            Assert.Equal(1, exitCode);
            Assert.Contains($"Another run (process {Environment.ProcessId}) is writing to {workspace.Out}.", errors);
        }

        using (new NotebookRunner(Options, Parts()).Prepare()) { }
    }
}
