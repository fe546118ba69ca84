using System.Text.Json;
using BnNotebooks.Views;
using TorchSharp;

namespace BnNotebooks;

/// <summary>A NuGet package in use.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its version.</param>
public sealed record PackageInUse(string Id, string Version);

/// <summary>What computes here: the packages that the course is about, and libtorch.</summary>
/// <param name="Packages">Those packages, by name.</param>
/// <param name="TorchVersion">The version of libtorch.</param>
/// <param name="TorchThreads">How many threads libtorch uses within one operation.</param>
public sealed record EnvironmentReport(IReadOnlyList<PackageInUse> Packages, string TorchVersion, int TorchThreads)
{
    static readonly string[] Named = ["Microsoft.Data.Analysis", "Plotly.NET", "TorchSharp"];

    /// <summary>Reads what the build recorded beside the library, and asks libtorch. Sets libtorch's threads to the number of cores.</summary>
    public static EnvironmentReport Read()
    {
        // libtorch's default differs between its versions, so every notebook and report starts from the same.
        torch.set_num_threads(Environment.ProcessorCount);
        return new EnvironmentReport(
            ReadPackages(),
            Version.TryParse(torch.__version__, out var version) ? version.ToString(3) : torch.__version__, // 2.10.0.0 is 2.10.0
            torch.get_num_threads());
    }

    /// <summary>Reads what the build recorded beside the library, without asking libtorch.</summary>
    public static IReadOnlyList<PackageInUse> ReadPackages()
    {
        var folder = Path.GetDirectoryName(typeof(EnvironmentReport).Assembly.Location)!;
        return [.. Directory.EnumerateFiles(folder, "*.deps.json").SelectMany(PackagesIn).Distinct().OrderBy(package => package.Id)];
    }

    /// <summary>The same as a table.</summary>
    public Table ToTable() => new(
        ["package", "version", ""],
        [
            .. Packages.Select(package => (string[])[package.Id, package.Version, ""]),
            ["libtorch", TorchVersion, $"{TorchThreads} threads"],
        ])
    { FirstNumericColumn = 3 };

    /// <summary>A line for the first cell of a notebook.</summary>
    public override string ToString() => string.Join(", ",
        [$"libtorch {TorchVersion} on {TorchThreads} threads", .. Packages.Select(package => $"{package.Id} {package.Version}")]);

    static IEnumerable<PackageInUse> PackagesIn(string depsFile)
    {
        using var deps = JsonDocument.Parse(File.ReadAllText(depsFile));
        foreach (var library in deps.RootElement.GetProperty("libraries").EnumerateObject())
            if (library.Name.Split('/') is [var id, var version] && Named.Contains(id))
                yield return new PackageInUse(id, version);
    }
}
