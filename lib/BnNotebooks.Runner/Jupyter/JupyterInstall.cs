using System.ComponentModel;
using System.Diagnostics;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>What a machine has of Jupyter.</summary>
static class JupyterInstall
{
    /// <summary>The line that installs what is missing.</summary>
    public const string Mend = "apt-get install -y jupyter-notebook jupyter-nbconvert jupyter-client   (elsewhere: pip install notebook nbconvert)";

    /// <summary>The version of one of Jupyter's commands, such as <c>nbconvert</c>, or null where it is not installed.</summary>
    public static string? VersionOf(string command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("jupyter", [command, "--version"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Rows for <c>doctor</c>: what it is, what there is of it, and the line that mends what is missing.</summary>
    public static IReadOnlyList<(string Name, string Found, string? Mend)> Describe()
    {
        var (nbconvert, tool) = (VersionOf("nbconvert"), KernelTool.Find());
        var installed = KernelSpec.ProgramIn(KernelSpec.UserFolder);
        return
        [
            ("Jupyter", nbconvert is null ? "not installed" : $"nbconvert {nbconvert}", nbconvert is null ? Mend : null),
            ("dotnet-interactive", tool is null ? $"{KernelTool.Version} is not restored" : KernelTool.Version,
                tool is null ? "dotnet tool restore" : null),
            ("Jupyter's .NET kernel", installed is null ? "not installed" : File.Exists(installed) || installed == "interactive" ? "installed" : $"starts {installed}, which is not there",
                File.Exists(installed) ? null : "dotnet bn.cs jupyter"),
        ];
    }
}
