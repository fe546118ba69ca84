using BnNotebooks.Runner.Commands;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>What a machine has of Jupyter.</summary>
static class JupyterInstall
{
    /// <summary>The line that installs what is missing.</summary>
    public const string Mend = "apt-get install -y jupyter-notebook jupyter-nbconvert jupyter-client   (elsewhere: pip install notebook nbconvert)";

    /// <summary>The version of one of Jupyter's commands, such as <c>nbconvert</c>, or null where it is not installed.</summary>
    public static string? VersionOf(string command) => Tool.Output("jupyter", command, "--version");

    /// <summary>Rows for <c>doctor</c>. No notebook needs any of it: <c>run</c> and the editors do without.</summary>
    public static IEnumerable<DoctorCommand.Row> Describe()
    {
        var (nbconvert, notebook, tool) = (VersionOf("nbconvert"), VersionOf("notebook"), KernelTool.Find());
        yield return new("Jupyter", $"nbconvert {nbconvert ?? "missing"}, notebook {notebook ?? "missing"}", nbconvert is null || notebook is null ? Mend : null);
        yield return new("dotnet-interactive", tool is null ? $"{KernelTool.Version} is not restored" : KernelTool.Version, tool is null ? "dotnet tool restore" : null);
        yield return KernelSpec.ProgramIn(KernelSpec.UserFolder) switch
        {
            null => new("Jupyter's .NET kernel", "not installed", "dotnet bn.cs jupyter"),
            var program when Path.IsPathRooted(program) && !File.Exists(program) =>
                new("Jupyter's .NET kernel", $"starts {program}, which is not there", "dotnet bn.cs jupyter"),
            var program => new("Jupyter's .NET kernel", $"starts {program}"),
        };
    }
}
