using System.Diagnostics;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Tests.Course;

namespace BnNotebooks.Runner.Tests.Serve;

/// <summary>The program that <c>dotnet bn.cs serve</c> starts, on a free port.</summary>
sealed partial class Server : IDisposable
{
    readonly Process process;

    Server(Process process, string firstLine)
    {
        this.process = process;
        FirstLine = firstLine;
        Address = new Uri(Url().Match(firstLine).Value);
    }

    /// <summary>What it printed when it was ready.</summary>
    public string FirstLine { get; }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    public static async Task<Server> StartAsync(string site)
    {
        var process = Run("--site", site);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new(process, line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Starts the program with any arguments.</summary>
    public static Process Run(params string[] arguments)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Release/net10.0
        var program = Path.Combine(CourseFiles.Root, "lib", "BnNotebooks.Serve", "bin", here.Parent!.Name, here.Name, "BnNotebooks.Serve");
        return Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Presses Ctrl-C, and returns the exit code and all else that it printed.</summary>
    public async Task<(int ExitCode, string Output)> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + errors);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Url();
}
