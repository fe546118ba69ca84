using System.CommandLine;
using BnNotebooks.Claims;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Commands;

/// <summary>
/// <c>claims</c>: runs the course, and holds what the notebooks measured, and what follows from the committed evidence, against
/// <c>data/claims.json</c>.
/// </summary>
static class ClaimsCommand
{
    public static Command Create(RunParts parts)
    {
        var update = new Option<bool>("--update") { Description = "Write the new measurements into data/claims.json if all verdicts stand." };
        var command = new Command("claims", "Runs the course, measures the claims again and prints the ledger.") { update };
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
        var verdicts = EvidenceVerdict.Of(ledger);
        if (verdicts.Count > 0)
            Console.WriteLine(ClaimView.Of(verdicts).ToText());
        var (decided, agreeing) = (results.Count + verdicts.Count, results.Count(result => result.Agrees) + verdicts.Count(verdict => verdict.Agrees));
        Console.WriteLine($"The deck: {Counts(ledger.OfTheDeck)}.");
        if (ledger.OfOtherWorks.Claims.Count > 0)
            Console.WriteLine($"Other works: {Counts(ledger.OfOtherWorks)}.");
        Console.WriteLine($"{ledger.Claims.Count} claims, {verdicts.Count} of them decided by evidence, {results.Count} by what the notebooks measured: {agreeing} agree, {decided - agreeing} do not.");
        if (agreeing < decided || exit != ExitCode.Ok)
            return ExitCode.Failed;
        if (update)
            ledger.With(results).Write();
        return ExitCode.Ok;
    }

    static string Counts(Ledger ledger) => $"{ledger.Claims.Count} claims; {ClaimView.Of(ledger).Caption}";
}
