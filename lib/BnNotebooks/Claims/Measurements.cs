using System.Globalization;

namespace BnNotebooks.Claims;

/// <summary>
/// What the notebooks measured for the claims when they last ran: one small file a claim under <c>out/claims</c>, from where
/// <c>dotnet bn.cs claims</c> gathers them.
/// </summary>
public static class Measurements
{
    /// <summary>The environment variable that names another folder. A run sets it, whose results may go anywhere.</summary>
    public const string FolderVariable = "BNNOTEBOOKS_CLAIMS";

    static string DefaultFolder => Environment.GetEnvironmentVariable(FolderVariable) ?? RepositoryRoot.File("out", "claims");

    /// <summary>Keeps a measurement. An earlier one of the same claim is replaced.</summary>
    /// <param name="claim">The claim's name.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="folder">Where; null means what the variable says, or <c>out/claims</c>.</param>
    /// <exception cref="ArgumentException">The name is none that a claim can have, so that it might lead to another folder.</exception>
    public static void Save(string claim, double value, string? folder = null)
    {
        if (!Claim.IsId(claim))
            throw new ArgumentException($"Expected {Claim.IdsAre}, but it is '{claim}'.", nameof(claim));
        WholeFile.Write(Path.Combine(folder ?? DefaultFolder, $"{claim}.txt"), value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>What has been measured, by the claims' names.</summary>
    /// <param name="folder">Where; null means what the variable says, or <c>out/claims</c>.</param>
    /// <exception cref="InvalidDataException">A file holds no number; the message names it.</exception>
    public static IReadOnlyDictionary<string, double> Read(string? folder = null)
    {
        folder ??= DefaultFolder;
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [];
        return files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), Number);
    }

    /// <summary>Forgets all measurements, so that none of an earlier run passes for a new one.</summary>
    /// <param name="folder">Where; null means what the variable says, or <c>out/claims</c>.</param>
    public static void Clear(string? folder = null)
    {
        folder ??= DefaultFolder;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    // Without a style, a comma would be taken for one between thousands, and 1,5 for 15.
    static double Number(string file) =>
        File.ReadAllText(file) is var text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{file} holds '{text}', not a number; run the notebook that measures it again.");
}
