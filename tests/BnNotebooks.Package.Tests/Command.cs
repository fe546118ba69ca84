using System.Diagnostics;
using System.Text;

namespace BnNotebooks.Package.Tests;

/// <summary>Another program, run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it printed, errors included.</param>
sealed record Command(int ExitCode, string Output)
{
    /// <summary>Runs a program; one that has not ended after five minutes never will.</summary>
    public static async Task<Command> Run(string program, IEnumerable<string> arguments, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>What it printed, if all went well.</summary>
    public string Expect() => ExitCode == 0 ? Output : throw new InvalidOperationException($"Ended with {ExitCode}:\n{Output}");
}
