using System.Security.Cryptography;

namespace BnNotebooks.Data;

/// <summary>A file of the <c>data</c> folder, checked against <c>data/SHA256SUMS</c> before anything reads it.</summary>
public static class DataFile
{
    /// <summary>The path of a data file whose content is what the project was written for.</summary>
    /// <param name="name">The file's path inside <c>data</c>, for example <c>breast-cancer.csv</c>.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">The file is not listed in SHA256SUMS, or its content differs.</exception>
    public static string Verified(string name) => Verified(RepositoryRoot.File("data"), name);

    internal static string Verified(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException($"data/{name} is missing ({path}). Get it back with: git checkout -- data/{name}", path);

        var expected = File.ReadLines(Path.Combine(folder, "SHA256SUMS"))
            .Select(line => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)?[0]
            ?? throw new InvalidDataException($"data/{name} is not listed in data/SHA256SUMS; add the line that `sha256sum {name}` prints.");
        using var stream = File.OpenRead(path);
        var actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        return actual == expected
            ? path
            : throw new InvalidDataException(
                $"data/{name} has SHA-256 {actual}; expected {expected}. It was changed or truncated. Get it back with: git checkout -- data/{name}");
    }
}
