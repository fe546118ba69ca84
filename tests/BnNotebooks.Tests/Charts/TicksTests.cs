using BnNotebooks.Plotting;
using static BnNotebooks.Tests.Charts.ChartJson;

namespace BnNotebooks.Tests.Charts;

public sealed class TicksTests
{
    static readonly double[] Twelve = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    static Panel Over(params double[] x) => Panels.Lines("x", "y", ("a", x, x)) with { LogX = true };

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.5, 1 }, new[] { "0.1", "0.2", "0.5", "1" })]
    [InlineData(new[] { 2.0, 4, 8, 32, 128, 65536 }, new[] { "2", "4", "8", "32", "128", "65,536" })]
    [InlineData(new[] { 1e-8, 2e-6, 1e-3, 0.1, 1, 10 }, new[] { "10<sup>−8</sup>", "2·10<sup>−6</sup>", "0.001", "0.1", "1", "10" })]
    public void Ticks_stand_at_the_values_that_were_tried_with_their_whole_numbers(double[] tried, string[] labels)
    {
        var axis = Of(Over(tried)).Axis("xaxis");

        Assert.Equal(tried, Numbers(axis["tickvals"]));
        Assert.Equal(labels, Texts(axis["ticktext"]));
    }

    [Theory]
    [InlineData(1, new[] { "0.001", "", "", "0.01", "", "", "0.1", "", "", "1", "", "" })] // powers of ten
    [InlineData(3, new[] { "0.001", "", "", "", "0.02", "", "", "", "0.5", "", "", "" })] // the narrowest: every fourth
    public void Where_all_labels_would_touch_some_are_left_out_and_no_tick(int columns, string[] labels)
    {
        var axis = Json(Plot.Grid("t", columns, Over(Twelve), Over(Twelve), Over(Twelve))).Axis("xaxis");

        Assert.Equal(Twelve, Numbers(axis["tickvals"]));
        Assert.Equal(labels, Texts(axis["ticktext"]));
    }

    [Fact]
    public void Values_that_all_lines_together_have_are_ticks_once_and_those_without_a_logarithm_are_none()
    {
        var axis = Of(Panels.Lines("x", "y", ("a", [0.1, 10], [1, 2]), ("b", [10, 0, 1], [1, 2, 3])) with { LogX = true }).Axis("xaxis");

        Assert.Equal([0.1, 1, 10], Numbers(axis["tickvals"]));
    }

    [Fact]
    public void A_linear_axis_has_its_ticks_at_the_values_too_unless_they_are_but_two()
    {
        Assert.Equal([1.0, 2, 3, 4, 5], Numbers(Of(Over(5, 4, 3, 2, 1) with { LogX = false }).Axis("xaxis")["tickvals"]));
        Assert.Null(Of(Over(0.3, 7.1) with { LogX = false }).Axis("xaxis")["tickvals"]);
    }

    [Theory]
    [InlineData(2, "lines+markers")]
    [InlineData(16, "lines+markers")]
    [InlineData(17, "lines")]
    [InlineData(1, "markers")]
    public void Lines_of_few_points_have_markers_and_curves_have_none(int points, string mode)
    {
        double[] x = [.. Enumerable.Range(1, points).Select(i => (double)i)];

        Assert.Equal(mode, (string?)Of(Panels.Lines("x", "y", ("a", x, x))).Traces().First()["mode"]);
        Assert.Equal(mode, (string?)Of(Panels.Bands("x", "y", ("a", x, x, x, x))).Traces().First()["mode"]);
    }

    [Fact]
    public void Few_points_that_were_not_tried_can_be_drawn_as_curves()
    {
        var json = Of(Over(0.3, 0.7, 1.9).AsCurves());

        Assert.Equal("lines", (string?)json.Traces().First()["mode"]);
        Assert.Null(json.Axis("xaxis")["tickvals"]);
    }

    [Theory]
    [InlineData(0.02, 0.5, "D2", "~g")] // 0.02, 0.05, … and not 2, 5, …
    [InlineData(0.02, 5, "1", "~g")]
    [InlineData(1e-14, 100, "2", null)] // written as powers
    [InlineData(0.93, 0.97, null, "~g")] // neither 1 nor 2 nor 5 lies between
    public void A_logarithmic_axis_has_as_many_whole_numbers_as_can_be_read(double low, double high, string? ticks, string? format)
    {
        var axis = Of(Panels.Lines("x", "y", ("a", [1, 2, 3], [low, high, 0])) with { LogY = true }).Axis("yaxis");

        Assert.Equal((ticks, format), (axis["dtick"]?.ToString(), (string?)axis["tickformat"]));
        Assert.Equal(format is null, (string?)axis["exponentformat"] == "power");
    }
}
