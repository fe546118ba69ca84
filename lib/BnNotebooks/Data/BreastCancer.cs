using Microsoft.Data.Analysis;

namespace BnNotebooks.Data;

/// <summary>
/// Breast Cancer Wisconsin (Diagnostic): 569 tumours, 30 measurements of the cell nuclei in an image of each, and the
/// diagnosis (Wolberg, Street and Mangasarian 1995). The columns live on scales from thousandths to thousands.
/// </summary>
public static class BreastCancer
{
    /// <summary>The name of the column that holds <c>malignant</c> or <c>benign</c>.</summary>
    public const string Diagnosis = "diagnosis";

    /// <summary>Loads the table: 569 rows, 30 columns of doubles and the diagnosis.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataFrame Load() => CsvFile.Read(DataFile.Verified("breast-cancer.csv"),
        [.. Enumerable.Repeat((default(string), typeof(double)), 30), (Diagnosis, typeof(string))]);
}
