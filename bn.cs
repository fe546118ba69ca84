#!/usr/bin/env -S dotnet run
// The one command of the project: `dotnet bn.cs doctor | build | run | claims | test | bench`. It sets the machine up once, and says what it does.
#:property PublishAot=false
#:property TargetFramework=net10.0
#:package System.CommandLine
#:package Spectre.Console

using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Spectre.Console;

var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
Directory.SetCurrentDirectory(root);
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Width = 140;
}
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1");
Environment.SetEnvironmentVariable("DOTNET_CLI_TELEMETRY_OPTOUT", "1");

var standIns = new Option<bool>("--stand-ins")
{
    Description = "Use the stand-in packages even where the real ones can be had.",
    Recursive = true,
};
var command = new RootCommand("BnNotebooks: batch normalization, by hand and beside libtorch.") { standIns };

var doctor = new Command("doctor", "Say what this machine has, what is missing, and the line that mends it.");
doctor.SetAction(_ => Doctor.Run());
command.Add(doctor);

var build = new Command("build", "Set the machine up and build everything.");
build.SetAction(parsed => Setup.Build(parsed.GetValue(standIns), "BnNotebooks.sln"));
command.Add(build);

// What stands behind `run` is the Runner's to read: it knows its options, and says what is wrong with them.
var run = new Command("run", "Execute notebooks, and write the results and the pages under out/. " +
    "Takes [NAME…] [--jobs N] [--timeout S] [--out DIR] [--update].") { TreatUnmatchedTokensAsErrors = false };
run.SetAction(parsed =>
{
    var failed = Setup.Build(parsed.GetValue(standIns), "lib/BnNotebooks.Runner");
    return failed != 0 ? failed : Shell.Run(Shell.Runner, ["run", .. parsed.UnmatchedTokens]);
});
command.Add(run);

var claims = new Command("claims", "Run the course, measure the claims of the slides again, and print the ledger. Takes [--update].")
{
    TreatUnmatchedTokensAsErrors = false,
};
claims.SetAction(parsed =>
{
    var failed = Setup.Build(parsed.GetValue(standIns), "lib/BnNotebooks.Runner");
    return failed != 0 ? failed : Shell.Run(Shell.Runner, ["claims", .. parsed.UnmatchedTokens]);
});
command.Add(claims);

var bench = new Command("bench", "Measure the layers beside TorchSharp, and write out/bench.json and charts. " +
    "Takes [--quick] [--filter TEXT].") { TreatUnmatchedTokensAsErrors = false };
bench.SetAction(parsed =>
{
    var failed = Setup.Build(parsed.GetValue(standIns), "tests/BnNotebooks.Benchmarks");
    return failed != 0 ? failed : Shell.Run(Shell.Benchmarks, parsed.UnmatchedTokens);
});
command.Add(bench);

var filter = new Option<string?>("--filter") { Description = "Only tests whose full name contains this text." };
var test = new Command("test", "Run every test project; the last line is `N passed, N failed`.") { filter };
test.SetAction(parsed =>
{
    var failed = Setup.Build(parsed.GetValue(standIns), "BnNotebooks.sln");
    return failed != 0 ? failed : Tests.Run(parsed.GetValue(filter));
});
command.Add(test);

return command.Parse(args).Invoke();

/// <summary>Real packages wherever a source has them, stand-ins where none does. NuGet chooses; this fills the feed.</summary>
static class Setup
{
    const string Feed = "lib/compat/feed";
    const string Forced = $"{Feed}/StandIns.props"; // imported by Directory.Packages.props, so that editors build the same
    const string Stamp = $"{Feed}/setup.stamp";

    /// <summary>The packages that a source may lack, and the stand-ins that each needs with it.</summary>
    static readonly (string Id, string[] With)[] Replaceable =
    [
        ("TorchSharp", []),
        ("TorchSharp-cpu", ["TorchSharp"]),
        ("Plotly.NET", ["DynamicObj"]),
        ("Microsoft.Data.Analysis", []),
        ("Microsoft.DotNet.Interactive", ["Microsoft.DotNet.Interactive.Formatting"]),
        ("Microsoft.DotNet.Interactive.CSharp", ["Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting"]),
    ];

    public static int Build(bool forceStandIns, string target)
    {
        try
        {
            Prepare(forceStandIns);
            var clock = Stopwatch.StartNew();
            Shell.Must($"Building {target}", "dotnet", "build", target, "-c", "Release", "--no-restore", "-v", "q", "-nologo");
            Say($"Built {target} in {clock.Elapsed.TotalSeconds:0.0} s.");
            return 0;
        }
        catch (SetupException error)
        {
            AnsiConsole.WriteLine(error.Message);
            return 1;
        }
    }

    /// <summary>Restores the solution, after packing stand-ins for what no source carries. Nothing changed: nothing to do.</summary>
    static void Prepare(bool forceStandIns)
    {
        var stamp = Fingerprint(forceStandIns);
        if (File.Exists(Stamp) && File.ReadAllText(Stamp) == stamp && Packages.AllRestored())
            return;

        File.Delete(Stamp);
        Directory.CreateDirectory(Feed);
        var everything = Replaceable.Select(p => p.Id).ToArray();
        var missing = forceStandIns ? everything : Probe();
        var refused = forceStandIns ? everything : missing.Contains("TorchSharp-cpu") ? [] : Unloadable();
        missing = [.. missing.Union(refused)];
        Say($"Real packages: {Names(everything.Except(missing))}. Stand-ins: {Names(missing)}.");
        File.Delete(Forced);
        if (refused.Length > 0)
        {
            var ids = string.Join(';', refused);
            WriteWhole(Forced, $"<Project><PropertyGroup><StandIns>{ids}</StandIns></PropertyGroup></Project>\n");
        }

        var before = Packages.Chosen();
        if (missing.Contains("TorchSharp-cpu"))
            LibTorch.Ensure();
        Pack([.. Replaceable.Where(p => missing.Contains(p.Id)).SelectMany(p => p.With.Append(p.Id)).Distinct()]);
        // --force: NuGet would else see unchanged projects and keep what their floating versions meant the last time.
        Shell.Must("Restoring packages", "dotnet", "restore", "BnNotebooks.sln", "--force", "-v", "q", "-nologo");
        if (before.Count > 0 && !before.SequenceEqual(Packages.Chosen()))
            foreach (var stale in InProjects("bin"))
                Directory.Delete(stale, recursive: true); // another libtorch's files must not lie beside the new one's
        WriteWhole(Stamp, Fingerprint(forceStandIns));
    }

    /// <summary>Packages that the sources carry and this machine can't use.</summary>
    static string[] Unloadable()
    {
        if (RealTorch.WhyNot() is not { } why)
            return [];
        Say($"The real TorchSharp is in the NuGet sources, but its native library does not load on this machine: {why}");
        return ["TorchSharp", "TorchSharp-cpu"];
    }

    static string Names(IEnumerable<string> ids) => string.Join(", ", ids) is { Length: > 0 } names ? names : "none";

    /// <summary>Asks NuGet itself which packages the machine's sources lack, outside this folder and so without its feed.</summary>
    static string[] Probe()
    {
        var folder = Directory.CreateTempSubdirectory("bn-probe").FullName;
        try
        {
            var references = Replaceable.Select(p => $"<PackageReference Include=\"{p.Id}\" />");
            File.Copy("Directory.Packages.props", $"{folder}/Directory.Packages.props");
            File.WriteAllText($"{folder}/probe.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
                  <ItemGroup>{string.Concat(references)}</ItemGroup>
                </Project>
                """);
            var (exitCode, output) = Shell.Quiet(
                "Asking the NuGet sources for the packages", "dotnet", "restore", $"{folder}/probe.csproj", "-nologo");
            if (exitCode == 0)
                return [];
            string[] lacking = [.. Regex.Matches(output, @"NU110[123]: Unable to find (?:a stable )?package '?([\w.\-]+\w)")
                .Select(match => match.Groups[1].Value).Distinct()];
            if (lacking.Length == 0)
                throw new SetupException(
                    $"The NuGet sources could not be asked for packages. Check `dotnet nuget list source` and the network:\n{output}");
            if (lacking.Any(id => Replaceable.All(p => p.Id != id)))
                throw new SetupException(
                    $"The NuGet sources lack {Names(lacking)}, which other packages need. Run again with --stand-ins.");
            return lacking;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Packs stand-ins under a version that names their content, so that the packages cache never shadows a change.</summary>
    static void Pack(string[] ids)
    {
        foreach (var old in Directory.GetFiles(Feed, "*.nupkg"))
            File.Delete(old);
        var hash = "h" + Hash(Directory.EnumerateFiles("lib/compat", "*", SearchOption.AllDirectories).Where(IsSource))[..12];
        if (ids.Length == 0)
            return;
        // One solution filter, so that one build packs them all side by side.
        const string Chosen = $"{Feed}/stand-ins.slnf";
        var projects = ids.Select(id => $"lib/compat/{id}/{id}.csproj");
        WriteWhole(Chosen, JsonSerializer.Serialize(new { solution = new { path = "../../../BnNotebooks.sln", projects } }));
        Shell.Must($"Packing the stand-ins {Names(ids)}",
            "dotnet", "pack", Chosen, "-c", "Release", $"-p:CompatHash={hash}", "-v", "q", "-nologo");
    }

    /// <summary>What the choice of packages depends on: the sources, the wanted versions, the projects, the stand-ins' code.</summary>
    static string Fingerprint(bool forceStandIns)
    {
        var sources = Shell.Capture("dotnet", "nuget", "list", "source", "--format", "short").Output;
        var files = Directory.EnumerateFiles(".", "*.props").Concat(["nuget.config", "global.json"])
            .Concat(InProjects("*.csproj"))
            .Concat(Directory.EnumerateFiles("lib/compat", "*", SearchOption.AllDirectories).Where(IsSource))
            .Distinct();
        return $"{forceStandIns} {Hash(files)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sources)))}";
    }

    static string[] InProjects(string pattern) => [.. new[] { "lib", "tests" }
        .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, pattern, SearchOption.AllDirectories))];

    static bool IsSource(string path) => !Regex.IsMatch(path, @"[/\\](bin|obj|feed)[/\\]");

    static string Hash(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Select(f => f.Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void WriteWhole(string path, string text)
    {
        File.WriteAllText(path + ".tmp", text);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]»[/] {text}");
}

/// <summary>What NuGet chose, read from the restored projects.</summary>
static class Packages
{
    static readonly string[] Projects = ["lib/BnNotebooks", "lib/BnNotebooks.Runner"];

    static readonly Regex Replaceable = new(
        @"^(TorchSharp(-cpu)?|libtorch-cpu|Plotly\.NET|DynamicObj|Microsoft\.(Data\.Analysis|DotNet\.Interactive(\.\w+)?))$");

    public static IReadOnlyList<(string Id, string Version)> Chosen() =>
        [.. Projects.SelectMany(Libraries)
            .Where(library => Replaceable.IsMatch(library.Id))
            .Select(library => (library.Id, library.Version)).Distinct().Order()];

    public static bool AllRestored() => Projects.All(project => File.Exists(Assets(project)) && Libraries(project).All(l => l.OnDisk));

    static string Assets(string project) => $"{project}/obj/project.assets.json";

    static IEnumerable<(string Id, string Version, bool OnDisk)> Libraries(string project)
    {
        if (!File.Exists(Assets(project)))
            yield break;
        using var assets = JsonDocument.Parse(File.ReadAllText(Assets(project)));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToArray();
        foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package")
                continue;
            var name = library.Name.Split('/');
            var path = library.Value.GetProperty("path").GetString()!;
            yield return (name[0], name[1], folders.Any(folder => Directory.Exists(Path.Combine(folder, path))));
        }
    }
}

/// <summary>The native library of the real TorchSharp, which needs a libstdc++ that older systems (Debian 12) do not have.</summary>
static class RealTorch
{
    /// <summary>Why it does not load here, or null where it does. The probe has already brought both packages.</summary>
    public static string? WhyNot()
    {
        var packages = Shell.Capture("dotnet", "nuget", "locals", "global-packages", "--list").Output.Split(": ", 2)[1].Trim();
        var rid = AppContext.GetData("RUNTIME_IDENTIFIER") as string ?? RuntimeInformation.RuntimeIdentifier;
        var torchSharp = NativeFolder(packages, "torchsharp", rid);
        var libtorch = NativeFolder(packages, $"libtorch-cpu-{rid}", rid);
        if (torchSharp is null || libtorch is null)
            return $"it has no build for {rid}.";
        try
        {
            // libtorch first, from its own package: in an output folder they lie side by side.
            foreach (var name in new[] { "c10", "torch_cpu", "torch" })
                NativeLibrary.Load(Path.Combine(libtorch, FileName(name)));
            NativeLibrary.Load(Path.Combine(torchSharp, FileName("LibTorchSharp")));
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            // The loader lists every path it tried; the line about a missing version is the one that says why.
            return error.Message.Split('\n').FirstOrDefault(line => line.Contains("version") && line.Contains("not found"))
                ?? error.Message;
        }
    }

    static string? NativeFolder(string packages, string id, string rid) =>
        Directory.Exists($"{packages}/{id}")
            ? Directory.GetDirectories($"{packages}/{id}").Where(version => !version.Contains("compat")).Order(StringComparer.Ordinal)
                .Select(version => $"{version}/runtimes/{rid}/native").LastOrDefault(Directory.Exists)
            : null;

    static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}

/// <summary>Debian's libtorch, which the TorchSharp stand-in is built over.</summary>
static class LibTorch
{
    static readonly string[] AptPackages = ["libtorch-dev", "libopenblas0-pthread", "cmake", "make", "g++"];

    static string Command => $"apt-get install -y --no-install-recommends {string.Join(' ', AptPackages)}";

    static bool Present => File.Exists("/usr/include/ATen/ATen.h") && AptPackages[2..].All(tool => Shell.Which(tool) is not null);

    public static void Ensure()
    {
        if (Present)
            return;
        if (Shell.Which("apt-get") is null || Environment.UserName != "root")
            throw new SetupException(
                $"The stand-in for TorchSharp needs libtorch. As root, on Debian or Ubuntu:\n  {Command}\nThen run this again.");
        AnsiConsole.MarkupLineInterpolated($"[grey]»[/] Installing libtorch for the TorchSharp stand-in: {Command}");
        Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
        Shell.Quiet("apt-get update", "apt-get", "update");
        Shell.Must("apt-get install", "apt-get", Command.Split(' ')[1..]);
    }
}

/// <summary>Runs the test projects one after the other and adds up their results.</summary>
static class Tests
{
    public static int Run(string? filter)
    {
        Directory.CreateDirectory("out/tests");
        int passed = 0, failed = 0;
        foreach (var project in Directory.GetDirectories("tests", "*.Tests").Select(d => Path.GetFileName(d)).Order())
        {
            var report = $"out/tests/{project}.xml";
            File.Delete(report);
            List<string> options = ["-noLogo", "-result-xml", report];
            if (Console.IsOutputRedirected)
                options.Add("-noColor");
            if (filter is not null)
                options.AddRange(["-method", $"*{filter}*"]);
            var exitCode = Shell.Run($"tests/{project}/bin/Release/net10.0/{project}", options);
            var assemblies = File.Exists(report) ? XDocument.Load(report).Descendants("assembly").ToArray() : [];
            passed += assemblies.Sum(a => (int)a.Attribute("passed")!);
            var failures = assemblies.Sum(a => (int)a.Attribute("failed")! + (int)a.Attribute("errors")!);
            if (failures == 0 && exitCode != 0 && !(filter is not null && assemblies.All(a => (int)a.Attribute("total")! == 0)))
            {
                Console.WriteLine($"{project} ended with exit code {exitCode} without naming a failed test: counted as one failure.");
                failures = 1;
            }
            failed += failures;
        }
        if (passed + failed == 0)
            Console.WriteLine(filter is null ? "No test ran." : $"No test's full name contains \"{filter}\".");
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}

/// <summary>What this machine has, and for what is missing the line that mends it.</summary>
static class Doctor
{
    public static int Run()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("What", "Found", "To mend it");
        void Row(string what, string? found, string mend = "")
        {
            if (found is null)
                table.AddRow(Markup.Escape(what), "[red]missing[/]", Markup.Escape(mend));
            else
                table.AddRow(Markup.Escape(what), Markup.Escape(found), "");
        }

        Row(".NET SDK", Shell.Capture("dotnet", "--version").Output.Trim());
        Row("OS", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}");
        Row("Cores", $"{Environment.ProcessorCount}");
        var chosen = Packages.Chosen();
        if (chosen.Count == 0)
            Row("Packages", null, "dotnet bn.cs build");
        foreach (var (id, version) in chosen)
            Row(id, $"{version}  {(version.Contains("compat") ? "stand-in" : "real")}");
        var torch = File.Exists(Shell.Runner) ? Shell.Capture(Shell.Runner, "describe") : (ExitCode: 1, Output: "");
        Row("libtorch", torch.ExitCode == 0 ? torch.Output.Trim() : null, "dotnet bn.cs build");
        string[] browsers = ["chromium", "chromium-browser", "google-chrome"];
        Row("Chromium", browsers.Select(Shell.Which).FirstOrDefault(found => found is not null),
            "apt-get install -y chromium   (only `run --update` needs it, to draw the charts' images)");
        Row("Node", Shell.Which("node") is null ? null : Shell.Capture("node", "--version").Output.Trim(),
            "apt-get install -y nodejs   (only for renewing the vendored web files)");
        AnsiConsole.Write(table);
        return chosen.Count > 0 && torch.ExitCode == 0 ? 0 : 1;
    }
}

/// <summary>Other programs: with their output shown, captured, or captured behind a spinner.</summary>
static class Shell
{
    public const string Runner = "lib/BnNotebooks.Runner/bin/Release/net10.0/BnNotebooks.Runner";

    public const string Benchmarks = "tests/BnNotebooks.Benchmarks/bin/Release/net10.0/BnNotebooks.Benchmarks";

    public static int Run(string program, IEnumerable<string> arguments)
    {
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // Ctrl-C reaches the child too: let it end in order
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    public static (int ExitCode, string Output) Capture(string program, params string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var output = new StringBuilder();
        void Keep(object _, DataReceivedEventArgs line) { if (line.Data is not null) lock (output) output.AppendLine(line.Data); }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    public static (int ExitCode, string Output) Quiet(string doing, string program, params string[] arguments)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine($"» {doing} …");
            return Capture(program, arguments);
        }
        return AnsiConsole.Status().Start(Markup.Escape(doing), _ => Capture(program, arguments));
    }

    /// <summary>Runs a step that nothing can go on without.</summary>
    /// <exception cref="SetupException">It failed; the message has its output.</exception>
    public static void Must(string doing, string program, params string[] arguments)
    {
        if (Quiet(doing, program, arguments) is { ExitCode: not 0 } failed)
            throw new SetupException($"{doing} failed ({program} {string.Join(' ', arguments)}):\n{failed.Output}");
    }

    public static string? Which(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);
}

sealed class SetupException(string message) : Exception(message);
