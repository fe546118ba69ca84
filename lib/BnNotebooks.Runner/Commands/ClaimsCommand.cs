using System.CommandLine;
using BnNotebooks.Claims;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Commands;

/// <summary>
/// <c>claims</c>: runs the course, and holds what the notebooks measured against <c>data/claims.json</c>.
/// </summary>
static class ClaimsCommand
{
    public static Command Create(RunParts parts)
    {
        var update = new Option<bool>("--update") { Description = "Write the new measurements into data/claims.json if all verdicts stand." };
        var command = new Command("claims", "Runs the course, measures the claims of the slides again and prints the ledger.") { update };
        command.SetAction((parsed, cancellation) => MeasureAsync(parsed.GetValue(update), parts, cancellation));
        return command;
    }

    static async Task<int> MeasureAsync(bool update, RunParts parts, CancellationToken cancellation)
    {
        using var end = Descendants.EndOn(cancellation);
        var ledger = Ledger.Read();
        var exit = await RunCommand.RunAsync(RunOptions.Default, parts, cancellation);
        if (exit is ExitCode.Usage or ExitCode.Interrupted)
            return exit;

        var results = ledger.Compare(Measurements.Read(RunOptions.Default.Claims));
        Console.WriteLine(ClaimView.WithoutTest(ledger).ToText());
        Console.WriteLine(ClaimView.Of(results).ToText());
        var agreeing = results.Count(result => result.Agrees);
        Console.WriteLine($"{ClaimView.Of(ledger).Caption}. {ledger.Claims.Count} claims, {results.Count} of them measured: {agreeing} agree, {results.Count - agreeing} do not.");
        if (agreeing < results.Count || exit != ExitCode.Ok)
            return ExitCode.Failed;
        if (update)
            ledger.With(results).Write();
        return ExitCode.Ok;
    }
}
