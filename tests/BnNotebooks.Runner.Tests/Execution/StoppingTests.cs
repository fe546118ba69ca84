using System.Diagnostics;
using System.Globalization;

namespace BnNotebooks.Runner.Tests.Execution;

/// <summary>Hangs, Ctrl-C and kill -9: nothing stays behind.</summary>
public sealed class StoppingTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    string PidFile => Path.Combine(workspace.Notebooks, "pid");

    // Written beside and renamed, so that the test never reads half a number.
    const string TellPid =
        """
        System.IO.File.WriteAllText("pid.new", Environment.ProcessId.ToString());
        System.IO.File.Move("pid.new", "pid");
        Console.Write("started");
        System.Threading.Thread.Sleep(-1);
        """;

    [Fact]
    public async Task A_cell_that_hangs_is_killed_after_its_timeout_and_the_next_notebook_runs()
    {
        workspace.Add("01-hangs", TellPid, "1");
        workspace.Add("02-next", Cell.Html("<b>next</b>"));

        var (exitCode, _, _) = await workspace.RunAsync("--timeout", "10", "--jobs", "1");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "01-hangs, cell [1] (id 01-hangs-1): ran for more than 10 s and was stopped",
            (string?)workspace.Report("01-hangs")["error"]);
        Assert.Equal(
            ["stdout: started", "error Timeout: ran for more than 10 s and was stopped"],
            workspace.Executed("01-hangs").Cells[0].Described());
        Assert.False(IsRunning(await ReadPid()));
        Assert.Null(workspace.Report("02-next")["error"]);
    }

    [Fact]
    public async Task A_program_that_a_cell_left_behind_does_not_hold_up_the_run()
    {
        workspace.Add(
            "01-leaves",
            """
            var program = System.Diagnostics.Process.Start("sleep", "600");
            System.IO.File.WriteAllText("pid", program.Id.ToString());
            Environment.Exit(3);
            """);

        // The limit only keeps a broken build from waiting for the program's end.
        var (exitCode, _, _) = await workspace.RunAsync().WaitAsync(
            TimeSpan.FromSeconds(300), TestContext.Current.CancellationToken);

        Process.GetProcessById(await ReadPid()).Kill(); // throws if the program is gone, for then nothing was tested
        Assert.Equal(1, exitCode);
        Assert.EndsWith("the notebook's process ended with exit code 3", (string?)workspace.Report("01-leaves")["error"]);
    }

    [Fact]
    public async Task A_notebooks_process_dies_with_the_runner()
    {
        workspace.Add("01-waits", TellPid);
        using var runner = workspace.Start();
        var notebook = await ReadPid();
        Assert.True(IsRunning(notebook));

        runner.Kill(); // this process alone, as kill -9 does

        await Until(() => !IsRunning(notebook));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_notebooks_leaves_the_files_as_they_were_and_exits_with_130()
    {
        workspace.Add("01-waits", TellPid);
        var before = File.ReadAllText(workspace.PathOf("01-waits"));
        using var runner = workspace.Start("--update");
        var notebook = await ReadPid();

        Process.Start("/bin/sh", ["-c", $"kill -INT {runner.Id}"]).WaitForExit();
        await runner.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, runner.ExitCode);
        Assert.False(IsRunning(notebook));
        Assert.Equal(before, File.ReadAllText(workspace.PathOf("01-waits")));
        Assert.False(File.Exists(Path.Combine(workspace.Out, "report.json")));
    }

    async Task<int> ReadPid()
    {
        await Until(() => File.Exists(PidFile));
        return int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);
    }

    // The limit only keeps a broken build from hanging; nothing is measured.
    static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
