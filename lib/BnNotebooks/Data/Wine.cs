using Microsoft.Data.Analysis;

namespace BnNotebooks.Data;

/// <summary>
/// Wine: 13 chemical measurements of each of 178 wines from Piedmont, and which of three wines it is (Forina and others
/// 1986; Aeberhard and Forina 1992). Proline goes up to 1,680, the nonflavanoid phenols up to 0.66.
/// </summary>
public static class Wine
{
    /// <summary>The name of the column that holds one of <see cref="ClassNames"/>.</summary>
    public const string Name = "wine";

    /// <summary>The three wines, in the order of the file: its rows are sorted by them, so shuffle before you split.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["Barolo", "Grignolino", "Barbera"];

    /// <summary>Loads the table: 178 rows, 13 columns of doubles (the file states no units) and the wine's name.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataFrame Load() => CsvFile.Read(DataFile.Verified("wine.csv"),
        [.. Enumerable.Repeat((default(string), typeof(double)), 13), (Name, typeof(string))]);
}
