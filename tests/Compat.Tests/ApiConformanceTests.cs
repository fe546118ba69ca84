using System.Reflection;

namespace Compat.Tests;

/// <summary>
/// What compiles against a stand-in must compile against the real package: every public type and member of a stand-in has to
/// be in the listing of the real one, with the same signature. Interfaces are left to the compiler, as no listing names them.
/// </summary>
public class ApiConformanceTests
{
    /// <summary>The stand-ins: the projects in lib/compat, whose names are package ids and assembly names alike.</summary>
    public static TheoryData<string> StandIns() => new(
        Directory.GetFiles(Path.Combine(Root(), "lib", "compat"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(StandIns))]
    public void Every_public_member_of_a_stand_in_is_in_the_real_package(string id)
    {
        var listings = Path.Combine(Root(), "..", "shared", "api");
        Assert.SkipUnless(Directory.Exists(listings), "The listings of the real packages' APIs (../shared/api) are not here.");

        // An assembly without public types needs no listing: TorchSharp-cpu only depends on what carries the native code.
        var types = Load(id).GetExportedTypes();
        var files = Directory.GetFiles(listings, $"{id}-*.txt").Where(f => char.IsDigit(Path.GetFileName(f)[id.Length + 1])).ToList();
        Assert.True(types.Length == 0 || files.Count == 1,
            $"{id} has {types.Length} public types and {files.Count} listings named {id}-<version>.txt to hold them against.");

        var offences = types.Length == 0 ? [] : types.SelectMany(new ApiListing(File.ReadLines(files[0])).Offences).ToList();
        Assert.True(offences.Count == 0,
            $"{offences.Count} public members of {id} are not in {Path.GetFileName(files.FirstOrDefault())}. Give them the real signature, or make "
            + $"them internal:{Environment.NewLine}{string.Join(Environment.NewLine, offences)}");
    }

    static Assembly Load(string id)
    {
        var path = Path.Combine(AppContext.BaseDirectory, id + ".dll");
        Assert.True(File.Exists(path), $"{id}.dll is not beside the tests. Reference lib/compat/{id} from Compat.Tests.csproj.");
        return Assembly.LoadFrom(path);
    }

    /// <summary>The folder of the solution that the tests were built in.</summary>
    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BnNotebooks.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has BnNotebooks.sln.");
        }
        return folder;
    }
}
