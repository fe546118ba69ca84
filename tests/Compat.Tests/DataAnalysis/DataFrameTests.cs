using Microsoft.Data.Analysis;

namespace Compat.Tests.DataAnalysis;

public class DataFrameTests
{
    readonly DoubleDataFrameColumn d = new("d", new double[] { 3, 1, 2 });
    readonly PrimitiveDataFrameColumn<int> p = new("p", new int?[] { 1, null, 3 });
    readonly StringDataFrameColumn s = new("s", ["x", null!, "z"]);
    readonly DataFrame frame;

    public DataFrameTests() => frame = new DataFrame(d, p, s);

    [Fact]
    public void A_frame_knows_its_size()
    {
        Assert.Equal(3, frame.Rows.Count);
        Assert.Equal(3, frame.Columns.Count);
        Assert.Equal(0, new DataFrame().Rows.Count);
        Assert.Equal(2, new DataFrame(new List<DataFrameColumn> { d, s }).Columns.Count);
    }

    [Fact]
    public void Values_are_found_by_row_and_column()
    {
        Assert.Equal(3.0, frame[0, 0]);
        Assert.Null(frame[1, 1]);
        Assert.Equal("z", frame["s"][2]);
        Assert.Same(p, frame.Columns["p"]);
        Assert.Same(s, frame.Columns[2]);
    }

    [Fact]
    public void Values_can_be_set_also_to_null()
    {
        frame[0, 0] = 9.5;
        frame["p"][0] = null;
        s[1] = "y";
        p[1] = 7;

        Assert.Equal([9.5, null, "x"], Row(frame, 0));
        Assert.Equal([1.0, 7, "y"], Row(frame, 1));
    }

    [Fact]
    public void A_value_of_another_type_is_not_converted() => Assert.Throws<ArgumentException>(() => frame[0, 0] = 9);

    [Fact]
    public void A_row_beyond_the_last_throws() => Assert.Throws<ArgumentOutOfRangeException>(() => frame[3, 0]);

    [Fact]
    public void An_unknown_name_throws_and_lists_the_names() =>
        Assert.Contains("d, p, s", Assert.Throws<ArgumentException>(() => frame["D"]).Message);

    [Fact]
    public void Columns_of_one_length_and_new_names_can_be_added_and_replaced()
    {
        frame.Columns.Add(new DoubleDataFrameColumn("e", new double[] { 7, 8, 9 }));
        frame.Columns[0] = new DoubleDataFrameColumn("d", new double[] { 4, 5, 6 });

        Assert.Equal([4.0, 1, "x", 7.0], Row(frame, 0));
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new DoubleDataFrameColumn("short", new double[] { 1 })));
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new DoubleDataFrameColumn("d", 3)));
        Assert.Throws<ArgumentException>(() => frame.Columns[1] = new DoubleDataFrameColumn("d", 3));
        Assert.Throws<ArgumentNullException>(() => frame.Columns.Add(null!));
        Assert.Equal(4, frame.Columns.Count);
    }

    internal static object?[] Row(DataFrame frame, int row) =>
        [.. Enumerable.Range(0, frame.Columns.Count).Select(column => (object?)frame[row, column])];
}
