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

    // In each way in which a program can get away from its parent. Each has a name that its command line shows, and writes nothing, so that
    // no closed pipe ends it.
    const string LeaveProgramsBehind =
        """"
        var here = System.IO.Directory.GetCurrentDirectory();
        var program = $"echo >> {here}/started; exec sh -c 'while :; do sleep 1; done' {here}/left";
        System.Diagnostics.Process.Start("sh", ["-c", program]);
        System.Diagnostics.Process.Start("setsid", ["sh", "-c", program]);
        System.Diagnostics.Process.Start("env", ["-i", "setsid", "sh", "-c", $"({program}) &"]);
        while (!System.IO.File.Exists("started") || new System.IO.FileInfo("started").Length < 3)
            System.Threading.Thread.Sleep(10);
        """";

    [Theory]
    [InlineData("1", 0)]
    [InlineData("Environment.Exit(3);", 1)]
    [InlineData("Environment.FailFast(\"boom\");", 1)]
    public async Task Programs_that_a_cell_left_behind_end_with_its_notebook_however_it_ends(string end, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lets a process adopt what its children leave behind.");
        workspace.Add("01-leaves", LeaveProgramsBehind, end);

        Assert.Equal(exitCode, (await workspace.RunAsync()).ExitCode);

        await Until(() => CountLeft() == 0);
    }

    [Fact]
    public async Task A_notebooks_process_dies_with_the_runner_and_so_do_the_programs_it_started()
    {
        workspace.Add("01-waits", OperatingSystem.IsLinux() ? LeaveProgramsBehind : "1", TellPid);
        using var runner = workspace.Start();
        var notebook = await ReadPid();
        Assert.True(IsRunning(notebook));
        Assert.Equal(OperatingSystem.IsLinux() ? 3 : 0, CountLeft());

        runner.Kill(); // this process alone, as kill -9 does

        await Until(() => !IsRunning(notebook) && CountLeft() == 0);
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

    int CountLeft() => Directory.Exists("/proc") ? Directory.GetDirectories("/proc").Count(process => CommandLine(process).Contains(workspace.Notebooks + "/left")) : 0;

    static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (IOException)
        {
            return ""; // not a process, or one that has ended
        }
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
