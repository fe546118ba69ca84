using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>describe</c>: one line about libtorch, for <c>dotnet bn.cs doctor</c>.</summary>
static partial class DescribeCommand
{
    public static Command Create()
    {
        var command = new Command("describe", "Says which libtorch computes, with how many threads and which BLAS.");
        command.SetAction(_ =>
        {
            var report = EnvironmentReport.Read();
            Console.WriteLine($"{report.TorchVersion}, {report.TorchThreads} threads, BLAS: {Blas()}");
        });
        return command;
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
