using System.Text.Json;
using System.Text.RegularExpressions;
using BnNotebooks.Views;
using TorchSharp;

namespace BnNotebooks;

/// <summary>A package in use, and whether it is the real one or this project's stand-in.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">The version that NuGet chose.</param>
/// <param name="StandIn">True where no NuGet source carried the real package.</param>
public sealed record PackageInUse(string Id, string Version, bool StandIn);

/// <summary>What computes here: the packages that NuGet chose, and libtorch.</summary>
/// <param name="Packages">The packages that may be real or stand-ins.</param>
/// <param name="TorchVersion">The version of libtorch.</param>
/// <param name="TorchThreads">How many threads libtorch uses within one operation.</param>
public sealed partial record EnvironmentReport(IReadOnlyList<PackageInUse> Packages, string TorchVersion, int TorchThreads)
{
    /// <summary>Reads what the build recorded beside the library, and asks libtorch. Sets libtorch's threads to the number of cores.</summary>
    public static EnvironmentReport Read()
    {
        // libtorch's default differs between its versions, so every notebook and report starts from the same.
        torch.set_num_threads(Environment.ProcessorCount);
        return new EnvironmentReport(
            [.. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(EnvironmentReport).Assembly.Location)!, "*.deps.json").SelectMany(PackagesIn).Distinct().OrderBy(package => package.Id)],
            torch.__version__,
            torch.get_num_threads());
    }

    /// <summary>The same as a table.</summary>
    public Table ToTable() => new(
        ["package", "version", ""],
        [
            .. Packages.Select(package => (string[])[package.Id, package.Version, package.StandIn ? "stand-in" : "real"]),
            ["libtorch", TorchVersion, $"{TorchThreads} threads"],
        ])
    { FirstNumericColumn = 3 };

    /// <summary>Three lines for the first cell of a notebook.</summary>
    public override string ToString()
    {
        string Names(bool standIn) => string.Join(", ", Packages.Where(package => package.StandIn == standIn).Select(package => package.Id)) is { Length: > 0 } names ? names : "none";
        return $"libtorch {TorchVersion}, {TorchThreads} threads\nreal packages: {Names(false)}\nstand-ins: {Names(true)}";
    }

    static IEnumerable<PackageInUse> PackagesIn(string depsFile)
    {
        using var deps = JsonDocument.Parse(File.ReadAllText(depsFile));
        foreach (var library in deps.RootElement.GetProperty("libraries").EnumerateObject())
            if (library.Value.GetProperty("type").GetString() == "package" && library.Name.Split('/') is [var id, var version] && Replaceable().IsMatch(id))
                yield return new PackageInUse(id, version, version.Contains("compat", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(TorchSharp|libtorch-cpu|Plotly\.NET|Microsoft\.Data\.Analysis|Microsoft\.DotNet\.Interactive)$")]
    private static partial Regex Replaceable();
}
