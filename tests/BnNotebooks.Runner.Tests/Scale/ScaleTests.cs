using System.Diagnostics;
using BnNotebooks.Runner.Tests.Course;
using YamlDotNet.RepresentationModel;

namespace BnNotebooks.Runner.Tests.Scale;

/// <summary>The files in <c>scale</c>, each with a program in the Runner's place that prints how it was called.</summary>
public sealed class ScaleTests : IDisposable
{
    const string Runner = "lib/BnNotebooks.Runner/bin/Release/net10.0/BnNotebooks.Runner";

    static readonly string Scale = Path.Combine(CourseFiles.Root, "scale");

    readonly string repository = Directory.CreateTempSubdirectory("bn scale ").FullName; // a blank in its path

    public ScaleTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no bash.");
            return; // which Skip does too, but the analyzer does not know it
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(repository, Runner))!);
        File.WriteAllText(Path.Combine(repository, Runner), "#!/bin/sh\necho \"$# $*\"\n");
        Directory.CreateDirectory(Path.Combine(repository, "scale"));
        foreach (var file in Directory.GetFiles(Scale))
            File.Copy(file, Path.Combine(repository, "scale", Path.GetFileName(file)));
        foreach (var script in (string[])[Runner, "scale/slurm.sh", "scale/parallel.sh"])
            File.SetUnixFileMode(Path.Combine(repository, script), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(repository, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_slurm_array_computes_every_shard_once(int shards) =>
        Assert.Equal(Expected(shards, "--workers 4 tumours --out my folder", 8), Enumerable.Range(1, shards).Select(task =>
            Ok("bash", ["scale/slurm.sh", "tumours", "--out", "my folder"], SlurmTask(task, 1, shards))));

    [Theory]
    [InlineData(0, 0, 7)]
    [InlineData(3, 3, 3)]
    public void A_slurm_array_that_is_not_1_to_N_is_refused(int task, int first, int last)
    {
        var (exitCode, _, errors) = Run("bash", ["scale/slurm.sh"], SlurmTask(task, first, last));
        Assert.Equal(2, exitCode);
        Assert.Contains($"from {first} to {last}", errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Parallel_computes_every_shard_once(int shards)
    {
        Assert.SkipUnless(Has("parallel"), "GNU parallel is missing: apt-get install parallel");
        Assert.Equal(Expected(shards, "--workers 1 tumours --out my folder", 8),
            Ok(Path.Combine(repository, "scale", "parallel.sh"), [$"{shards}", "tumours", "--out", "my folder"]).Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData()]
    [InlineData("0")]
    [InlineData("tumours")]
    public void Parallel_wants_the_number_of_shards(params string[] arguments)
    {
        var (exitCode, _, errors) = Run("bash", ["scale/parallel.sh", .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Contains("how many shards", errors);
    }

    [Fact]
    public void The_pods_of_a_kubernetes_job_compute_every_shard_once()
    {
        var manifest = new YamlStream();
        manifest.Load(new StringReader(File.ReadAllText(Path.Combine(Scale, "kubernetes.yaml"))));
        var job = Assert.Single(manifest.Documents).RootNode;
        var (spec, container) = (job["spec"], job["spec"]["template"]["spec"]["containers"][0]);
        var pods = int.Parse($"{spec["completions"]}");
        Assert.Equal(("batch/v1", "Job", "Indexed"), ($"{job["apiVersion"]}", $"{job["kind"]}", $"{spec["completionMode"]}"));
        Assert.Equal(["sh", "-c"], ((YamlSequenceNode)container["command"]).Select(word => $"{word}"));

        var environment = ((YamlSequenceNode)container["env"]).Select(variable => ($"{variable["name"]}", $"{variable["value"]}"));
        Assert.Equal(Expected(pods, "--workers 2", 5), Enumerable.Range(0, pods).Select(pod =>
            Ok("sh", ["-c", $"{container["args"][0]}"], [.. environment, ("JOB_COMPLETION_INDEX", $"{pod}")])));
    }

    [Theory]
    [InlineData("slurm.sh")]
    [InlineData("parallel.sh")]
    public void A_script_is_in_order(string script)
    {
        Ok("bash", ["-n", $"scale/{script}"]);
        Assert.SkipUnless(Has("shellcheck"), "shellcheck is missing: apt-get install shellcheck");
        Ok("shellcheck", [$"scale/{script}"]);
    }

    static IEnumerable<string> Expected(int shards, string rest, int words) =>
        Enumerable.Range(1, shards).Select(shard => $"{words} evidence --shard {shard}/{shards} {rest}");

    (string, string)[] SlurmTask(int task, int first, int last) =>
    [
        ("SLURM_ARRAY_TASK_ID", $"{task}"), ("SLURM_ARRAY_TASK_MIN", $"{first}"), ("SLURM_ARRAY_TASK_MAX", $"{last}"),
        ("SLURM_ARRAY_TASK_COUNT", $"{last - first + 1}"), ("SLURM_CPUS_PER_TASK", "4"), ("SLURM_SUBMIT_DIR", repository),
    ];

    bool Has(string program) => Run("sh", ["-c", $"command -v {program}"]).ExitCode == 0;

    string Ok(string program, string[] arguments, params (string, string)[] environment)
    {
        var (exitCode, output, errors) = Run(program, arguments, environment);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}{errors}");
        return output.TrimEnd('\n');
    }

    (int ExitCode, string Output, string Errors) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = repository, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
