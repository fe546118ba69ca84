using System.Diagnostics;

namespace BnNotebooks.Runner.Site;

/// <summary>A browser without a window.</summary>
public sealed class Chromium
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    Chromium(string path) => Executable = path;

    /// <summary>The browser's program.</summary>
    public string Executable { get; }

    /// <summary>Looks for a browser: first in the environment variable CHROME, then by its usual names on the PATH.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what to install.</exception>
    public static Chromium Find() => new(FindPath(
        Environment.GetEnvironmentVariable("CHROME"),
        Environment.GetEnvironmentVariable("PATH") ?? ""));

    /// <summary>Whether <see cref="Find"/> would find one.</summary>
    public static bool IsInstalled()
    {
        try
        {
            Find();
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    internal static string FindPath(string? chrome, string searchPath)
    {
        if (!string.IsNullOrEmpty(chrome))
        {
            return File.Exists(chrome)
                ? chrome
                : throw new FileNotFoundException(
                    $"The environment variable CHROME names \"{chrome}\", which does not exist.", chrome);
        }
        return searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"No browser to draw chart images with: none of {string.Join(", ", Names)} is on the PATH. "
                + "Install one (Debian, Ubuntu: apt-get install chromium) or name it in the environment variable CHROME.");
    }

    /// <summary>Opens a page of the disk, lets its scripts run to their end, and returns the document as it then is.</summary>
    /// <param name="page">The path of the page.</param>
    /// <param name="timeout">After this time the browser is ended.</param>
    /// <exception cref="TimeoutException">The browser did not come to an end in time.</exception>
    /// <exception cref="InvalidOperationException">The browser failed; the message carries its last words.</exception>
    public string DumpDom(string page, TimeSpan timeout) => RunInOwnProfile(page, timeout, "--dump-dom");

    /// <summary>Opens a page of the disk, lets its scripts run to their end, and prints it as its style sheets say, with an outline of its headings.</summary>
    /// <param name="page">The path of the page.</param>
    /// <param name="pdf">The file to write.</param>
    /// <param name="timeout">After this time the browser is ended.</param>
    /// <exception cref="TimeoutException">The browser did not come to an end in time.</exception>
    /// <exception cref="InvalidOperationException">The browser failed, or wrote nothing; the message carries its last words.</exception>
    public void PrintToPdf(string page, string pdf, TimeSpan timeout)
    {
        RunInOwnProfile(page, timeout, $"--print-to-pdf={Path.GetFullPath(pdf)}", "--no-pdf-header-footer", "--generate-pdf-document-outline");
        if (!File.Exists(pdf))
            throw new InvalidOperationException($"{Executable} ended without an error, but did not write {pdf}.");
    }

    string RunInOwnProfile(string page, TimeSpan timeout, params string[] work)
    {
        // A profile of its own: a browser that the user has open neither lends its settings nor takes over the page.
        var profile = Directory.CreateTempSubdirectory("bn-chromium-");
        try
        {
            return Run(page, profile.FullName, timeout, work);
        }
        finally
        {
            DeleteProfile(profile);
        }
    }

    static void DeleteProfile(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // One of the browser's processes, slower to end than the first, is still writing. It is a temporary folder.
        }
    }

    string Run(string page, string profile, TimeSpan timeout, string[] work)
    {
        var start = new ProcessStartInfo(Executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
            $"--user-data-dir={profile}",
            $"--virtual-time-budget={(long)timeout.TotalMilliseconds}", // the page's clock, which runs ahead while it idles
            .. work, new Uri(Path.GetFullPath(page)).AbsoluteUri,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw new TimeoutException($"{Executable} did not finish {page} within {timeout.TotalSeconds:0} s.");
        }
        return process.ExitCode == 0
            ? output.GetAwaiter().GetResult()
            : throw new InvalidOperationException(
                $"{Executable} ended with exit code {process.ExitCode} on {page}: {Last(errors.GetAwaiter().GetResult())}");
    }

    static string Last(string text) => text.Length > 500 ? "…" + text[^500..] : text.Trim();
}
