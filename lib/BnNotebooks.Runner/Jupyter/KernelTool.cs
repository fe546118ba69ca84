using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Commands;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>
/// The .NET kernel: the tool Microsoft.dotnet-interactive in the version that <c>.config/dotnet-tools.json</c> pins. The build
/// restores it (<c>dotnet tool restore</c>), which puts it among the packages.
/// </summary>
static class KernelTool
{
    const string Id = "microsoft.dotnet-interactive";

    static string Manifest => RepositoryRoot.File(".config", "dotnet-tools.json");

    /// <summary>The version that this repository pins.</summary>
    public static string Version { get; } = (string)JsonNode.Parse(File.ReadAllText(Manifest))!["tools"]![Id]!["version"]!;

    /// <summary>The .NET host that runs this program: a notebook server started from a desktop may find none on its PATH.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The kernel's program, or null where it has not been restored.</summary>
    public static string? Find()
    {
        var answer = Tool.Output(DotNet, "nuget", "locals", "global-packages", "--list") ?? ""; // "global-packages: /home/me/.nuget/packages/"
        var tools = Path.Combine(answer.Split(':', 2)[^1].Trim(), Id, Version, "tools");
        return Directory.Exists(tools)
            ? Directory.EnumerateFiles(tools, "Microsoft.DotNet.Interactive.App.dll", SearchOption.AllDirectories).FirstOrDefault()
            : null;
    }

    /// <summary>The kernel's program, restored now if the build could not.</summary>
    /// <exception cref="IOException">It cannot be restored.</exception>
    public static string FindOrRestore()
    {
        if (Find() is { } found)
            return found;
        Tool.Run(DotNet, "tool", "restore", "--tool-manifest", Manifest);
        return Find() ?? throw new IOException($"The .NET kernel ({Id} {Version}) could not be restored: see above.");
    }
}
