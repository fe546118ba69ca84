using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

[assembly: AssemblyFixture(typeof(BnNotebooks.Package.Tests.Consumer))]

namespace BnNotebooks.Package.Tests;

/// <summary>
/// A user of the package: a folder outside of the repository, where none of its settings apply, with the package as `dotnet
/// pack` makes it, and a program that is the example of its README followed by numbers of every kind of layer.
/// </summary>
public sealed partial class Consumer : IAsyncLifetime
{
    // Kept from one run to the next: they hold the SDK's packs, of up to 100 MB each. The package under test is not kept.
    readonly string packages = Path.Combine(AppContext.BaseDirectory, "packages");
    readonly string folder = Directory.CreateTempSubdirectory("bn-package-").FullName;
    readonly Lazy<Task<string>> build;

    public Consumer() => build = new(() => Build("build", []));

    /// <summary>The folder of the library's sources.</summary>
    internal static string Core => Known("Core");

    /// <summary>Where the packages lie that have just been made.</summary>
    internal string Source => Path.Combine(folder, "source");

    string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Source, "*.nupkg").Single())["BnNotebooks.Core.".Length..];

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(Path.Combine(packages, "bnnotebooks.core")))
            Directory.Delete(Path.Combine(packages, "bnnotebooks.core"), recursive: true);
        (await Command.Run("dotnet", ["pack", Core, "-c", Known("Configuration"), "--no-build", "-o", Source, "-v", "q", "-nologo"], folder)).Expect();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the program prints where it has been built and nothing more.</summary>
    internal async Task<Transcript> Run(params (string Name, string Value)[] environment)
    {
        var program = Path.Combine(await build.Value, "Console.dll");
        return new((await Command.Run("dotnet", [program], folder, environment)).Expect());
    }

    /// <summary>What it prints when it has been published with some options for this machine.</summary>
    internal async Task<Transcript> RunPublished(params string[] options)
    {
        var output = await Build("publish", ["-r", RuntimeInformation.RuntimeIdentifier, .. options]);
        var program = Path.Combine(output, OperatingSystem.IsWindows() ? "Console.exe" : "Console");
        return new((await Command.Run(program, [], folder)).Expect());
    }

    /// <summary>What it prints in WebAssembly.</summary>
    internal async Task<Transcript> RunInWebAssembly()
    {
        var node = await Command.Run(OperatingSystem.IsWindows() ? "where" : "which", ["node"], folder);
        Assert.SkipUnless(node.ExitCode == 0, "No Node.js on this machine, to run WebAssembly.");
        var root = Path.Combine(await Build("build", [], "Browser"), "wwwroot");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Consumer", "main.mjs"), Path.Combine(root, "main.mjs"));
        return new((await Command.Run("node", ["main.mjs"], root)).Expect());
    }

    // Each in a folder of its own, so that several can go on at once. Returns the folder of what was made.
    async Task<string> Build(string verb, string[] options, string project = "Console")
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("n"))).FullName;
        foreach (var file in (string[])[$"{project}.csproj", "Common.props", "Numbers.cs"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Consumer", file), Path.Combine(place, file));
        File.WriteAllText(Path.Combine(place, "Program.cs"), $"{Example()}\nNumbers.Print();\n");

        // Offline, if this machine has restored before what it takes; else from its sources, which it may not reach.
        Task<Command> Make(string sources) => Command.Run("dotnet",
        [
            verb, $"{project}.csproj", "-c", "Release", "-o", "made", "-v", "q", "-nologo", "-warnaserror", "-nodeReuse:false",
            $"-p:CoreVersion={Version}", $"-p:{sources}={Source}", $"-p:RestorePackagesPath={packages}",
            $"-p:RestoreFallbackFolders={Known("Packages")}", "-p:RestoreIgnoreFailedSources=true", .. options,
        ], place);
        var made = await Make("RestoreSources");
        if (made.Output.Contains("error NU1", StringComparison.Ordinal))
            made = await Make("RestoreAdditionalProjectSources");
        if (Lacking().Match(made.Output) is { Success: true, Value: var what })
            Assert.Skip($"This machine lacks what it takes to {verb} it: {what}");
        made.Expect();
        return Path.Combine(place, "made");
    }

    // A pack of the SDK that no source has, or a linker.
    [GeneratedRegex(@"error NU110[0-3]: Unable to find .*(ILLink|ILCompiler|App\.Runtime|WebAssembly)[^.]*|Platform linker .*")]
    private static partial Regex Lacking();

    static string Example() => ReadmeExample().Match(File.ReadAllText(Path.Combine(Core, "README.md"))).Groups[1].Value;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ReadmeExample();

    static string Known(string key) =>
        typeof(Consumer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == key).Value!;
}
