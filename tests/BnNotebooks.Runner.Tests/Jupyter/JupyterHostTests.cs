using BnNotebooks.Runner.Jupyter;
using BnNotebooks.Runner.Tests.Execution;

namespace BnNotebooks.Runner.Tests.Jupyter;

public class JupyterHostTests
{
    [Fact]
    public async Task A_run_through_Jupyter_tells_what_went_wrong_and_where()
    {
        SkipWithoutJupyter();
        using var workspace = new Workspace();
        workspace.Add("01-good", "Console.Write(Environment.CurrentDirectory)", "#!html\n<hr id=\"bn-chart-1\">");
        workspace.Add("02-stderr", "1", "Console.Error.WriteLine(\"oh\\ndear\");");
        workspace.Add("03-throws", "Console.Write(\"before\"); throw new ArgumentException(\"odd\");", "2");
        workspace.Add("04-does-not-compile", "\nint x = \"text\";");
        workspace.Add("05-late", "1", "while (true) { }");
        workspace.Add("06-crashes", "Environment.FailFast(\"boom\");");

        var (exitCode, output, _) = await workspace.RunAsync("--host", "jupyter", "--timeout", "40", "--jobs", "2");

        Assert.Equal(1, exitCode);
        Assert.Equal("jupyter", (string?)workspace.Report()["host"]);
        Assert.Null((string?)workspace.Report("01-good")["error"] ?? (string?)workspace.Report("01-good")["stderr"]);
        Assert.Equal(1, (int?)workspace.Report("01-good")["charts"]);
        Assert.Contains(workspace.Notebooks, workspace.Executed("01-good").ToText()); // a cell's current directory
        Assert.Contains("02-stderr, cell [2] (id 02-stderr-2) wrote to stderr: oh\n", output);
        Assert.Contains("03-throws, cell [1] (id 03-throws-1): System.ArgumentException: odd\n", output);
        Assert.Contains("04-does-not-compile, cell [1] (id 04-does-not-compile-1): (2,9): error CS0029: ", output);
        Assert.Contains("05-late, cell [2] (id 05-late-2): ran for more than 40 s and was stopped\n", output);
        Assert.Contains("06-crashes, cell [1] (id 06-crashes-1): the notebook's kernel ended: Process terminated. boom", output);
        Assert.Equal([1, null], workspace.Executed("03-throws").Cells.Select(cell => cell.ExecutionCount));
    }

    [Fact]
    public void The_kernel_is_made_known_in_a_folder_that_was_not_there()
    {
        Assert.SkipUnless(KernelTool.Find() is not null, $"dotnet-interactive {KernelTool.Version} is not restored.");
        var root = Directory.CreateTempSubdirectory("kernels");
        try
        {
            var kernels = Path.Combine(root.FullName, "jupyter", "kernels");
            Assert.Null(KernelSpec.ProgramIn(kernels));
            KernelSpec.Install(kernels);
            Assert.True(File.Exists(KernelSpec.ProgramIn(kernels)));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    internal static void SkipWithoutJupyter()
    {
        Assert.SkipUnless(JupyterInstall.VersionOf("nbconvert") is not null, "Jupyter is not installed on this machine.");
        Assert.SkipUnless(KernelTool.Find() is not null, $"dotnet-interactive {KernelTool.Version} is not restored.");
    }
}
