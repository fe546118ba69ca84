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

    [Theory]
    [InlineData("", "line 1: there are 0 columns; expected 3")]
    [InlineData("n,x\n1,2\n", "line 1: there are 2 columns; expected 3")]
    [InlineData("n,x,names\n1,2,a\n", "line 1: column 3 is called 'names'; expected 'name'")]
    [InlineData("n,x,name", "line 1: no row follows")]
    [InlineData("n,x,name\n1,2,a\n1,2\n", "line 3: there are 2 cells; expected 3")]
    [InlineData("n,x,name\n1,2,a\n\n", "line 3: there are 1 cells; expected 3")]
    [InlineData("n,x,name\n1,2,a\n1,\"1,5\",a\n", "line 3: there are 4 cells; expected 3")]
    [InlineData("n,x,name\n1,NaN,a\n", "line 2: 'x' is 'NaN'; expected a finite number")]
    [InlineData("n,x,name\n1,1e999,a\n", "line 2: 'x' is '1e999'; expected a finite number")]
    [InlineData("n,x,name\n1,,a\n", "line 2: 'x' is ''; expected a finite number")]
    [InlineData("n,x,name\n1.5,2,a\n", "line 2: 'n' is '1.5'; expected a whole number")]
    [InlineData("n,x,name\n9999999999,2,a\n", "line 2: 'n' is '9999999999'; expected a whole number")]
    [InlineData("n,x,name\n1,2,\n", "line 2: 'name' is ''; expected a word")]
    public void What_is_wrong_with_a_table_is_said_with_file_and_line(string text, string said)
    {
        var path = Path.Combine(folder, "table.csv");
        File.WriteAllText(path, text);

        var error = Assert.Throws<InvalidDataException>(() => CsvFile.Read(path, (null, typeof(int)), (null, typeof(double)), ("name", typeof(string))));

        Assert.StartsWith($"{path}, {said}", error.Message);
    }

    [Fact]
    public void A_table_too_large_to_be_one_of_ours_is_refused_unread()
    {
        var path = Path.Combine(folder, "table.csv");
        using (var file = File.Create(path))
            file.SetLength(1L << 40);

        Assert.Contains("1099511627776 bytes", Assert.Throws<InvalidDataException>(() => CsvFile.Read(path, ("x", typeof(int)))).Message);
    }

    [Fact]
    public void Every_file_that_SHA256SUMS_lists_is_there_and_unchanged()
    {
        string[] names = [.. File.ReadLines(RepositoryRoot.File("data", "SHA256SUMS")).Select(line => line.Split("  ")[1])];

        Assert.Contains("digits.csv", names);
        Assert.All(names, name => Assert.Equal(RepositoryRoot.File("data", name), DataFile.Verified(name)));
    }

    [Theory]
    [InlineData("spoken-digits/clips.csv")]
    [InlineData("spoken-digits/log-mel-idx3-ubyte.gz")]
    [InlineData("fashion-mnist-subset/train-images-idx3-ubyte.gz")]
    [InlineData("fashion-mnist-subset/t10k-labels-idx1-ubyte.gz")]
    public void A_missing_or_truncated_file_is_named_with_the_way_to_get_it(string name)
    {
        var source = RepositoryRoot.File("data");
        Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(name)!));
        foreach (var file in Directory.GetFiles(Path.Combine(source, Path.GetDirectoryName(name)!)).Append(Path.Combine(source, "SHA256SUMS")))
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(source, file)));
        Action load = name.StartsWith("spoken", StringComparison.Ordinal) ? () => SpokenDigits.Load(folder) : () => FashionMnist.LoadSubset(folder);
        load();

        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        var truncated = Assert.Throws<InvalidDataException>(load);
        File.Delete(path);
        var missing = Assert.Throws<FileNotFoundException>(load);

        Assert.Contains($"data/{name} has SHA-256", truncated.Message);
        Assert.Contains($"data/{name} is missing", missing.Message);
        Assert.All([truncated.Message, missing.Message], message => Assert.Contains($"git checkout -- data/{name}", message));
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
