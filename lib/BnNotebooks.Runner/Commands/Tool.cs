using System.ComponentModel;
using System.Diagnostics;

namespace BnNotebooks.Runner.Commands;

/// <summary>Other programs of the machine.</summary>
static class Tool
{
    /// <summary>Runs a program with this one's terminal, and returns its exit code.</summary>
    public static int Run(string program, params IEnumerable<string> arguments) => RunIn("", program, arguments);

    /// <summary>The same in another folder than this one's.</summary>
    public static int RunIn(string folder, string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>What a program prints; null where it is missing or fails.</summary>
    public static string? Output(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
