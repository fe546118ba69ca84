using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using BnNotebooks.Plotting;
using static BnNotebooks.Tests.Charts.ChartJson;

namespace BnNotebooks.Tests.Charts;

/// <summary>Charts, seen through the JSON that every host draws.</summary>
public sealed class PlotTests
{
    [Fact]
    public void A_chart_carries_its_title_and_the_names_of_both_axes()
    {
        var layout = Json(Plot.Show("It goes up", Panels.Lines("step", "loss (nats)", ("a", [1, 2], [3, 4]))))["layout"]!;

        Assert.Equal("It goes up", (string?)layout["title"]!["text"]);
        Assert.Equal("step", (string?)layout["xaxis"]!["title"]!["text"]);
        Assert.Equal("loss (nats)", (string?)layout["yaxis"]!["title"]!["text"]);
    }

    [Fact]
    public void Lines_keep_their_numbers()
    {
        var trace = Json(Plot.Show("t", Panels.Lines("x", "y", ("a", [1, 2.5], [3, 1e-9]))))["data"]![0];

        Assert.Equal([1, 2.5], Numbers(trace!["x"]));
        Assert.Equal([3, 1e-9], Numbers(trace["y"]));
    }

    [Fact]
    public void Lines_of_different_lengths_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Panels.Lines("x", "y", ("crooked", [1, 2, 3], [1, 2])));

        Assert.Contains("crooked", error.Message);
        Assert.Contains("3", error.Message);
    }

    [Fact]
    public void The_bars_of_a_histogram_have_area_one_however_many_values_there_are()
    {
        var random = new Random(1);
        double[] few = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())], many = [.. Enumerable.Range(0, 100_000).Select(_ => 3 * random.NextDouble())];

        var data = Json(Plot.Show("t", Panels.Histogram("value", ("few", few), ("many", many))))["data"]!.AsArray();

        // Six significant digits are kept.
        Assert.All(data, trace => Assert.Equal(1, Numbers(trace!["y"]).Sum() * trace["width"]!.GetValue<double>(), 1e-4));
        Assert.Equal(Numbers(data[0]!["x"]), Numbers(data[1]!["x"]));
        Assert.True(data.ToJsonString().Length < 10_000, "the values themselves must not be in the chart");
    }

    [Fact]
    public void A_histogram_of_one_repeated_value_is_one_bar()
    {
        var data = Json(Plot.Show("t", Panels.Histogram("value", ("constant", [2.0, 2.0, 2.0]))))["data"]![0]!;

        Assert.Single(Numbers(data["y"]), height => height > 0);
    }

    [Fact]
    public void Values_that_are_not_finite_are_left_out_and_only_those_are_refused()
    {
        var trace = Json(Plot.Show("t", Panels.Boxes("x", "y", 0, ("a", [1, 2, 3, double.NaN, double.PositiveInfinity]))))["data"]![0]!;
        Assert.Equal([2], Numbers(trace["median"]));

        Assert.Contains("\"b\"", Assert.Throws<ArgumentException>(() => Panels.Boxes("x", "y", 0, ("b", [double.NaN]))).Message);
    }

    [Fact]
    public void Boxes_show_quartiles_and_the_5th_and_95th_percentile()
    {
        var trace = Json(Plot.Show("t", Panels.Boxes("x", "y", 0, ("0 to 100", Enumerable.Range(0, 101).Select(i => (double)i)))))["data"]![0]!;

        Assert.Equal([5.0, 25, 50, 75, 95], new[] { "lowerfence", "q1", "median", "q3", "upperfence" }.Select(name => Numbers(trace[name])[0]));
    }

    [Fact]
    public void A_heatmap_of_both_signs_is_centred_on_zero()
    {
        var trace = Json(Plot.Show("t", Panels.Heatmap("c", "r", Tensor.Create<float>([-1, 2, 3, 4], [2, 2]), "unit")))["data"]![0]!;

        Assert.Equal(-4, trace["zmin"]!.GetValue<double>());
        Assert.Equal(4, trace["zmax"]!.GetValue<double>());
        Assert.Equal([-1, 2], Numbers(trace["z"]![0]));
    }

    [Fact]
    public void Contours_hold_the_surface_by_rows_of_y_and_the_paths_across_it()
    {
        var data = Json(Plot.Show("t", Panels.Contours("x", "y", (0, 1), (10, 20), (x, y) => 100 * x + y, "loss", ("path", [0, 1], [10, 20]))))["data"]!;

        Assert.Equal([0.0, 1], new[] { Numbers(data[0]!["x"])[0], Numbers(data[0]!["x"])[^1] });
        Assert.Equal([10.0, 110], new[] { Numbers(data[0]!["z"]![0])[0], Numbers(data[0]!["z"]![0])[^1] }); // along x at the lowest y
        Assert.Equal([10.0, 20], Numbers(data[1]!["y"]));
    }

    [Fact]
    public void Contours_that_cannot_be_drawn_are_refused()
    {
        Assert.Contains("1 to 1", Assert.Throws<ArgumentException>(() => Panels.Contours("x", "y", (1, 1), (0, 1), (_, _) => 0, "z")).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Panels.Contours("x", "y", (0, 1), (0, 1), (_, _) => double.NaN, "z")).Message);
        Assert.Contains("\"p\"", Assert.Throws<ArgumentException>(() =>
            Panels.Contours("x", "y", (0, 1), (0, 1), (_, _) => 0, "z", ("p", [1], [1, 2]))).Message);
    }

    [Fact]
    public void Bars_carry_their_errors()
    {
        var trace = Json(Plot.Show("t", Panels.Bars("x", "y", ["a", "b"], ("s", [1, 2], [0.1, 0.2]))))["data"]![0]!;

        Assert.Equal([0.1, 0.2], Numbers(trace["error_y"]!["array"]));
        Assert.Throws<ArgumentException>(() => Panels.Bars("x", "y", ["a"], ("s", [1, 2], null)));
    }

    [Fact]
    public void Small_multiples_have_axes_and_headings_of_their_own_and_one_legend()
    {
        var panel = Panels.Lines("x", "y", ("a", [1], [1]), ("b", [1], [2]));

        var json = Json(Plot.Grid("t", 2, panel with { Heading = "left" }, panel with { Heading = "right", LogY = true }));

        var data = json["data"]!.AsArray();
        Assert.Equal(["x", "x", "x2", "x2"], data.Select(trace => (string?)trace!["xaxis"]));
        Assert.Equal([true, true, false, false], data.Select(trace => (bool)trace!["showlegend"]!));
        Assert.Equal("log", (string?)json["layout"]!["yaxis2"]!["type"]);
        Assert.Null(json["layout"]!["yaxis"]!["type"]);
        Assert.Equal(["<b>left</b>", "<b>right</b>"], json["layout"]!["annotations"]!.AsArray().Select(note => (string?)note!["text"]));
    }

    [Fact]
    public void Panels_of_a_grid_do_not_overlap_and_bring_their_own_colour_bars()
    {
        var panel = Panels.Heatmap("c", "r", Tensor.Create<float>([1, 2], [1, 2]), "unit");

        var json = Json(Plot.Grid("t", 2, panel, panel, panel));

        double[] Domain(string axis) => Numbers(json["layout"]![axis]!["domain"]);
        Assert.True(Domain("xaxis")[1] < Domain("xaxis2")[0], "the second stands right of the first");
        Assert.True(Domain("yaxis3")[1] < Domain("yaxis")[0], "the third stands below the first");
        Assert.All(json["data"]!.AsArray().Index(), trace =>
            Assert.InRange(trace.Item!["colorbar"]!["x"]!.GetValue<double>(), Domain($"xaxis{(trace.Index == 0 ? "" : trace.Index + 1)}")[1], 1.02));
    }

    [Fact]
    public void A_panel_can_be_shown_twice_without_change()
    {
        var panel = Panels.Lines("x", "y", ("a", [1], [1]));
        var alone = Json(Plot.Show("t", panel)).ToJsonString();

        Plot.Grid("t", 2, panel, panel);

        Assert.Equal(alone, Json(Plot.Show("t", panel)).ToJsonString());
    }

    [Fact]
    public void Only_the_first_chart_of_a_page_brings_plotly_and_no_text_ends_the_script()
    {
        var chart = Plot.Show("</script><b>bold", Panels.Lines("x", "y", ("a", [1], [1])));
        const string Library = "window.Plotly) (function () { var define, module, exports; ";

        for (var page = 0; page < 2; page++)
        {
            ChartHtml.StartPage();
            var (first, second) = (ChartHtml.ToHtml(chart), ChartHtml.ToHtml(chart));

            Assert.Contains(Library, first);
            Assert.True(first.Length > 1_000_000, $"plotly.js is larger than {first.Length} characters");
            Assert.DoesNotContain(Library, second);
            Assert.True(second.Length < 5_000, "the library must not come with every chart");
            Assert.DoesNotContain("</script><b>", second);
            Assert.DoesNotContain("http", second);
        }
    }
}
