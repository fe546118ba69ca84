using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

/// <summary>Reads the files of data/golden, whose layout their README tells.</summary>
internal static class GoldenFile
{
    public static IReadOnlyList<JsonElement> Cases(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(golden => golden.Clone())];
    }

    public static string PathOf(string name) => InRepository($"data/golden/{name}");

    /// <summary>Where a file of the repository lies.</summary>
    public static string InRepository(string path) => Path.Combine(RepositoryRoot(), path);

    public static Tensor<T> Tensor<T>(this JsonElement golden, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tensor = golden.GetProperty(name);
        nint[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(length => (nint)length.GetInt64())];
        T[] data = [.. tensor.GetProperty("data").EnumerateArray().Select(Number<T>)];
        return System.Numerics.Tensors.Tensor.Create(data, shape);
    }

    // Parsed as T at once: by way of double, a float could be rounded twice.
    static T Number<T>(JsonElement number) where T : IFloatingPointIeee754<T> =>
        T.Parse(number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText(), null);

    static string RepositoryRoot([CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(thisFile) })
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, "BnNotebooks.sln")))
                    return folder;
        throw new DirectoryNotFoundException($"Expected BnNotebooks.sln in a folder above {AppContext.BaseDirectory}.");
    }
}
