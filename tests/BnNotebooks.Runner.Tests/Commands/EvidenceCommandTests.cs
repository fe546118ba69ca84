using System.Diagnostics;
using BnNotebooks.Evidence;

namespace BnNotebooks.Runner.Tests.Commands;

/// <summary><c>evidence</c>, called as a user calls it.</summary>
public sealed class EvidenceCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-evidence-").FullName;

    string Out => Path.Combine(folder, "out");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void List_names_every_study_with_its_question_and_computes_nothing()
    {
        var (exitCode, output, _) = Run("--list");
        Assert.Equal(0, exitCode);
        Assert.Equal(StudyList.All.Select(study => $"{study.Name}: {study.Question}"), output.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void An_unknown_study_is_named_with_those_that_there_are()
    {
        var (exitCode, _, errors) = Run("faster-training", "slower-training");
        Assert.Equal(2, exitCode);
        Assert.Contains("'slower-training'", errors);
        Assert.All(StudyList.All, study => Assert.Contains(study.Name, errors));
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("one/three")]
    [InlineData("")]
    public void A_shard_that_there_cannot_be_is_refused(string shard)
    {
        var (exitCode, _, errors) = Run("--shard", shard);
        Assert.Equal(2, exitCode);
        Assert.Contains($"--shard I/N with 1 <= I <= N, but it is '{shard}'", errors);
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("--seeds", "1")]
    [InlineData("--seeds", "many")]
    [InlineData("--workers", "0")]
    [InlineData("--nonsense", "1")]
    public void A_wrong_option_computes_nothing_and_exits_with_2(string option, string value)
    {
        var (exitCode, output, errors) = Run(option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains(option.TrimStart('-'), output + errors);
        Assert.False(Directory.Exists(Out));
    }

    (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var runner = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "BnNotebooks.Runner.exe" : "BnNotebooks.Runner");
        string[] all = ["evidence", "--out", Out, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(runner, all) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
