using System.Text;
using Microsoft.Data.Analysis;

namespace Compat.Tests.DataAnalysis;

/// <summary>The expected values are what the real Microsoft.Data.Analysis 0.23.1 gave for the same texts.</summary>
public class LoadCsvTests
{
    static readonly Type[] NumberAndText = [typeof(double), typeof(string)];

    [Theory]
    [InlineData("a,b\n1.5,x\n2,y\n", "1.5|'x';2|'y'")]
    [InlineData("a,b\r\n1.5,x\r\n2,y", "1.5|'x';2|'y'")]
    [InlineData("\uFEFFa,b\r1.5,x\r", "1.5|'x'")]
    [InlineData("a,b\n,\n1,\n,z", "null|'';1|'';null|'z'")]
    [InlineData("a,b\n1,", "1|''")]
    [InlineData("a,b\n1\n", "1|null")]
    [InlineData("a,b\nnull,NULL\n", "null|null")]
    [InlineData("a,b\n\"\",\"\"\n\"3.5\",\"4\"\n", "null|'';3.5|'4'")]
    [InlineData("a,b\n1,\"x, \"\"y\"\" z\"\n2,\"line1\r\nline2\"\n", "1|'x, \"y\" z';2|'line1\r\nline2'")]
    [InlineData("a,b\n1,x\"y\n2,\"x\"y\n", "1|'x\"y';2|'x'")]
    [InlineData(" a , b \n 1.5 ,  x y \n2,  \" q \" \n", "1.5|'x y';2|'q'")]
    [InlineData("a,b\n\n1,x\n\n   \n2,y\n\n", "1|'x';2|'y'")]
    [InlineData("a,b\n1e-3,x\n-Infinity,y\n\"1,234\",z\n", "0.001|'x';-Infinity|'y';1234|'z'")]
    [InlineData("a,b\n", "")]
    public void Cells_become_values(string csv, string expected) => Assert.Equal(expected, Show(Load(csv, NumberAndText)));

    [Fact]
    public void The_header_names_the_columns() => Assert.Equal(["a", "b"], Load("a,b\n1,x\n", NumberAndText).Columns.Select(c => c.Name));

    [Fact]
    public void Given_names_come_before_the_header()
    {
        var frame = DataFrame.LoadCsv(Stream("a,b\n1,x\n"), columnNames: ["p", "q"], dataTypes: NumberAndText);

        Assert.Equal(["p", "q"], frame.Columns.Select(c => c.Name));
        Assert.Equal("1|'x'", Show(frame));
    }

    [Fact]
    public void Columns_without_a_name_are_numbered()
    {
        var frame = DataFrame.LoadCsv(Stream("1,x\n2,y\n"), header: false, dataTypes: NumberAndText);

        Assert.Equal(["Column0", "Column1"], frame.Columns.Select(c => c.Name));
        Assert.Equal("1|'x';2|'y'", Show(frame));
    }

    [Theory]
    [InlineData(true, 2, "2|'y';3|'z'")]
    [InlineData(false, 2, "1|'x';2|'y'")]
    [InlineData(true, 0, "")]
    public void A_number_of_rows_does_not_count_the_header(bool header, long rows, string expected) => Assert.Equal(expected,
        Show(DataFrame.LoadCsv(Stream("1,x\n2,y\n3,z\n4,w\n"), header: header, dataTypes: NumberAndText, numberOfRowsToRead: rows)));

    [Fact]
    public void Another_separator_may_be_a_tab() =>
        Assert.Equal("null|'x\ty'", Show(DataFrame.LoadCsv(Stream("a\tb\n\t\"x\ty\"\n"), '\t', dataTypes: NumberAndText)));

    [Fact]
    public void Each_type_has_its_column()
    {
        var frame = Load("a,b,c,d,e,f\n1.5,2,3.25,true,s,9007199254740993\n",
            [typeof(double), typeof(int), typeof(float), typeof(bool), typeof(string), typeof(long)]);

        Assert.IsType<DoubleDataFrameColumn>(frame["a"]);
        Assert.IsType<PrimitiveDataFrameColumn<int>>(frame["b"], exactMatch: false); // the real one is Int32DataFrameColumn
        Assert.IsType<StringDataFrameColumn>(frame["e"]);
        Assert.Equal([1.5, 2, 3.25f, true, "s", 9007199254740993L], DataFrameTests.Row(frame, 0));
    }

    [Theory]
    [InlineData("abc", typeof(double), typeof(FormatException))]
    [InlineData("1.5", typeof(int), typeof(FormatException))]
    [InlineData("99999999999", typeof(int), typeof(OverflowException))]
    [InlineData("1", typeof(bool), typeof(FormatException))]
    [InlineData("1", typeof(Guid), typeof(NotSupportedException))]
    public void A_cell_that_does_not_fit_its_type_throws(string cell, Type type, Type exception) =>
        Assert.Throws(exception, () => Load($"a\n{cell}\n", [type]));

    [Fact]
    public void A_row_with_more_cells_than_columns_throws() =>
        Assert.Throws<ArgumentException>(() => Load("a\n" + string.Concat(Enumerable.Repeat("1\n", 12)) + "1,2\n", [typeof(double)]));

    [Fact]
    public void An_empty_text_throws() => Assert.Throws<FormatException>(() => Load("", NumberAndText));

    [Fact]
    public void Types_are_not_guessed() => Assert.Throws<NotSupportedException>(() => DataFrame.LoadCsv(Stream("a\n1\n")));

    [Fact]
    public void A_file_is_read_like_a_stream()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,b\n1,é\n2,y\n");
            Assert.Equal("1|'é'", Show(DataFrame.LoadCsv(path, dataTypes: NumberAndText, numRows: 1)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_throws() =>
        Assert.Throws<FileNotFoundException>(() => DataFrame.LoadCsv(Path.Combine(Path.GetTempPath(), "no-such-file.csv"), dataTypes: NumberAndText));

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    static DataFrame Load(string csv, Type[] types) => DataFrame.LoadCsv(Stream(csv), dataTypes: types);

    static string Show(DataFrame frame) => string.Join(";", Enumerable.Range(0, (int)frame.Rows.Count)
        .Select(row => string.Join("|", DataFrameTests.Row(frame, row).Select(Show))));

    static string? Show(object? value) => value switch
    {
        null => "null",
        string s => $"'{s}'",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
