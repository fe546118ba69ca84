namespace BnNotebooks.Data;

/// <summary>
/// Jane Austen's novel Persuasion (1818) as a sequence of 466,854 characters, 75 different ones: what a small language model can
/// learn a little from in seconds.
/// </summary>
public static class Austen
{
    const string Persuasion = "austen-persuasion.txt";

    /// <summary>Loads the novel.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static CharacterText Load() => new(File.ReadAllText(DataFile.Verified(Persuasion)));
}
