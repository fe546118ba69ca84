using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public class WineTests
{
    [Fact]
    public void There_are_178_wines_of_13_measurements_and_a_name()
    {
        var wine = Wine.Load();

        Assert.Equal(178, wine.Rows.Count);
        Assert.Equal(13, wine.NumericColumns().Length);
        // How many there are of each, as the data set's description counts them.
        Assert.Equal([59, 71, 48], Wine.ClassNames.Select(name => wine[Wine.Name].Cast<string>().Count(cell => cell == name)));
    }

    [Theory] // The ranges that the data set's description states.
    [InlineData("malic acid", 0.74, 5.80)]
    [InlineData("nonflavanoid phenols", 0.13, 0.66)]
    [InlineData("OD280/OD315 of diluted wines", 1.27, 4.00)]
    [InlineData("proline", 278, 1680)]
    public void Each_column_has_the_range_of_the_description(string column, double smallest, double largest)
    {
        var values = Wine.Load().Values(column);

        Assert.Equal((smallest, largest), (values.Min(), values.Max()));
    }

    [Fact]
    public void Rows_are_sorted_by_wine_so_that_a_split_must_shuffle() =>
        Assert.Equal(Wine.ClassNames, Wine.Load()[Wine.Name].Cast<string>().Distinct());
}
