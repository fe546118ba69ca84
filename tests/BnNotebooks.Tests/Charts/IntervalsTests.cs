using BnNotebooks.Plotting;
using static BnNotebooks.Tests.Charts.ChartJson;

namespace BnNotebooks.Tests.Charts;

public sealed class IntervalsTests
{
    static readonly IntervalRow[] Rows =
        [new("default start", 68, 56, 80), new("good start", 90, 88, 93), new("batch norm", 94, 92.5, 95.5)];

    static IntervalRow[] InGroup(string group) => [.. Rows.Select(row => row with { Group = group })];

    [Fact]
    public void The_first_row_stands_at_the_top_and_each_has_its_name()
    {
        var axis = Of(Panels.Intervals("accuracy, %", null, Rows)).Axis("yaxis");

        Assert.Equal(["default start", "good start", "batch norm"], Texts(axis["ticktext"]));
        Assert.Equal([0.0, 1, 2], Numbers(axis["tickvals"]));
        Assert.Equal([2.5, -0.5], Numbers(axis["range"]));
    }

    [Fact]
    public void Intervals_reach_from_their_lower_to_their_upper_end()
    {
        var dots = Of(Panels.Intervals("x", null, new IntervalRow("a", 5, 3, 9), new IntervalRow("b", 2, double.NaN, double.NaN))).Traces();

        Assert.Equal([5.0, 9 - 5, 5 - 3, 0], dots.First() is var a ? [Numbers(a["x"])[0], Numbers(a["error_x"]!["array"])[0], Numbers(a["error_x"]!["arrayminus"])[0], 0] : []);
        Assert.Equal([0.0], Numbers(dots.Last()["error_x"]!["array"]));
    }

    [Fact]
    public void A_row_without_a_value_keeps_its_place_and_has_no_dot()
    {
        var json = Of(Panels.Intervals("x", null, Rows[0], Rows[1] with { Value = double.NaN }, Rows[2]));

        Assert.Equal([0.0, 2], json.Traces().SelectMany(trace => Numbers(trace["y"])));
        Assert.Equal(3, Texts(json.Axis("yaxis")["ticktext"]).Length);
    }

    [Fact]
    public void The_reference_is_a_line_through_all_rows()
    {
        var line = Of(Panels.Intervals("x", 1, Rows)).Traces().First();

        Assert.Equal([1.0, 1], Numbers(line["x"]));
        Assert.Equal([-0.5, 2.5], Numbers(line["y"]));
        Assert.DoesNotContain("lines", Of(Panels.Intervals("x", null, Rows)).Traces().Select(trace => (string?)trace["mode"]));
    }

    [Fact]
    public void Groups_have_headings_and_a_name_has_one_colour_in_all_of_them()
    {
        var json = Of(Panels.Intervals("x", null, [.. InGroup("5 layers"), .. InGroup("20 layers")]));

        Assert.Equal(
            ["<b>5 layers</b>", "default start", "good start", "batch norm", "<b>20 layers</b>", "default start", "good start", "batch norm"],
            Texts(json.Axis("yaxis")["ticktext"]));
        Assert.Equal([[1.0, 5], [2.0, 6], [3.0, 7]], json.Traces().Select(trace => Numbers(trace["y"])));
        Assert.Equal(3, json.Traces().Select(trace => (string?)trace["marker"]!["color"]).Distinct().Count());
    }

    [Fact]
    public void Rows_that_are_all_different_have_one_colour() =>
        Assert.Single(Of(Panels.Intervals("x", null, Rows)).Traces().Select(trace => (string?)trace["marker"]!["color"]).Distinct());

    [Fact]
    public void Long_names_are_broken_so_that_the_dots_keep_their_room()
    {
        var names = Texts(Of(Panels.Intervals("x", 0, new IntervalRow("scale invariance and effective learning rate", 1, 0, 2))).Axis("yaxis")["ticktext"]);

        Assert.Equal(["scale invariance and<br>effective learning<br>rate"], names);
    }

    [Fact]
    public void The_chart_grows_with_its_rows()
    {
        static int Height(int rows) => (int)Of(Panels.Intervals("x", 0, [.. Enumerable.Range(0, rows).Select(i => new IntervalRow($"{i}", i, i, i))]))["layout"]!["height"]!;

        Assert.Equal(Height(12) - Height(11), Height(3) - Height(2));
        Assert.InRange(Height(3) - Height(2), 24, 40);
    }

    [Fact]
    public void Rows_that_cannot_be_drawn_are_refused_by_name()
    {
        Assert.Contains("\"a\"", Assert.Throws<ArgumentException>(() => Panels.Intervals("x", 0, new IntervalRow("a", 1, 2, 0))).Message);
        Assert.Throws<ArgumentException>(() => Panels.Intervals("x", 0));
        Assert.Throws<ArgumentException>(() => Panels.Intervals("x", 0, new IntervalRow("a", double.NaN, 0, 1)));
    }
}
