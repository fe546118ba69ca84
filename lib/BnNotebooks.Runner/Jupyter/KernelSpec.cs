using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>
/// Tells Jupyter how to start the .NET kernel. Written by us, because <c>dotnet-interactive jupyter install</c> gives up
/// where the command <c>jupyter kernelspec</c> or the kernels' folder is missing, and because what it writes starts
/// <c>dotnet interactive</c>, which works only below a folder whose tool manifest names the tool.
/// </summary>
static class KernelSpec
{
    const string Name = ".net-csharp"; // as the notebooks call it, and Microsoft's installer too

    /// <summary>Where Jupyter looks for a user's kernels.</summary>
    public static string UserFolder
    {
        get
        {
            static string Home(params string[] below) =>
                Path.Combine([Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), .. below]);
            var data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen ? chosen
                : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
                : OperatingSystem.IsMacOS() ? Home("Library", "Jupyter")
                : Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? Path.Combine(xdg, "jupyter")
                : Home(".local", "share", "jupyter");
            return Path.Combine(data, "kernels");
        }
    }

    /// <summary>Writes the kernel's description into a folder of kernels, made where it is missing. Returns its path.</summary>
    /// <exception cref="IOException">The kernel is not there, or the folder cannot be written to.</exception>
    public static string Install(string kernels)
    {
        var spec = new JsonObject
        {
            // The kernel answers requests over HTTP, too. No other machine needs to reach it.
            ["argv"] = new JsonArray(
                KernelTool.DotNet, KernelTool.FindOrRestore(), "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["env"] = new JsonObject { ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        var path = PathIn(kernels);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(path, spec.ToString() + "\n");
        return path;
    }

    /// <summary>The program that the kernel's description in a folder of kernels starts, or null where there is none.</summary>
    public static string? ProgramIn(string kernels)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(PathIn(kernels)))?["argv"]?[1];
        }
        catch (Exception error) when (error is IOException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string PathIn(string kernels) => Path.Combine(kernels, Name, "kernel.json");
}
