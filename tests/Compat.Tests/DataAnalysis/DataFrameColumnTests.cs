using Microsoft.Data.Analysis;

namespace Compat.Tests.DataAnalysis;

public class DataFrameColumnTests
{
    [Fact]
    public void A_column_knows_its_name_type_length_and_values()
    {
        DataFrameColumn column = new DoubleDataFrameColumn("d", new double?[] { 1, null, 3 });

        Assert.Equal("d", column.Name);
        Assert.Equal(typeof(double), column.DataType);
        Assert.Equal(3, column.Length);
        Assert.Equal([1.0, null, 3.0], column.Cast<object?>());
    }

    [Fact]
    public void A_column_made_by_length_is_all_nulls()
    {
        Assert.Equal([null, null], new DoubleDataFrameColumn("d", 2));
        Assert.Equal([null, null], new PrimitiveDataFrameColumn<int>("p", 2));
        Assert.Equal([null, null], new StringDataFrameColumn("s", 2));
    }

    [Fact]
    public void Values_come_out_typed_and_in_order()
    {
        Assert.Equal([3, 1], new PrimitiveDataFrameColumn<int>("p", [3, 1]).Select(v => v!.Value));
        Assert.Equal(2.5, new DoubleDataFrameColumn("d", new[] { 2.5 })[0]);
        Assert.Equal(["x", null], new StringDataFrameColumn("s", ["x", null!]));
        Assert.Equal(typeof(string), new StringDataFrameColumn("s").DataType);
    }

    [Fact]
    public void A_column_does_not_share_the_array_it_was_made_from()
    {
        double[] values = [1, 2];
        var column = new DoubleDataFrameColumn("d", values);
        values[0] = 9;

        Assert.Equal(1, column[0]);
    }

    [Fact]
    public void Texts_must_be_given() =>
        Assert.Throws<ArgumentNullException>(() => new StringDataFrameColumn("s", (IEnumerable<string>)null!));
}
