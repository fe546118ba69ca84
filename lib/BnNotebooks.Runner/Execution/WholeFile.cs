using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BnNotebooks.Runner.Execution;

/// <summary>Writes files whole or not at all, and tidies up after runs that were killed while they wrote.</summary>
static partial class WholeFile
{
    /// <summary>Writes beside the place first, under a name with this process's id, then renames.</summary>
    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Checks that files can be written to a folder, which is made where it is missing.</summary>
    /// <exception cref="IOException">It cannot be made or written to; the message names it.</exception>
    public static void CheckFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Write(Path.Combine(folder, ".writable"), "");
            File.Delete(Path.Combine(folder, ".writable"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder {Path.GetFullPath(folder)} cannot be written to: {error.Message}", error);
        }
    }

    /// <summary>Deletes half-written files whose process is no longer there.</summary>
    public static void DeleteLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.GetFiles(folder, "*.tmp"))
            if (TemporaryName().Match(path) is { Success: true } match
                && !IsRunning(int.Parse(match.Groups["process"].Value, CultureInfo.InvariantCulture)))
                File.Delete(path);
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

    [GeneratedRegex(@"\.(ipynb|json|writable)\.(?<process>\d{1,9})\.tmp$")]
    private static partial Regex TemporaryName();
}
