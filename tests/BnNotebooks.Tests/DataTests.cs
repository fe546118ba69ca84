using BnNotebooks.Data;

namespace BnNotebooks.Tests;

/// <summary>The data files and their loaders.</summary>
public sealed class DataTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-data").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Breast_cancer_has_569_rows_of_30_measurements_and_a_diagnosis()
    {
        var cancer = BreastCancer.Load();

        Assert.Equal(569, cancer.Rows.Count);
        Assert.Equal(30, cancer.NumericColumns().Length);
        Assert.Equal(357, cancer[BreastCancer.Diagnosis].Cast<string>().Count(diagnosis => diagnosis == "benign"));
        // The range that the data set's description states.
        Assert.Equal(143.5, cancer.Values("mean area").Min());
        Assert.Equal(2501.0, cancer.Values("mean area").Max());
    }

    [Fact]
    public void A_table_becomes_a_matrix_of_its_numeric_columns()
    {
        var cancer = BreastCancer.Load();

        var matrix = cancer.ToTensor();

        Assert.Equal([569, 30], matrix.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal(cancer.Values("mean texture").Select(value => (double)(float)value), matrix.Column(1));
    }

    [Fact]
    public void A_column_of_text_gives_no_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => BreastCancer.Load().Values(BreastCancer.Diagnosis));

        Assert.Contains("diagnosis", error.Message);
        Assert.Contains("String", error.Message);
    }

    [Fact]
    public void Every_file_that_SHA256SUMS_lists_is_there_and_unchanged()
    {
        string[] names = [.. File.ReadLines(RepositoryRoot.File("data", "SHA256SUMS")).Select(line => line.Split("  ")[1])];

        Assert.Contains("digits.csv", names);
        Assert.All(names, name => Assert.Equal(RepositoryRoot.File("data", name), DataFile.Verified(name)));
    }

    [Fact]
    public void A_missing_file_is_named_with_the_way_to_get_it()
    {
        var error = Assert.Throws<FileNotFoundException>(() => DataFile.Verified(folder, "wine.csv"));

        Assert.Contains("data/wine.csv is missing", error.Message);
        Assert.Contains("git checkout -- data/wine.csv", error.Message);
    }

    [Fact]
    public void A_changed_file_is_refused_with_both_checksums()
    {
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a,b\n"u8));
        File.WriteAllText(Path.Combine(folder, "SHA256SUMS"), $"{sum}  table.csv\n");
        File.WriteAllText(Path.Combine(folder, "table.csv"), "a,b\n");
        Assert.Equal(Path.Combine(folder, "table.csv"), DataFile.Verified(folder, "table.csv"));

        File.WriteAllText(Path.Combine(folder, "table.csv"), "a,"); // truncated
        var error = Assert.Throws<InvalidDataException>(() => DataFile.Verified(folder, "table.csv"));

        Assert.Contains("data/table.csv", error.Message);
        Assert.Contains(sum, error.Message);
    }

    [Fact]
    public void A_file_without_a_checksum_is_refused()
    {
        File.WriteAllText(Path.Combine(folder, "SHA256SUMS"), "");
        File.WriteAllText(Path.Combine(folder, "new.csv"), "a\n");

        Assert.Contains("SHA256SUMS", Assert.Throws<InvalidDataException>(() => DataFile.Verified(folder, "new.csv")).Message);
    }
}
