using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using BnNotebooks.Plotting;
using static BnNotebooks.Tests.Charts.ChartJson;

namespace BnNotebooks.Tests.Charts;

public sealed class GridTests
{
    static readonly Panel Line = Panels.Lines("x", "accuracy", ("a", [1, 2], [3, 4]), ("b", [1, 2], [5, 6]));

    static string?[] Matches(JsonNode json, int panels) =>
        [.. Enumerable.Range(1, panels).Select(i => (string?)json.Axis($"yaxis{(i == 1 ? "" : i)}")["matches"])];

    public static TheoryData<string, Panel, Panel, bool> Pairs => new()
    {
        { "the same quantity", Line, Line, true },
        { "another quantity", Line, Line with { YAxis = "loss" }, false },
        { "the same by powers of ten", Line, Line with { LogY = true }, false },
        { "not wanted", Line, Line with { SameY = false }, false },
        { "densities of other values", Panels.Histogram("m", ("a", [1, 2])), Panels.Histogram("km", ("a", [1, 2])), false },
        { "matrices", Matrix(3), Matrix(2), false },
        { "surfaces", Surface(1), Surface(9), false },
        { "rows", Panels.Intervals("x", 0, new IntervalRow("a", 1, 0, 2)), Panels.Intervals("x", 0, new IntervalRow("b", 1, 0, 2)), false },
    };

    static Panel Matrix(int rows) => Panels.Heatmap("c", "r", Tensor.Create<float>(new float[rows], [rows, 1]), "u");

    static Panel Surface(double to) => Panels.Contours("w", "b", (0, 1), (0, to), (x, y) => x + y, "z");

    [Theory, MemberData(nameof(Pairs))]
    public void Panels_of_the_same_quantity_have_one_range(string what, Panel left, Panel right, bool same)
    {
        Assert.True(same == (Matches(Of(left, right), 2)[1] == "y"), what);
    }

    [Fact]
    public void All_panels_take_the_range_of_the_first_with_their_quantity()
    {
        var other = Line with { YAxis = "loss" };

        Assert.Equal([null, null, "y", "y2"], Matches(Of(Line, other, Line, other), 4));
    }

    [Fact]
    public void Panels_with_one_logarithmic_range_have_the_same_ticks()
    {
        var (narrow, wide) = (Panels.Lines("x", "y", ("a", [1, 2], [1, 5])), Panels.Lines("x", "y", ("a", [1, 2], [1e-14, 100])));
        var json = Of(narrow with { LogY = true }, wide with { LogY = true });

        Assert.Equal(["2", "2"], new[] { "yaxis", "yaxis2" }.Select(axis => json.Axis(axis)["dtick"]!.ToString()));
    }

    [Fact]
    public void A_quantity_is_named_once_in_each_row_and_so_are_its_rows()
    {
        var json = Json(Plot.Grid("t", 2, Line, Line, Line, Line with { YAxis = "loss" }));
        Assert.Equal(["accuracy", "", "accuracy", "loss"], new[] { "", "2", "3", "4" }.Select(i => (string?)json.Axis("yaxis" + i)["title"]!["text"]));

        var rows = Panels.Intervals("x", 0, new IntervalRow("a", 1, 0, 2));
        json = Of(rows, rows, Panels.Intervals("x", 0, new IntervalRow("other", 1, 0, 2)));
        Assert.Equal([true, false, true], new[] { "", "2", "3" }.Select(i => (bool)json.Axis("yaxis" + i)["showticklabels"]!));
    }

    const string Long = "a long text that has quite a few short words in it, and goes on and on until no chart of any width could hold it in a single line";

    [Theory]
    [InlineData(1, 40, 36)]
    [InlineData(2, 29, 36)]
    [InlineData(3, 18, 36)]
    public void Long_texts_are_broken_to_fit_a_narrow_page(int columns, int mostX, int mostY)
    {
        var panel = Line with { XAxis = Long, YAxis = Long, Heading = Long };
        var json = Json(Plot.Grid(Long, columns, [.. Enumerable.Repeat(panel, columns)]));

        void Fits(int most, JsonNode? text) => Assert.All(((string)text!).Split("<br>"), line => Assert.InRange(line.Length, 1, most));
        Fits(85, json["layout"]!["title"]!["text"]);
        Fits(mostX, json.Axis("xaxis")["title"]!["text"]);
        Fits(mostY, json.Axis("yaxis")["title"]!["text"]);
        Fits(mostX + 10, json["layout"]!["annotations"]![0]!["text"]);
        Assert.Equal(Long, ((string)json.Axis("xaxis")["title"]!["text"]!).Replace("<br>", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_text_are_given_room()
    {
        int Height(Panel panel, string title = "t") => (int)Json(Plot.Show(title, panel))["layout"]!["height"]!;

        Assert.True(Height(Line with { XAxis = Long }) > Height(Line));
        Assert.True(Height(Line, Long) > Height(Line));
    }

    [Fact]
    public void The_legend_stands_at_the_lower_edge_of_the_chart()
    {
        var legend = Of(Line)["layout"]!["legend"]!;

        Assert.Equal(("h", "container", "bottom", 0), ((string?)legend["orientation"], (string?)legend["yref"], (string?)legend["yanchor"], (double)legend["y"]!));
    }
}
