using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BnNotebooks.Mend;
using BnNotebooks.Runner.Jupyter;
using BnNotebooks.Runner.Site;
using Spectre.Console;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>doctor</c>: what this machine has, what is missing, and the line that mends it.</summary>
static partial class DoctorCommand
{
    /// <summary>A line of the table.</summary>
    /// <param name="What">What was looked for.</param>
    /// <param name="Found">What was found, or why it is of no use.</param>
    /// <param name="Mend">The line that mends it; null where nothing is missing.</param>
    /// <param name="Needed">Whether no notebook runs without it.</param>
    internal sealed record Row(string What, string Found, string? Mend = null, bool Needed = false);

    public static Command Create()
    {
        var command = new Command("doctor", "Says what this machine has, what is missing, and the line that mends it.");
        command.SetAction(_ => Show([.. Machine(), .. Computing(AppContext.BaseDirectory), .. Tools(), .. JupyterInstall.Describe()]));
        return command;
    }

    static int Show(IReadOnlyList<Row> rows)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("What", "Found", "To mend it");
        foreach (var row in rows)
            table.AddRow(Markup.Escape(row.What), $"[{(row.Mend is null ? "default" : "red")}]{Markup.Escape(row.Found)}[/]", Markup.Escape(row.Mend ?? ""));
        AnsiConsole.Write(table);
        return rows.Any(row => row is { Needed: true, Mend: not null }) ? ExitCode.Failed : ExitCode.Ok;
    }

    static IEnumerable<Row> Machine()
    {
        yield return new(".NET", $"{Environment.Version} with the SDK {Tool.Output("dotnet", "--version") ?? "missing"}");
        yield return new("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores");
    }

    /// <summary>The packages, libtorch, and what was done to the copies in a folder so that it loads.</summary>
    internal static IEnumerable<Row> Computing(string folder)
    {
        foreach (var package in EnvironmentReport.ReadPackages())
            yield return new(package.Id, package.Version);
        if (CxxVersion.Describe(folder) is { } mended)
            yield return new("TorchSharp's native library", mended);
        if (WhyTorchDoesNotLoad(folder) is { } why)
            yield return new("libtorch", why, "dotnet bn.cs build   (if it stays so: TorchSharp has no build for this system)", Needed: true);
        else if (EnvironmentReport.Read() is var report)
            yield return new("libtorch", $"{report.TorchVersion}, {report.TorchThreads} threads, BLAS: {Blas()}");
    }

    /// <summary>Asks the system's loader: TorchSharp's own exception is four pages long and does not say it.</summary>
    static string? WhyTorchDoesNotLoad(string folder)
    {
        try
        {
            foreach (var name in (string[])["torch_cpu", "LibTorchSharp"])
                NativeLibrary.Load(Path.Combine(folder,
                    OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so"));
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return error.Message.Trim().Split('\n')[^1]; // the lines before it are general advice
        }
    }

    static IEnumerable<Row> Tools()
    {
        yield return Chromium.IsInstalled()
            ? new("Chromium", Chromium.Find().Executable)
            : new("Chromium", "missing", "apt-get install -y chromium   (draws the charts' images for `run --update`; some tests look at pages)");
    }

    /// <summary>libtorch has loaded its BLAS by now, if that is a library of its own.</summary>
    static string Blas()
    {
        using var process = Process.GetCurrentProcess();
        var modules = process.Modules.Cast<ProcessModule>()
            .Where(module => BlasLibrary().IsMatch(module.ModuleName))
            .Select(module => new FileInfo(module.FileName).ResolveLinkTarget(returnFinalTarget: true)?.Name ?? module.ModuleName);
        return string.Join(", ", modules.Distinct()) is { Length: > 0 } found ? found : "built into libtorch";
    }

    [GeneratedRegex(@"^(lib)?(openblas|blas|mkl|blis|atlas|Accelerate)", RegexOptions.IgnoreCase)]
    private static partial Regex BlasLibrary();
}
