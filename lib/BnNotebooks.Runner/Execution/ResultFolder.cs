using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BnNotebooks.Runner.Execution;

/// <summary>Gets folders ready for a run's results.</summary>
static partial class ResultFolder
{
    /// <summary>
    /// Makes the folder where it is missing, checks that it can be written to, and deletes half-written files whose process
    /// is no longer there.
    /// </summary>
    /// <exception cref="IOException">It cannot be made or written to; the message names it.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            var probe = Path.Combine(folder, ".writable");
            WholeFile.Write(probe, "");
            File.Delete(probe);
            foreach (var path in Directory.GetFiles(folder, "*.tmp"))
                if (TemporaryName().Match(path) is { Success: true } match
                    && !IsRunning(int.Parse(match.Groups["process"].Value, CultureInfo.InvariantCulture)))
                    File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder {Path.GetFullPath(folder)} cannot be written to: {error.Message}", error);
        }
    }

    /// <summary>Keeps the folder for this run until what is returned is disposed of, or this process ends in whatever way.</summary>
    /// <exception cref="IOException">Another run has it; the message says which.</exception>
    public static IDisposable Take(string folder)
    {
        var owner = Path.Combine(folder, ".run");
        try
        {
            // The system forgets a lock with its process. Its file stays: if it were deleted, two could each lock one.
            var taken = new FileStream(owner + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WholeFile.Write(owner, $"{Environment.ProcessId}");
            return taken;
        }
        catch (IOException error)
        {
            var who = File.Exists(owner) ? $"process {File.ReadAllText(owner)}" : "a process that has just started";
            throw new IOException(
                $"Another run ({who}) is writing to {Path.GetFullPath(folder)}. Wait for its end, or give this one a folder of its own with --out.", error);
        }
    }

    static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"[\\/]\.(?<process>\d{1,9})-[0-9a-f]{32}\.tmp$")]
    private static partial Regex TemporaryName();
}
