using Microsoft.Data.Analysis;

namespace Compat.Tests.DataAnalysis;

public class DataFrameColumnTests
{
    [Fact]
    public void A_column_knows_its_name_type_length_and_nulls()
    {
        DataFrameColumn column = new DoubleDataFrameColumn("d", new double?[] { 1, null, 3 });

        Assert.Equal("d", column.Name);
        Assert.Equal(typeof(double), column.DataType);
        Assert.Equal(3, column.Length);
        Assert.Equal(1, column.NullCount);
        Assert.True(column.IsValid(0));
        Assert.False(column.IsValid(1));
    }

    [Fact]
    public void A_column_made_by_length_is_all_nulls()
    {
        Assert.Equal([null, null], new DoubleDataFrameColumn("d", 2));
        Assert.Equal([null, null], new PrimitiveDataFrameColumn<int>("p", 2));
        Assert.Equal(2, new StringDataFrameColumn("s", 2).NullCount);
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
    public void Append_adds_at_the_end()
    {
        var numbers = new PrimitiveDataFrameColumn<double>("d");
        numbers.Append(1);
        numbers.Append(null);
        var texts = new StringDataFrameColumn("s");
        texts.Append("q");

        Assert.Equal([1, null], numbers);
        Assert.Equal(["q"], texts);
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

    [Fact]
    public void The_mean_leaves_nulls_out()
    {
        Assert.Equal(2, new DoubleDataFrameColumn("d", new double?[] { 1, null, 3 }).Mean());
        Assert.Equal(2.5, new PrimitiveDataFrameColumn<int>("p", new int?[] { 1, null, 4 }).Mean());
        Assert.Equal(0, new DoubleDataFrameColumn("d").Mean());
        Assert.Equal(double.NaN, new DoubleDataFrameColumn("d", new[] { 1, double.NaN }).Mean());
    }

    [Fact]
    public void The_mean_of_floats_adds_up_floats_as_the_real_package_does() =>
        Assert.Equal(16777216 / 3.0, new PrimitiveDataFrameColumn<float>("f", [16777216, 1, 1]).Mean());

    [Fact]
    public void Texts_and_truth_values_have_no_mean()
    {
        Assert.Throws<NotImplementedException>(() => new StringDataFrameColumn("s").Mean());
        Assert.Throws<NotSupportedException>(() => new PrimitiveDataFrameColumn<bool>("b", [true]).Mean());
    }
}
