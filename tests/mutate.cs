#!/usr/bin/env -S dotnet run
// Mutation testing of Core: changes its code in one place after the other, and sees whether a test then fails. Of a place
// where none does, either a test is missing or it makes no difference: docs/mutation.md. Outside of CI, because it takes long.
//
//   dotnet tests/mutate.cs [FOLDER…]    the folders of Core that are named, or all; State takes two minutes, Layers a quarter of an hour, Fast hours
//
// A folder whose code and tests are those of an earlier run is not run again, so it may be stopped and started at will. The
// results are under out/mutation: score.md, and for each folder what survived.
#:property PublishAot=false
#:property TargetFramework=net10.0
#:property HasCopiesToMend=false

using System.Diagnostics;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

const string Core = "lib/BnNotebooks.Core", Tests = "tests/BnNotebooks.Core.Tests", Results = "out/mutation", Copy = $"{Results}/copy";

// The tests that a folder's mutants are held against: those that look at it, and take no seconds. Where all are, those that take seconds
// each are not, nor those of words.
const string All = "*";
string[] slow = ["Arithmetic/FastTests.cs", "Robustness/StressTests.cs", "Robustness/VarianceTests.cs", "Network/NormalizationsTests.cs", "Documentation/*"];
var testsOf = new Dictionary<string, string[]>
{
    ["Arithmetic"] = ["Arithmetic/CarefulTests.cs", "Arithmetic/NormShapeTests.cs", "NormTests.cs", "GradientTests.cs", "BatchNormTests.cs",
        "EveryLayerTests.cs", "FusedTests.cs", "Robustness/EdgeNumbersTests.cs", "Mistakes/*"],
    ["Norms"] = ["*NormTests.cs", "GradientTests.cs", "BatchRenormTests.cs", "BatchNormVariantTests.cs", "FusedTests.cs",
        "ChannelsLastTests.cs", "Golden/*", "Robustness/E*Tests.cs", "Robustness/SharedLayerTests.cs", "Arithmetic/CarefulTests.cs", "Mistakes/*"],
    ["Layers"] = ["Network/InitializationTests.cs", "Network/SequentialTests.cs", "Network/NetworkPropertyTests.cs", "EveryLayerTests.cs",
        "TensorMemoryTests.cs", "ChannelsLastTests.cs", "State*Tests.cs", "Golden/*", "Robustness/SharedLayerTests.cs", "Robustness/SizesTests.cs", "Robustness/StateFileTests.cs",
        "Robustness/E*Tests.cs", "Arithmetic/CarefulTests.cs", "Mistakes/*"],
    ["Networks"] = ["Network/*", "Mistakes/*"],
    ["State"] = ["State*Tests.cs", "Robustness/StateFileTests.cs"],
    ["Internal"] = [All],
    ["Fast"] = ["Arithmetic/*", "Robustness/SizesTests.cs", "Robustness/SharedLayerTests.cs", "Robustness/ThreadTeamTests.cs", "FusedTests.cs", "TensorMemoryTests.cs"],
};

Directory.SetCurrentDirectory(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
Directory.CreateDirectory(Results);
var named = args.Length > 0 ? args : [.. testsOf.Keys];
if (named.FirstOrDefault(folder => !testsOf.ContainsKey(folder)) is { } unknown)
{
    Console.Error.WriteLine($"Expected folders of {Core}: {string.Join(", ", testsOf.Keys)}; but one is '{unknown}'.");
    return 2;
}
foreach (var folder in named)
    if (ReportOf(folder) is var report && !File.Exists(report) && Run(folder, report) is not 0 and var failed)
        return failed;
Summarize();
return 0;

// In a copy of the repository that has no other tests, because the runner would take the time to run them all.
int Run(string folder, string report)
{
    Console.WriteLine($"» Mutating {folder} …");
    if (Directory.Exists(Copy))
        Directory.Delete(Copy, recursive: true);
    var mine = TestsOf(folder).ToHashSet();
    foreach (var file in Files())
        if (!file.EndsWith("Tests.cs", StringComparison.Ordinal) || !file.StartsWith(Tests, StringComparison.Ordinal) || mine.Contains(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Copy, file))!);
            File.Copy(file, Path.Combine(Copy, file));
        }

    var place = Path.Combine(Copy, Tests);
    if (Start(place, "tool", "restore") is not 0 and var missing)
        return missing;
    var exitCode = Start(place, "stryker", "--test-runner", "mtp", "--concurrency", $"{Math.Max(1, Environment.ProcessorCount / 2)}", "--mutate", $"**/{folder}/*.cs",
        "--reporter", "Json", "--reporter", "Progress", "--output", "mutants", "--skip-version-check");
    if (exitCode == 0)
        File.Move(Path.Combine(place, "mutants/reports/mutation-report.json"), report);
    Directory.Delete(Copy, recursive: true);
    return exitCode;
}

// Named by what it was made of: the folder's code, and the tests that it was held against.
string ReportOf(string folder)
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var file in Files().Where(file => file.StartsWith($"{Core}/{folder}/", StringComparison.Ordinal)).Concat(TestsOf(folder)))
    {
        hash.AppendData(Encoding.UTF8.GetBytes(file));
        hash.AppendData(File.ReadAllBytes(file));
    }
    return Path.Combine(Results, $"{folder}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}.json");
}

IEnumerable<string> TestsOf(string folder) => Files().Where(file => file.StartsWith($"{Tests}/", StringComparison.Ordinal)
    && testsOf[folder].Any(pattern => Is(pattern, file) && (pattern != All || !slow.Any(other => Is(other, file)))));

static bool Is(string pattern, string file) => FileSystemName.MatchesSimpleExpression(pattern, file.AsSpan(Tests.Length + 1), ignoreCase: false);

// What git knows of, and what is new.
static IEnumerable<string> Files() => Output("git", "ls-files", "--cached", "--others", "--exclude-standard", "--",
    Core, Tests, "tests/.config", "tests/Directory.Build.props", "data/golden", "*.sln", "*.props", "*.targets", "global.json", "README.md")
    .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(File.Exists);

void Summarize()
{
    var table = new StringBuilder("| Folder | Mutants | Killed | Survived | Reached by no test | Score |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    foreach (var folder in testsOf.Keys.Where(folder => File.Exists(ReportOf(folder))))
    {
        var mutants = Mutants(ReportOf(folder));
        int Of(params string[] states) => mutants.Count(mutant => states.Contains(mutant.State));
        int killed = Of("Killed", "Timeout"), survived = Of("Survived"), unreached = Of("NoCoverage"), count = killed + survived + unreached;
        table.AppendLine($"| {folder} | {count} | {killed} | {survived} | {unreached} | {100.0 * killed / count:0.0} % |");
        File.WriteAllLines(Path.Combine(Results, $"{folder}-survivors.md"), mutants.Where(mutant => mutant.State is "Survived" or "NoCoverage")
            .Select(mutant => $"- {mutant.File}:{mutant.Line} ({mutant.State}) `{mutant.Source}` → `{mutant.Replacement}`"));
    }
    File.WriteAllText(Path.Combine(Results, "score.md"), table.ToString());
    Console.Write(table);
}

static List<(string File, int Line, string State, string Source, string Replacement)> Mutants(string report)
{
    using var document = JsonDocument.Parse(File.ReadAllBytes(report));
    var mutants = new List<(string File, int Line, string State, string Source, string Replacement)>();
    foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
    {
        var lines = file.Value.GetProperty("source").GetString()!.Split('\n');
        foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
        {
            var (start, end) = (mutant.GetProperty("location").GetProperty("start"), mutant.GetProperty("location").GetProperty("end"));
            int line = start.GetProperty("line").GetInt32(), from = start.GetProperty("column").GetInt32() - 1, to = end.GetProperty("column").GetInt32() - 1;
            var source = line == end.GetProperty("line").GetInt32() ? lines[line - 1][from..to] : $"{lines[line - 1][from..].Trim()} …";
            mutants.Add((Path.GetFileName(file.Name), line, mutant.GetProperty("status").GetString()!, source,
                mutant.GetProperty("replacement").GetString()!.ReplaceLineEndings(" ")));
        }
    }
    return mutants;
}

static int Start(string folder, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })!;
    process.WaitForExit();
    return process.ExitCode;
}

static string Output(string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return output;
}
