using BnNotebooks.Experiments;
using BnNotebooks.Plotting;

namespace BnNotebooks.Tests.Experiments;

public class RunPanelsTests
{
    private static readonly RunGroups Runs = Compare.Run(seeds: 2,
        ("without", Small.Perceptron with { Watch = Watch.Activations | Watch.Gradients }), ("with", Small.Perceptron with { Normalization = Norm.Batch }));

    private static double[] Numbers(Panel panel, int trace, string axis) => (double[])panel.Traces[trace][axis];

    [Fact]
    public void Curves_have_a_line_for_each_group_in_its_interval_and_the_runs_behind()
    {
        var panel = RunPanels.Curves(Metric.TestAccuracy, Runs);

        Assert.Equal(("training step", "test accuracy"), (panel.XAxis, panel.YAxis));
        Assert.Equal(["without", "with", "95 % interval"], panel.Traces.Skip(4).Select(trace => trace["name"]));
        Assert.Equal([0, 10, 20, 30, 40], Numbers(panel, 4, "x"));
        Assert.All(panel.Traces.Skip(2).Take(2), trace => Assert.Equal("toself", trace["fill"]));
        Assert.All(Numbers(panel, 2, "y"), share => Assert.InRange(share, 0, 1)); // an interval ends where accuracies do
        var thin = panel.Traces[0];
        Assert.Equal(("without", false, "skip"), (thin["legendgroup"], thin["showlegend"], thin["hoverinfo"]));
        Assert.Equal([0, 10, 20, 30, 40, null, 0, 10, 20, 30, 40, null], (double?[])thin["x"]); // each run begins anew
    }

    [Theory]
    [InlineData(1, 0)] // its own mean
    [InlineData(2, 2 * (60 + 1))]
    [InlineData(8, 8 * (60 + 1))]
    [InlineData(9, 0)]
    public void Single_runs_are_thin_lines_of_at_most_60_points_if_they_are_few(int runs, int points)
    {
        var metric = new Metric("m", _ => [.. Enumerable.Range(0, 500).Select(step => ((double)step, step % 2 == 0 ? 1.0 : double.NaN))]);

        var lines = RunPanels.Curves(metric, [new RunGroup("g", [.. Enumerable.Repeat(Runs[0].Runs[0], runs)])])
            .Traces.Where(trace => trace["x"] is double?[] { Length: > 1 }).ToArray();

        Assert.Equal(points, lines.Sum(trace => ((double?[])trace["x"]).Length));
        if (points > 0)
            Assert.Equal((0, 499), (((double?[])lines[0]["x"])[0], ((double?[])lines[0]["x"])[59]));
    }

    [Fact]
    public void Groups_can_be_rows_with_intervals()
    {
        var panel = RunPanels.Intervals("test loss", Runs, run => run.TestLoss, reference: 1);

        var expected = Runs[1].Interval(run => run.TestLoss);
        Assert.Equal(expected.Mean, Numbers(panel, 2, "x")[0], 1e-5); // six digits are kept
        var error = (Dictionary<string, object>)panel.Traces[2]["error_x"];
        Assert.Equal(expected.HalfWidth, ((double[])error["array"])[0], 1e-5); // the same
    }

    [Fact]
    public void Quantiles_are_those_of_the_layer_asked_for_and_missing_records_are_named()
    {
        var panel = RunPanels.Quantiles(2, ("without", Runs[0].Runs[0]));

        Assert.Equal("15th to 85th percentile", panel.Traces[2]["name"]);
        var medians = Runs[0].Runs[0].Activations.Where(record => record.Layer == 2).Select(record => record.Median);
        Assert.All(medians.Zip(Numbers(panel, 1, "y")), pair => Assert.Equal(pair.First, pair.Second, 1e-4)); // six digits are kept
        Assert.Contains("Watch.Activations", Assert.Throws<ArgumentException>(() => RunPanels.Quantiles(1, ("with", Runs[1].Runs[0]))).Message);
    }

    [Fact]
    public void Layers_are_averaged_on_the_logarithmic_axis_that_shows_them()
    {
        var signals = Signals.Follow(Small.Perceptron, seeds: 2);

        var panel = RunPanels.PerLayer("deviation", layer => layer.OutputDeviation, ("without", signals));

        var expected = Math.Sqrt(signals[0][1].OutputDeviation * signals[1][1].OutputDeviation);
        Assert.True(panel.LogY);
        Assert.Equal([1, 2], Numbers(panel, 1, "x"));
        Assert.Equal(expected, Numbers(panel, 1, "y")[1], 1e-5 * expected); // six digits are kept
    }

    [Fact]
    public void Gradients_have_a_line_for_each_layer_and_bars_one_for_each_group()
    {
        Assert.Equal(["layer 1", "layer 2", "layer 3"], RunPanels.Gradients(Runs[0].Runs[0]).Traces.Select(trace => trace["name"]));
        var bars = RunPanels.Bars("network", "test loss", Runs, run => run.TestLoss);
        Assert.Equal(["without", "with"], (string[])bars.Traces[0]["x"]);
        Assert.True(bars.Traces[0].ContainsKey("error_y"));
    }

    [Fact]
    public void What_lies_around_is_drawn_from_the_least_to_the_most()
    {
        var around = Landscape.Along(Small.Perceptron, seeds: 2, points: 3);

        var panel = RunPanels.Around("loss", point => (point.LowestLoss, point.HighestLoss), ("without", around));

        Assert.Equal("from lowest to highest", panel.Traces[^1]["name"]);
        var outline = Numbers(panel, 0, "y");
        Assert.Equal(around.Average(points => points[0].HighestLoss), outline[0], 1e-5); // six digits are kept
        Assert.Equal(around.Average(points => points[0].LowestLoss), outline[^1], 1e-5); // the same
    }

    [Fact]
    public void A_sweep_is_drawn_over_its_values()
    {
        var sweep = Sweep.Over([0.01, 0.1], seeds: 2, ("without", rate => Small.Perceptron with { LearningRate = rate }));

        Assert.Equal([0.01, 0.1], Numbers(RunPanels.Sweep("learning rate", "loss", sweep, run => run.TestLoss), 1, "x"));
    }
}
