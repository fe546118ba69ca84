using System.Diagnostics;
using BnNotebooks.Claims;
using BnNotebooks.Runner.Tests.Execution;

namespace BnNotebooks.Runner.Tests.Claims;

/// <summary>
/// <c>claims</c> from end to end, in a checkout of its own: a solution, a ledger, notebooks that measure, and the Runner, which
/// finds the checkout that it lies in.
/// </summary>
public sealed class ClaimsTests : IDisposable
{
    const string Ledger = """
        [
          { "id": "it-halves", "slide": 1, "statement": "It halves.", "verdict": "holds", "finding": "It does.", "notebook": "01-measures",
            "test": { "experiment": "a call", "metric": "what is left", "atMost": 0.6, "measured": 0.5 } },
          { "id": "it-is-loved", "slide": 2, "statement": "All love it.", "verdict": "not verifiable", "finding": "Nobody asked.", "notebook": "01-measures" },
          { "id": "it-shrinks", "source": "Ito and Sato 2024, On Halves, JMLR", "statement": "It shrinks.", "verdict": "contested", "finding": "Who knows.", "notebook": "01-measures" }
        ]
        """;

    readonly Workspace workspace = new();
    readonly string root, bin, ledger;

    public ClaimsTests()
    {
        root = Path.GetDirectoryName(workspace.Notebooks)!;
        (bin, ledger) = (Path.Combine(root, "bin"), Path.Combine(root, "data", "claims.json"));
        File.WriteAllText(Path.Combine(root, "BnNotebooks.sln"), "");
        Directory.CreateDirectory(Path.GetDirectoryName(ledger)!);
        File.WriteAllText(ledger, Ledger);
        Directory.CreateDirectory(bin);
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).GetFiles().Where(file => file.Length < 10 << 20)) // libtorch is not needed
            file.CopyTo(Path.Combine(bin, file.Name));
    }

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("0.25", true, 0, "agrees", 0.25)]
    [InlineData("0.25", false, 0, "agrees", 0.5)]
    [InlineData("0.75", true, 1, "DISAGREES", 0.5)]
    [InlineData(null, true, 1, "NOT MEASURED", 0.5)]
    public async Task The_ledger_is_rewritten_with_what_the_notebooks_measured_only_if_that_is_asked_for_and_all_verdicts_stand(
        string? measured, bool update, int exitCode, string said, double inTheLedger)
    {
        workspace.Add("01-measures", measured is null
            ? "1 + 1"
            : $"""
                #r "{bin.Replace('\\', '/')}/BnNotebooks.dll"
                BnNotebooks.Claims.ClaimView.Box(("it-halves", {measured}), ("it-is-loved", null))
                """);
        Measurements.Save("it-halves", 0.1, Path.Combine(root, "out", "claims")); // of an earlier run; it must not count

        var (exit, output) = await RunAsync(update ? ["claims", "--update"] : ["claims"]);

        Assert.Contains(said, output);
        Assert.Contains("The deck: 2 claims; holds: 1, not verifiable: 1.", output);
        Assert.Contains("Other works: 1 claims; contested: 1.", output);
        Assert.Equal(exitCode, exit);
        Assert.Equal(inTheLedger, BnNotebooks.Claims.Ledger.Read(ledger)["it-halves"].Test!.Measured);
        if (inTheLedger == 0.5)
            Assert.Equal(Ledger, File.ReadAllText(ledger));
    }

    [Fact]
    public async Task A_notebook_that_fails_leaves_the_ledger_alone_though_its_measurement_agrees()
    {
        workspace.Add("01-measures", $"""
            #r "{bin.Replace('\\', '/')}/BnNotebooks.dll"
            BnNotebooks.Claims.ClaimView.Box(("it-halves", 0.25))
            """, "throw new System.Exception(\"after all\");");

        var (exit, output) = await RunAsync("claims", "--update");

        Assert.Contains("agrees", output);
        Assert.Equal(1, exit);
        Assert.Equal(Ledger, File.ReadAllText(ledger));
    }

    async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var runner = Path.Combine(bin, OperatingSystem.IsWindows() ? "BnNotebooks.Runner.exe" : "BnNotebooks.Runner");
        using var process = Process.Start(new ProcessStartInfo(runner, arguments)
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
